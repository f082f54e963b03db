"""From bytes to sentences and tokens."""
