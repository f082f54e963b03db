"""Are the explanations true? `python -m benchmarks.explanations`; docs/EXPLANATIONS.md says what it found."""
