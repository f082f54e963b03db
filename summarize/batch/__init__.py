"""Batches of millions of documents: each piece of the input becomes a part of the output, locally or on a cluster.

    plan -> pieces -> an engine -> worker (piece to part and marker) -> counts

A piece is determined by the input and the manifest, and a part by the piece and the settings. It does not matter which
worker processes a piece, how often, or in which order. So after any failure a restart processes only the pieces without
a marker.
"""
