"""How long conversations are kept, and how they are disposed of by decision."""
