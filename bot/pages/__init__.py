"""The municipality's web pages, cut into passages that can be found and cited."""
