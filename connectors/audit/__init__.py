"""Who of the staff did or read what: a log that can only grow, and tells if it was altered."""
