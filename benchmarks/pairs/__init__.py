"""Pairs of summaries for readers, who do not know whose they are."""
