import pytest

from summarize.text.balance import missing_marks


def spans_of(*parts: str) -> list[tuple[int, int]]:
    ends = [sum(map(len, parts[: number + 1])) for number in range(len(parts))]
    return list(zip([0, *ends], ends, strict=False))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(["雨停了。", "天晴了。"], [("", ""), ("", "")], id="no marks"),
        pytest.param(["他说：“雨停了。", "天晴了。", "走吧。”"], [("", "”"), ("“", "”"), ("“", "")], id="of three"),
        pytest.param(["“雨停了。”", "天晴了。"], [("", ""), ("", "")], id="whole"),
        pytest.param(["他说：“雨停了。", "天晴了。"], [("", "”"), ("", "")], id="never closed"),
        pytest.param(["（雨停了。", "天晴了。）"], [("", "）"), ("（", "")], id="bracket"),
        pytest.param(["“他说：‘雨停了。", "走吧。’好。”"], [("", "’”"), ("“‘", "")], id="marks within marks"),
        pytest.param(["1) rain ", "2) wind"], [("", ""), ("", "")], id="list marks"),
        pytest.param(['It is 5" wide. ', "In the ‘90s it rained."], [("", ""), ("", "")], id="no quotation marks"),
    ],
)
def test_missing_marks(parts: list[str], expected: list[tuple[str, str]]) -> None:
    assert missing_marks("".join(parts), spans_of(*parts)) == expected
