import sys

import pytest

from summarize.errors import ExitStatus, MissingExtraError, check_extra


def test_check_extra_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich", None)
    monkeypatch.delitem(sys.modules, "summarize.evaluate.report", raising=False)
    with pytest.raises(MissingExtraError) as caught:
        check_extra("summarize.evaluate.report", "evaluate")
    assert str(caught.value).endswith("is missing; run: pip install 'summarize[evaluate]'")
    assert caught.value.exit_status == ExitStatus.USAGE


def test_check_extra_is_silent_where_all_is_there() -> None:
    check_extra("summarize.errors", "train")


def test_check_extra_does_not_hide_our_own_mistakes() -> None:
    with pytest.raises(ModuleNotFoundError):
        check_extra("summarize.no_such_module", "train")
