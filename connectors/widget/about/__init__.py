"""The public page about the assistant, and the same as JSON: the municipality's AI register."""
