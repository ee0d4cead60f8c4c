"""The `kommunbot` command. It talks to the running system over its public API."""
