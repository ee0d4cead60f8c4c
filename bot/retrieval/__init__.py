"""Finding the texts that may answer a question: FAISS vectors and a lexical channel."""
