"""The agents' side: log in, see the queue, take a conversation, write."""
