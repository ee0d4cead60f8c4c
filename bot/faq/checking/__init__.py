"""Checking what editors write: more than whether the files can be read."""
