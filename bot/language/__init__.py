"""Swedish text as citizens write it: made even before it is compared."""
