"""Measuring: search on any corpus, answers on labelled questions, confidence on both."""
