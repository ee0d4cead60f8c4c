"""Passwords, tokens and limits: pure parts of knowing who somebody is."""
