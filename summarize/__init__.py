"""Offline summaries of Chinese and English text: chosen by attention, every word from the source."""

__version__ = "0.1.0"
