"""Rasa's action server: one file an action, each a few lines around the assistant."""
