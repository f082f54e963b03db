"""Decisions: pure functions from weights to what is printed."""
