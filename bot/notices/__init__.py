"""Notices: what everybody must know just now, from a burst main to a crisis."""
