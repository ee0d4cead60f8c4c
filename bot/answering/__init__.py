"""Choosing what to say: answer, ask back, or hand over."""
