import os
from pathlib import Path

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before TensorFlow is loaded


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m "not train"`, do not even import what loads TensorFlow."""
    if config.getoption("markexpr") != "not train" or collection_path.suffix != ".py":
        return None
    return "\npytestmark = pytest.mark.train\n" in collection_path.read_text(encoding="utf-8") or None
