"""Millions of documents: pieces of input, each to a part of the output, by processes here or on a cluster.

    plan -> pieces -> an engine -> worker (piece to part and marker) -> counts

A piece is fixed by the input and the manifest, a part by the piece and the settings: who works at it, how often and in
which order changes nothing. So whatever is killed, a restart does only the pieces that have no marker.
"""
