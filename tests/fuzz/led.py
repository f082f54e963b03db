"""`python -m fuzz.led HARNESS ...`: one harness under atheris; what follows is libFuzzer's."""

import sys

import atheris  # type: ignore[import-not-found, unused-ignore]

with atheris.instrument_imports(include=["summarize"]):
    from fuzz.harnesses import HARNESSES

if __name__ == "__main__":
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, HARNESSES[name])
    atheris.Fuzz()
