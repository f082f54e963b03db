"""The table of word classes from which all rules compose their word sets.

The table `word_classes.txt` names each class with a sentence on what it holds, then lists the words of Chinese and of
English, each of them once with all of its classes. A class that both languages have goes by one name. The lists are
closed: what they lack is not recognized.

A rule that needs other words than a class has joins classes or takes one from another, where it uses them:

    coordinators = words_of("zh", "additive", "alternative") - words_of("zh", "comitative")
"""

from functools import cache
from pathlib import Path

from summarize.document import LANGUAGES, Language

_TABLE_FILE = Path(__file__).with_name("word_classes.txt")


@cache
def _sections() -> dict[str, str]:
    """Return the parts of the table by their headings, each row in one line."""
    _, *parts = _TABLE_FILE.read_text(encoding="utf-8").replace("\n  ", " ").split("\n[")
    return dict(part.split("]\n", 1) for part in parts)


def _rows(section: str) -> list[tuple[str, str]]:
    """Return what stands before and after the colon of each row."""
    rows = (line.partition(": ") for line in _sections()[section].splitlines() if line)
    return [(head, rest) for head, _, rest in rows]


@cache
def descriptions() -> dict[str, str]:
    """Return what each class holds, in one sentence, in the order of the table."""
    return dict(_rows("classes"))


@cache
def _table(language: Language) -> dict[str, tuple[str, ...]]:
    """Return the rows of words in which each class of a language stands."""
    table: dict[str, list[str]] = {}
    for names, words in _rows(language):
        for name in names.split():
            table.setdefault(name, []).append(words)
    return {name: tuple(rows) for name, rows in table.items()}


def words_of(language: Language, *classes: str) -> frozenset[str]:
    """Return the words of one language that are in any of some classes.

    The table is read when words are first asked for.

    Args:
        language: whose words.
        classes: names of classes; none of them gives no words.

    Returns:
        The words, in Simplified characters and small letters.

    Raises:
        KeyError: the language has no word of one of the classes.
    """
    table = _table(language)
    return frozenset(" ".join(row for name in classes for row in table[name]).split())


def words_of_all(*classes: str) -> frozenset[str]:
    """Return the words of both languages that are in any of some classes; one of the languages may lack a class.

    Raises:
        KeyError: neither language has a word of one of the classes.
    """
    found: set[str] = set()
    for name in classes:
        having = [language for language in LANGUAGES if name in _table(language)]
        if not having:
            raise KeyError(name)
        found.update(*(words_of(language, name) for language in having))
    return frozenset(found)


def words_by_language(*classes: str) -> dict[Language, frozenset[str]]:
    """Return the words of each language that are in any of some classes, all of which both languages have.

    Raises:
        KeyError: one of the languages has no word of one of the classes.
    """
    return {language: words_of(language, *classes) for language in LANGUAGES}


def classes_of(word: str, language: Language) -> frozenset[str]:
    """Return the classes of a word, in Simplified characters and small letters; none for a word the table lacks."""
    return frozenset(name for name, rows in _table(language).items() if any(word in row.split() for row in rows))


# What a sentence is for, as the network is told it.
CONTEXT_DEPENDENT = words_of_all("leaning")
PERSONS = words_of_all("person")
TALK = words_of_all("talk")
COURTESY = words_of_all("courtesy")
CONCLUSION = words_of_all("conclusion")
