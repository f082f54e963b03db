import json

import jinja2
import pytest
from click.testing import CliRunner

from benchmarks import results as command
from benchmarks.results import read_record, render, to_markdown, write_record

BLOCKS = ["## Boats", "Three of them.", {"head": ["boat", "speed"], "rows": [["a \\| b", "1"], ["渡船", "2 ±.1"]]}]
TABLE = "| boat | speed |\n| --- | --- |\n| a \\| b | 1 |\n| 渡船 | 2 ±.1 |"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The command on folders of its own, whose template shows the record and the table again."""
    folder = tmp_path / "results"
    write_record(folder / "boats.json", BLOCKS)
    (folder / "BOATS.md.jinja").write_text('# All\n\n{{ record("boats") }}\n\n{{ table("boats", 0) }}\n')
    monkeypatch.setattr(command, "DOCS", tmp_path)
    monkeypatch.setattr(command, "RESULTS", folder)
    return lambda *options: CliRunner().invoke(command.main, options)


def test_record_is_read_as_it_was_written(tmp_path):
    write_record(tmp_path / "new" / "boats.json", BLOCKS)
    assert read_record(tmp_path / "new" / "boats.json") == BLOCKS


def test_row_that_is_too_short_is_refused(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"head": ["one", "two"], "rows": [["1"]]}]))
    with pytest.raises(ValueError, match=r"a\.json: a row has more or fewer cells"):
        read_record(tmp_path / "a.json")


def test_blocks_have_blank_lines_between():
    assert to_markdown(BLOCKS) == f"## Boats\n\nThree of them.\n\n{TABLE}"


def test_document_has_records_and_tables_in_its_text(run, tmp_path):
    assert run().exit_code == 0
    text = (tmp_path / "BOATS.md").read_text(encoding="utf-8")
    assert text == f"# All\n\n## Boats\n\nThree of them.\n\n{TABLE}\n\n{TABLE}\n"


def test_check_fails_where_a_document_is_not_what_its_records_make_it(run, tmp_path):
    run()
    assert run("--check").exit_code == 0
    path = tmp_path / "BOATS.md"
    path.write_text(path.read_text(encoding="utf-8").replace("±.1", "±.2"), encoding="utf-8")
    result = run("--check")
    assert (result.exit_code, "BOATS.md: not what docs/results makes it" in result.stderr) == (1, True)
    assert "±.2" in path.read_text(encoding="utf-8")


def test_template_that_misspells_a_name_is_an_error(tmp_path):
    (tmp_path / "A.md.jinja").write_text("{{ recordz('boats') }}")
    with pytest.raises(jinja2.TemplateError):
        render(tmp_path / "A.md.jinja")


def test_results_of_today_fit_into_300_lines():
    assert len((command.DOCS / "RESULTS.md").read_text(encoding="utf-8").splitlines()) <= 300
