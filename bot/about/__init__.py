"""What the assistant tells of itself: what the municipality says, and what really runs."""
