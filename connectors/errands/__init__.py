"""Errands: what the municipality has promised to do, to whom, and when."""
