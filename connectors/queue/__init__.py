"""Who waits for a person, and in which place."""
