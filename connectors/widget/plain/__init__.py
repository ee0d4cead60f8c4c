"""Pages of plain forms: what a citizen can do in a browser that runs no script."""
