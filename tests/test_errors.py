import sys

import pytest

from summarize.errors import ExitStatus, MissingExtraError, check_extra


def test_check_extra_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich", None)  # Python's way to make it not to be found
    with pytest.raises(MissingExtraError) as caught:
        check_extra("evaluate", ("scipy", "rich"))
    assert str(caught.value) == "rich is missing; run: pip install 'summarize[evaluate]'"
    assert caught.value.exit_status == ExitStatus.USAGE


def test_check_extra_is_silent_where_all_is_there() -> None:
    check_extra("evaluate", ("scipy", "rich"))


def test_check_extra_imports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "turtle", raising=False)
    check_extra("train", ("turtle",))
    assert "turtle" not in sys.modules
