"""Input formats: from bytes to texts. `door` is the entry point, `table` lists the formats."""
