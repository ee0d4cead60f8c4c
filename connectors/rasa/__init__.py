"""The way to Rasa, which only routes."""
