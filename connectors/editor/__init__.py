"""The editor: changing answers safely and publishing them."""
