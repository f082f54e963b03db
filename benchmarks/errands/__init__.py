"""Everyday tasks and common mistakes, run for real, with the expected results."""
