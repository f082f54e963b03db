"""What several tests of cutting ask of a text."""

from summarize.text.segmentation import find_sentences


def sentence_texts(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[sentence.start : sentence.end] for sentence in find_sentences(text)]


def cuts(marked: str) -> tuple[str, list[str]]:
    """A text and its sentences, from the text with `|` where one sentence ends."""
    return marked.replace("|", ""), [sentence.strip() for sentence in marked.split("|")]
