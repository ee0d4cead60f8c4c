"""The conversation: its states, its events and the bot's replies."""
