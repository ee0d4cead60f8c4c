"""Hiding who somebody is in what they wrote, before it is stored, logged or sent on."""
