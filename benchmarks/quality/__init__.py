"""Quality of summaries compared with other tools: `make bench-quality`."""
