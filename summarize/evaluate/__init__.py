"""Evaluation of a model on corpora."""
