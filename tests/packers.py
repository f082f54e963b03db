"""Zstandard, by Python itself from 3.14 on and by the library before, as the program has it."""

import sys
from importlib import import_module


def pack_zstandard(data: bytes) -> bytes:
    """Pack bytes into one frame."""
    if sys.version_info >= (3, 14):
        return import_module("compression.zstd").compress(data)
    return import_module("zstandard").ZstdCompressor().compress(data)


def unpack_zstandard(data: bytes) -> bytes:
    """Unpack a frame, whether or not its head says how long it is."""
    if sys.version_info >= (3, 14):
        return import_module("compression.zstd").decompress(data)
    return import_module("zstandard").ZstdDecompressor().decompressobj().decompress(data)
