"""How likely it is that the best hit answers the question."""
