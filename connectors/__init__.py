"""The gateway: the only public door. It owns the conversation, the queue and the desk."""
