import pytest
from damage import damaged, outcome

from summarize.document import RoleSpan, Source
from summarize.inputs import rst
from summarize.inputs.door import read_bytes
from summarize.inputs.rst import MAX_DEPTH, recognise
from summarize.inputs.table import Options

DOCUMENT = """\
=========
The Mill
=========

:Author: Ann Reed
:Date: 4 January 2025

.. contents::
   :depth: 2

The wheel
=========

.. image:: wheel.png
   :alt: The wheel

The wheel of the `old mill <https://example.org>`_ turns again [1]_, and it
drives **three** stones.

.. note::
   It stops *on Sundays*.

- One stone is for oats;
  it is the largest.
- Two are for rye.

  They are new.

Run it with::

    turn --wheel

.. code-block:: sh

   turn --all

Parts
-----

====== =====
Part   Years
====== =====
Wheel  3
====== =====

.. py:function:: turn(speed, *,
                      wheel=None)

   Turns the wheel, see :py:func:`~mill.parts.stop` and :rfc:`2324`.

.. [1] Since May.
.. _target: https://example.org
"""


def read(text, **options):
    return next(iter(rst.read(Source(text, "utf-8"), Options(**options))), Source("", "utf-8"))


def test_a_document_is_read_as_a_reader_sees_it():
    source = read(DOCUMENT)
    assert (source.format, source.title) == ("rst", "The Mill")
    assert source.text == (
        "The Mill\n\nThe wheel\n\nThe wheel of the old mill turns again, and it drives three stones.\n\n"
        "It stops on Sundays.\n\n- One stone is for oats; it is the largest.\n- Two are for rye.\n\nThey are new.\n\n"
        "Run it with:\n\nParts\n\nTurns the wheel, see stop and RFC 2324."
    )
    headings = [source.text[part.start : part.end] for part in source.parts if part.role == "heading"]
    assert headings == ["The Mill", "The wheel", "Parts"]
    places = {source.text[place.start :][:9]: place.value for place in source.places if place.kind == "line"}
    assert (places["The wheel"], places["Turns the"]) == ("17", "49")
    assert [place.value for place in source.places if place.kind == "chapter"] == ["The Mill", "The wheel"]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("It is *old*, and **very** slow.", "It is old, and very slow."),
        ("Call ``turn(*all)`` twice.", "Call turn(*all) twice."),
        ("See the `old mill`_ or Wheel_, not a_b_c.", "See the old mill or Wheel, not a_b_c."),
        ("It costs 2 * 3 * 4 and 2**8.", "It costs 2 * 3 * 4 and 2**8."),
        ("The :class:`Wheel` and :doc:`its book <mill/book>`.", "The Wheel and its book."),
        ("It is \\*starred\\* and :math:`x^2`\\ ful.", "It is *starred* and x^2ful."),
        ("The |release| is out [#a]_.", "The release is out."),
        ("| The wheel turned,\n| and stopped.", "The wheel turned, and stopped."),
        ("水轮\\ **又**\\ 转了，见 ``mill`` 。", "水轮又转了，见 mill 。"),
    ],
)
def test_what_is_marked_inside_of_a_line_stays_without_its_marks(marked, plain):
    assert read(marked).text == plain


@pytest.mark.parametrize(
    "text",
    [
        ".. figure:: a.png\n\n   The wheel.\n",
        ".. A comment\n   in two lines.\n",
        "..\n\n   A comment.\n",
        ".. |it| replace:: the wheel\n",
        "+----+----+\n| It | is |\n+----+----+\n",
        ">>> turn()\nTrue\n",
        ":Author: Ann\n:Long: It goes\n   on.\n",
        "::\n\n  turn\n",
    ],
)
def test_what_is_no_prose_is_left_out(text):
    assert read(f"It turned.\n\n{text}\nIt stopped.\n").text == "It turned.\n\nIt stopped."


def test_what_announces_code_is_apparatus():
    source = read("It turned. Then run::\n\n  turn\n\nIt stopped.\n")
    assert source.text == "It turned. Then run:\n\nIt stopped."
    assert source.parts == (RoleSpan(11, 20, "apparatus"),)


@pytest.mark.parametrize(
    ("text", "suffix", "expected"),
    [
        ("It turns.", ".rst", True),
        ("It turns.\n\n.. note:: It is old.\n", "", True),
        ("The :func:`turn` of :class:`Wheel` in :mod:`mill`.", "", True),
        ("It turns.\n\n.. and stops.\n", "", False),
        ("See :mod:`mill`.", "", False),
    ],
)
def test_it_is_known_by_its_name_or_by_its_directives_and_roles(text, suffix, expected):
    assert recognise(Source(text, "utf-8"), suffix) is expected
    (source,) = read_bytes(text.encode(), Options(suffix=suffix))
    assert (source.format == "rst") is expected


def test_nothing_is_read_of_nothing():
    assert read("").text == read(".. contents::\n").text == ""


def test_endless_nesting_is_read():
    text = "\n\n".join(" " * depth + "It turns." for depth in range(3 * MAX_DEPTH))
    assert read(text).text.count("It turns.") == 3 * MAX_DEPTH


def test_damaged_text_gives_a_text_or_is_refused(capfd):
    for data in damaged(DOCUMENT.encode(), num_copies=40):
        found = outcome(data, Options(name="it", suffix=".rst"), "rst")
        assert found == "refused" or isinstance(found, list)
    assert capfd.readouterr() == ("", "")
