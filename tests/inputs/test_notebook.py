import json

import pytest
from damage import damaged, outcome

from summarize.document import Location, Source
from summarize.errors import InputError
from summarize.inputs import notebook
from summarize.inputs.door import read_bytes
from summarize.inputs.notebook import recognise
from summarize.inputs.table import Options


def markdown(*lines):
    return {"cell_type": "markdown", "metadata": {}, "source": list(lines)}


def code(text):
    output = {"output_type": "stream", "name": "stdout", "text": ["It prints this."]}
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": [text], "outputs": [output]}


NOTEBOOK = {
    "cells": [
        code("import mill"),
        markdown("# The *wheel*\n", "\n", "It turns. Then run:"),
        code("mill.turn()"),
        {"cell_type": "raw", "source": "raw"},
        markdown("## 结果\n", "\n", "水轮**又**转了。"),
        markdown(),
    ],
    "metadata": {"language_info": {"name": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def read(value, **options):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    (source,) = notebook.read(Source(text, "utf-8"), Options(**options))
    return source


def test_cells_of_text_are_read_without_code_and_output():
    source = read(NOTEBOOK)
    assert source.text == "The wheel\n\nIt turns. Then run:\n\n结果\n\n水轮又转了。"
    assert (source.format, source.title) == ("notebook", "The wheel")
    assert source.places == (
        Location(0, "cell", "2"),
        Location(0, "chapter", "The wheel"),
        Location(32, "cell", "5"),
        Location(32, "chapter", "结果"),
    )


def test_parts_are_known_and_what_announces_code_is_set_aside():
    source = read(NOTEBOOK)
    assert [(source.text[part.start : part.end], part.role) for part in source.parts] == [
        ("The wheel", "heading"),
        ("Then run:", "apparatus"),
        ("结果", "heading"),
    ]


def test_the_source_of_a_cell_may_be_one_string():
    assert read({"cells": [{"cell_type": "markdown", "source": "It *turns*."}]}).text == "It turns."


def test_work_sheets_of_the_third_version_are_read():
    cells = [{"cell_type": "heading", "level": 2, "source": ["Old"]}, markdown("It turns.")]
    source = read({"nbformat": 3, "worksheets": [{"cells": cells}]})
    assert source.text == "Old\n\nIt turns."
    assert source.parts[0].role == "heading"


@pytest.mark.parametrize("value", [{"cells": []}, {"a": 1}, [], {"cells": "no"}, {"cells": [1, "two"]}, "1 2"])
def test_what_has_no_cells_is_refused(value):
    with pytest.raises(InputError, match=r"^a\.ipynb: is not a notebook: it has no cells$"):
        read(value, name="a.ipynb")


def test_broken_json_is_named_by_its_line():
    text = json.dumps(NOTEBOOK, indent=1).replace('"metadata": {},', '"metadata" {},', 1)
    line = text[: text.index('"metadata" {}')].count("\n") + 1
    with pytest.raises(InputError, match=rf"^a: line {line} is not JSON \(expecting ':' delimiter\); fix that line$"):
        read(text, name="a")


def test_a_notebook_of_code_has_no_text():
    data = json.dumps({"cells": [code("a = 1")], "nbformat": 4}).encode()
    with pytest.raises(InputError, match=r"^a: contains no text to summarize \(notebook\)$"):
        read_bytes(data, Options(name="a"))


@pytest.mark.parametrize(
    ("text", "suffix", "is_notebook"),
    [
        (json.dumps(NOTEBOOK), "", True),
        (f"\ufeff\n{json.dumps(NOTEBOOK)}", ".json", True),
        ("anything", ".ipynb", True),
        ('{"cells": []}', "", False),
        ('A text on "cells" and "nbformat".', "", False),
    ],
)
def test_a_notebook_is_told_by_its_cells(text, suffix, is_notebook):
    assert recognise(Source(text, "utf-8"), suffix) is is_notebook


def test_a_notebook_comes_through_the_door():
    (source,) = read_bytes(json.dumps(NOTEBOOK).encode())
    assert source == read(NOTEBOOK)


def test_damaged_copies_give_texts_or_one_clear_line():
    for data in damaged(json.dumps(NOTEBOOK, ensure_ascii=False).encode(), num_copies=200):
        found = outcome(data, Options(name="a", suffix=".ipynb"), "notebook")
        assert found == "refused" or all(source.text for source in found)


def test_warnings_of_the_decoder_are_kept():
    content = Source(json.dumps(NOTEBOOK), "utf-8", warnings=("a: 1 malformed",))
    assert notebook.read(content, Options())[0].warnings == content.warnings


def test_a_notebook_may_say_its_title():
    assert read(NOTEBOOK | {"metadata": {"title": " The mill\nof Upper Lane "}}).title == "The mill of Upper Lane"
    assert read(NOTEBOOK | {"metadata": {"title": " "}}).title == "The wheel"
