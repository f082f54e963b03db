import pytest

from benchmarks import doubling
from benchmarks.doubling import doubled, steps
from benchmarks.hostile import FILES, TEXTS


@pytest.mark.parametrize(("power", "expected"), [(1, 2), (2, 4)])
def test_ratio_is_that_of_the_time_to_the_time_of_half_the_text(
    monkeypatch: pytest.MonkeyPatch, power: int, expected: float
) -> None:
    monkeypatch.setattr(doubling, "seconds", lambda step: step())
    assert doubled(lambda chars: lambda: 0.01 * (chars / 8000) ** power)[2] == pytest.approx(expected)


def test_every_input_is_as_long_as_it_is_asked_for() -> None:
    for makes in (TEXTS, *(makes for _, makes in FILES.values())):
        for name, make in makes.items():
            content = make(3000)
            assert isinstance(content, bytes) or 1800 <= len(content) < 4000, name


def test_every_input_is_read_and_each_text_summarized_under_each_wish() -> None:
    found = [step for step, _, _ in steps(["text", "latex"], ["plain", "-c 30"])]
    assert {step: found.count(step) for step in found} == {
        "plain": len(TEXTS),
        "-c 30": len(TEXTS),
        "read": len(TEXTS),
        "read latex": len(FILES["latex"][1]),
    }
