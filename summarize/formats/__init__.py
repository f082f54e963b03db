"""What a summary is printed as."""
