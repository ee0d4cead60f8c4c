"""Finding a member of staff or a function, showing only what is published of them."""
