"""Everyday errands and everyday mistakes, done for real: a table of them, and what must come of each."""
