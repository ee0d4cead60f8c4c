"""The thinking: language, search, answering, confidence, safety, FAQ, people, quality."""
