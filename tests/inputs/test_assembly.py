from summarize.document import Location, RoleSpan
from summarize.inputs.assembly import Assembly, HeadingAt


def test_runs_are_put_together_with_what_is_said_of_them():
    text = Assembly()
    text.place("page", "1")
    assert text.write("The mill", "heading") == 0
    assert text.is_role_known()
    text.write("\n\n")
    assert not text.is_role_known()
    text.place("line", "3")
    start = text.write("It turns.")
    text.set_role(start, "apparatus")
    source = text.source("any", title="", warnings=["a: is odd"])
    assert (source.text, source.title, source.format, source.warnings) == (
        "The mill\n\nIt turns.",
        None,
        "any",
        ("a: is odd",),
    )
    assert source.parts == (RoleSpan(0, 8, "heading"), RoleSpan(10, 19, "apparatus"))
    assert source.places == (Location(0, "page", "1"), Location(10, "line", "3"))
    assert (text.length, text.last) == (19, "It turns.")


def test_last_place_of_an_offset_holds_and_one_behind_the_text_is_none():
    text = Assembly()
    text.place("slide", "1")
    text.place("slide", "2")
    text.write("It turns.")
    text.place("slide", "3")
    assert text.source("any").places == (Location(0, "slide", "2"),)


def test_chapters_are_named_by_the_highest_level_that_several_headings_have():
    def chapters(*levels: int) -> list[str]:
        text = Assembly()
        headings = [HeadingAt(text.write(f"{place}\n"), level, str(place)) for place, level in enumerate(levels)]
        text.name_chapters(headings)
        return [place.value for place in text.source("any").places]

    assert chapters(1, 2, 3, 2) == ["1", "3"]
    assert chapters(1, 2, 3) == []
    assert chapters() == []


def test_nothing_is_an_empty_text():
    source = Assembly().source("any")
    assert (source.text, source.parts, source.places) == ("", (), ())
