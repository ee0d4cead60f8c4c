"""Requests for public documents and register extracts: finding, marking and handing out."""
