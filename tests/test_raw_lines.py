import pytest

from summarize.text.segmentation import find_sentences

PROSE = "镇上的旧磨坊昨天重新开门，第一天就磨了三百斤麦子。磨坊主说，水轮已经停了二十年。"
ENGLISH = "The old mill opened again on Friday and ground three sacks of oats. Its wheel had stood still for years."


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\ntitle: 磨坊\ntags: [水]\n---\n\n{PROSE}", id="front matter"),
        pytest.param(f"{PROSE}\n\n```sh\nmake all\n```\n\n{PROSE}", id="fenced code"),
        pytest.param(f"From: a@example.org\nTo: b@example.org\n\n{PROSE}", id="mail header"),
        pytest.param(f"{PROSE}\n\n<!-- a\ncomment -->\n\n{PROSE}", id="comment"),
        pytest.param(f"{ENGLISH}\n\n    let wheel = new Wheel();\n\n{ENGLISH}", id="indented code"),
    ],
)
def test_runs_of_lines_that_are_no_prose(text: str) -> None:
    for one in find_sentences(text):
        is_prose = text[one.start : one.end] in PROSE + ENGLISH
        assert (one.role == "text") == is_prose, text[one.start : one.end]


def test_the_subject_of_a_mail_is_a_heading() -> None:
    text = f"From: a@example.org\nSubject: 磨坊\n\n{PROSE}"
    assert [one.role for one in find_sentences(text)] == ["apparatus", "heading", "text", "text"]


def test_a_fence_that_is_never_closed_opens_no_code() -> None:
    text = f"```\n{PROSE}"
    assert [one.role for one in find_sentences(text)][-2:] == ["text", "text"]


def test_two_keys_without_a_sender_are_no_mail_header() -> None:
    assert [one.role for one in find_sentences("主题：磨坊\n时间：下午三点")] == ["text", "text"]


def test_front_matter_that_never_ends_is_given_up_at_once() -> None:
    text = "---\n" + "-a: b\n" * 59 + PROSE  # each line could be a key or an item
    assert find_sentences(text)[-1].role == "text"
