"""What must come before every answer: danger to life, and what never may be said."""
