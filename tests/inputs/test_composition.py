"""Texts that are put together run by run."""

from summarize.document import Location, RoleSpan
from summarize.inputs.composition import LINE, Composition, head_role, numbered_lines, speech_role


def test_runs_are_parted_and_know_where_they_stand():
    text = Composition()
    text.add("Wheels", role="heading")
    text.add("")
    text.add("It turns.", locations={"time": "0:01", "line": "3"})
    text.add("It is old.", before=" ", locations={"time": "0:01", "line": "4"})
    text.add("So.", before=LINE, role="apparatus")
    source = text.source("chat", "utf-8", warnings=("w",), name="n", title="t")
    assert source.text == "Wheels\n\nIt turns. It is old.\nSo."
    assert source.parts == (RoleSpan(0, 6, "heading"), RoleSpan(29, 32, "apparatus"))
    assert source.places == (Location(8, "time", "0:01"), Location(8, "line", "3"), Location(18, "line", "4"))
    assert (source.format, source.warnings, source.name, source.title) == ("chat", ("w",), "n", "t")


def test_speakers_stand_before_what_they_say():
    text = Composition()
    text.add("Rain.", speaker="")
    text.add("水涨了。", speaker="张三")
    text.add("快走。", before="", speaker=None)
    text.add("Why?", speaker="Ann", role="text")
    text.add("Rain.", speaker="")
    source = text.source("chat", "utf-8")
    assert source.text == "Rain.\n\n张三：水涨了。快走。\n\nAnn: Why?\n\nRain."
    assert source.speakers == ((7, 9), (19, 22), (30, 30))
    assert source.parts == (RoleSpan(19, 28, "text"),)
    assert source.title is None


def test_nothing_written_is_an_empty_text():
    assert Composition().source("chat", "utf-8").text == ""


def test_lines_are_those_of_an_editor():
    assert numbered_lines("a\r\nb\rc\n\x0bd\u2028e\n") == ["a", "b", "c", "\x0bd\u2028e", ""]


def test_speech_that_might_be_taken_for_a_heading_is_text():
    assert speech_role("水涨了") == "text"
    assert speech_role("水涨了。") is None
    assert speech_role("https://example.org/mill") is None


def test_a_short_line_over_speech_is_apparatus_and_a_sentence_is_not():
    assert head_role("Ann, Ben and a guest") == "apparatus"
    assert head_role("They met because the wheel broke.") is None
    assert head_role("a" * 61) is None
