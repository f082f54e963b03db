"""The command: what it is told, what it reads, how it works on several at once, and where it writes."""
