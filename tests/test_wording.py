from string import Formatter
from typing import get_args

import pytest

from summarize.document import CUT_KINDS, LANGUAGES
from summarize.explanation import Outcome
from summarize.formats.wording import Part, wording
from summarize.network.features import FEATURE_GROUPS


def strings_of(language, part):
    """Return every string of a format by the path of its keys."""
    flat = {}
    for key, value in wording(language, part).items():
        flat |= {(key, name): string for name, string in value.items()} if isinstance(value, dict) else {(key,): value}
    return flat


@pytest.mark.parametrize("part", get_args(Part))
def test_both_languages_say_the_same(part):
    chinese, english = (strings_of(language, part) for language in ("zh", "en"))
    assert chinese.keys() == english.keys()
    for path, string in chinese.items():
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (string, english[path])]
        assert names[0] == names[1], path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_format_says_otherwise_what_is_shared(language):
    shared = set.intersection(*(set(wording(language, part)) for part in get_args(Part)))
    assert {"kinds", "terms", "outcomes", "cuts", "density", "score", "notes"} <= shared
    for part in get_args(Part):
        for key in shared:
            assert wording(language, part)[key] is wording(language, "page")[key]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_cut_and_term_has_words(language):
    assert wording(language, "page")["outcomes"].keys() == set(get_args(Outcome))
    assert wording(language, "page")["cuts"].keys() == set(CUT_KINDS)
    assert wording(language, "page")["terms"].keys() == {"content", *FEATURE_GROUPS, "whole", "agreement", "query"}
