"""What citizens ask that the content has no sure answer to."""
