"""What people bring: bytes of many formats to texts. `door` is the way in, `table` lists the formats."""
