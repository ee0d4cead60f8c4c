"""What a browser fetches: widget, pages, sample site, health."""
