"""The only modules that import rasa. They run in Rasa's environment, `.venv-rasa`."""
