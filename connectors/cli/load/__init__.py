"""Simulated citizens and agents, and what becomes of what they say."""
