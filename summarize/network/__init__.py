"""The trained network as it runs: a forward pass in NumPy."""
