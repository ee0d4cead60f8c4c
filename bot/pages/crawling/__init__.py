"""The municipality's web pages, fetched over HTTP and kept in one file."""
