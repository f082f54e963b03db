"""A model and a corpus to a table of scores."""
