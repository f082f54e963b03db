import pytest

from benchmarks import doubling
from benchmarks.doubling import FILES, PROSE, Found, Made, Step, doubled, steps, times_prose
from benchmarks.hostile import TEXTS


@pytest.mark.parametrize(("power", "expected"), [(1, 2), (2, 4)])
def test_ratio_is_that_of_the_time_to_the_time_of_half_the_text(
    monkeypatch: pytest.MonkeyPatch, power: int, expected: float
) -> None:
    monkeypatch.setattr(doubling, "seconds", lambda run: run())
    found = doubled(lambda chars: Made(chars, lambda: 0.01 * (chars / 8000) ** power))
    assert found.ratio == pytest.approx(expected)
    assert found.seconds >= 0.4


def test_text_is_no_longer_than_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubling, "seconds", lambda run: run())
    assert doubled(lambda chars: Made(chars, lambda: 1e-9 * chars), 128_000).chars == 64_000


def test_ratio_that_only_noise_makes_steep_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter((0.0, 0.3, 0.9, 0.6, 0.3))  # to warm up, half, all; and again
    monkeypatch.setattr(doubling, "seconds", lambda run: next(times))
    assert doubled(lambda chars: Made(chars, lambda: None)).ratio == pytest.approx(2)


def test_byte_is_held_against_a_byte_of_the_dearest_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubling, "seconds", lambda run: run())
    prose = tuple(lambda chars, per=per: Made(chars, lambda: per * chars) for per in (1e-6, 4e-6))
    step = Step("plain", "a", lambda chars: Made(chars, lambda: 0.0), prose)
    assert times_prose(step, Found(1000, 500, 0.01, 2)) == pytest.approx(5)


def test_every_input_is_as_long_as_it_is_asked_for() -> None:
    for makes in (TEXTS, *(makes for _, makes in FILES.values())):
        for name, make in makes.items():
            content = make(3000)
            assert isinstance(content, bytes) or name in PROSE.values() or 1800 <= len(content) < 4000, name


def test_every_input_is_read_and_each_text_summarized_under_each_wish() -> None:
    found = [step.wish for step in steps(["text", "latex"], ["plain", "-c 30"])]
    assert {step: found.count(step) for step in found} == {
        "plain": len(TEXTS),
        "-c 30": len(TEXTS),
        "read": len(TEXTS),
        "read latex": len(FILES["latex"][1]),
    }


def test_inputs_may_be_named() -> None:
    assert [(step.wish, step.name) for step in steps(["text"], ["plain"], ["digits"])] == [
        ("plain", "digits"),
        ("read", "digits"),
    ]
