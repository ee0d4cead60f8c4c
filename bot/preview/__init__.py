"""What an edit of the FAQ will change, said before it goes live."""
