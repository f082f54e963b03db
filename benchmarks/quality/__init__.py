"""How good the summaries are, beside those of other tools: `make bench-quality`."""
