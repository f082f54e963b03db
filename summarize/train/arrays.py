"""Data classes of arrays as files."""

from dataclasses import fields
from pathlib import Path
from typing import Self

import numpy as np


class ArrayFile:
    """Saves and loads a data class whose fields are all arrays."""

    __slots__ = ()

    def save(self, path: Path) -> None:
        """Write all arrays to one file, beside it first, so that a file that exists is whole."""
        partial = path.with_name(path.name + ".partial.npz")
        np.savez(partial, **{field.name: getattr(self, field.name) for field in fields(self)})  # type: ignore[arg-type]
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote."""
        with np.load(path) as archive:
            return cls(**{field.name: archive[field.name] for field in fields(cls)})  # type: ignore[arg-type]
