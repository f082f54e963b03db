import gc
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import FakeScorer

from summarize import errors
from summarize.formats.plot import MissingFontError, plot_image
from summarize.pipeline import summarize_text

DATA = Path(__file__).parents[1] / "data"
ENGLISH = "The river rose by two feet. The city slept. The race was won."
CHINESE = "河水上涨了两米。城市停电。会议开始了。"


def explained(text, **options):
    return summarize_text(text, scorer=options.pop("scorer", FakeScorer()), explain=True, **options)


def drawn_texts(svg):
    """Return what is written in a picture: matplotlib draws letters as paths, with their text in a comment."""
    return re.findall("<!-- (.*?) -->", svg.decode("utf-8"))


def drawn_if_there_is_a_font(summary):
    """Return a picture of a Chinese text; a machine without a font may leave it out on purpose, never by accident."""
    try:
        return plot_image(summary, ".svg")
    except MissingFontError:
        if os.environ.get("SUMMARIZE_NO_BROWSER"):
            pytest.skip("SUMMARIZE_NO_BROWSER asks for neither browser nor fonts: Chinese plots are not tested")
        pytest.fail("NO FONT: install one that shows Chinese, or set SUMMARIZE_NO_BROWSER=1 to do without")


def test_plot_is_an_image_of_the_kind_that_is_asked_for(capfd):
    summary = explained(ENGLISH, sentences=1)
    assert plot_image(summary, ".PNG").startswith(b"\x89PNG\r\n\x1a\n")
    assert b"<svg " in plot_image(summary, ".svg")
    assert capfd.readouterr() == ("", "")


def test_plot_is_drawn_whatever_backend_the_user_names(tmp_path):
    code = (
        "import os, sys; from fakes import FakeScorer; from summarize.pipeline import summarize_text\n"
        "from summarize.formats.plot import plot_image\n"
        f"image = plot_image(summarize_text({ENGLISH!r}, scorer=FakeScorer(), explain=True), '.svg')\n"
        "assert os.environ['MPLBACKEND'] == 'nonsense'\n"
        "sys.stdout.buffer.write(image)"
    )
    environment = os.environ | {"MPLBACKEND": "nonsense", "PYTHONPATH": str(Path(__file__).parent)}
    drawn = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert (drawn.returncode, drawn.stderr) == (0, b"")
    assert b"<svg " in drawn.stdout


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_plot_is_the_same_each_time(suffix):
    assert plot_image(explained(ENGLISH), suffix) == plot_image(explained(ENGLISH), suffix)


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_plot_leaves_nothing_of_itself_in_memory(suffix):
    plot_image(explained(ENGLISH, sentences=1), suffix)
    from matplotlib.figure import Figure

    assert not [kept for kept in gc.get_objects() if isinstance(kept, Figure)]


def test_plot_has_the_numbers_of_the_sentences_and_the_words_of_the_chosen():
    texts = drawn_texts(plot_image(explained(ENGLISH, sentences=1), ".svg"))
    assert texts.count("1") == texts.count("2") == texts.count("3") == 2  # weights and tree
    assert "1 of 3 sentences chosen by parallel attention" in texts
    assert {"The", "river", "rose", "feet", "step 1 (75%)", "1 (45.8%)"} <= set(texts)
    assert "slept" not in texts


def test_plot_takes_no_text_for_mathematics():
    texts = drawn_texts(plot_image(explained("Price_$x rose_$y in the river $\\frac{1$ city.", sentences=1), ".svg"))
    assert "Price_" in texts


def test_plot_of_a_long_text_says_what_it_leaves_out():
    weights = [200 - place for place in range(150)]
    text = "".join(f"The river rose {place} feet. " for place in range(150))
    texts = drawn_texts(plot_image(explained(text, sentences=9, scorer=FakeScorer(weights)), ".svg"))
    assert any("9 of 150 sentences chosen by parallel attention; 60 are drawn" in line for line in texts)
    assert any(line.startswith("Words of the 8 heaviest chosen sentences") for line in texts)
    assert "60" in texts
    assert "61" not in texts


def test_plot_of_a_sentence_of_many_words_says_how_many_more_there_are():
    texts = drawn_texts(plot_image(explained(" ".join(["river"] * 500), sentences=1), ".svg"))
    assert texts.count("river") + int(re.search(r"… (\d+) more", " ".join(texts))[1]) == 500


@pytest.mark.parametrize("text", ["x.", "！！！", "\x1b[31m😀\u202e ab.", "가나다 라마바.", "河水" * 3000])
def test_plot_of_odd_texts(text):
    assert b"<svg " in drawn_if_there_is_a_font(explained(text))


def test_plot_of_chinese_needs_a_font_that_has_the_characters(monkeypatch):
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda: [])
    with pytest.raises(MissingFontError, match="apt install fonts-wqy-microhei"):
        plot_image(explained(CHINESE), ".svg")
    assert plot_image(explained(ENGLISH), ".svg")


def test_plot_of_chinese_with_an_installed_font():
    summary = explained((DATA / "worldcup.txt").read_text("utf-8"), scorer=None)
    texts = drawn_texts(drawn_if_there_is_a_font(summary))
    assert {"按并行注意力，3 句中选了 2 句", "世界杯", "克罗地亚队"} <= set(texts)


def test_a_summary_without_explanation_is_refused():
    with pytest.raises(ValueError, match="explain=True"):
        plot_image(summarize_text(ENGLISH, scorer=FakeScorer()), ".svg")


def test_plot_without_matplotlib_is_refused_before_a_text_is_read(monkeypatch, runner):
    monkeypatch.setattr(errors, "find_spec", lambda name: None)
    result = runner("--plot", "a.png", "missing.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"summarize: matplotlib is missing; run: {errors.install_command('plot')}\n"
