"""People's accounts: who may enter the desk and the editor."""
