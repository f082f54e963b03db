"""Rules: what surely makes a shortened sentence wrong, whatever the judge says of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarize.decide.cuts import Cut, Form
from summarize.decide.words import (
    ATTRIBUTED,
    CONDITION,
    MODALITY,
    NEGATION,
    PAIRS,
    Word,
    begins_with_number,
    is_negated,
    is_time,
)
from summarize.document import Language
from summarize.text.marks import CLAUSE_MARKS, DASH_MARKS, LIST_COMMAS, RANGE_MARKS, STRAIGHT_QUOTE
from summarize.text.tokenization import is_word
from summarize.text.word_classes import words_by_language, words_of, words_of_all

UNITS = words_of_all("unit", "scale", "time_unit") | frozenset("%％‰℃年月日号时点分")
_RANGES = frozenset(RANGE_MARKS + DASH_MARKS + "-－/:：.") | frozenset(("至", "到", "to", "through", "and", "between"))
_LIMITS = {"zh": words_of("zh", "reversal", "approximator", "estimate"), "en": words_of("en", "reversal", "approximator")}
_SMALL = frozenset(("tail", "gloss", "time", "adverb", "member"))
_HALVES = (
    ("虽然 虽 尽管 固然", "但是 但 可是 却 然而 仍 仍然 不过 也"),
    ("不仅 不但 不光 不只", "而且 还 也 更 并且 甚至"),
    ("因为 由于", "所以 因此 因而 故"),
    ("既", "又 也"),
    ("一方面", "另一方面"),
    ("不是", "而是"),
    ("与其", "不如"),
    ("无论 不论 不管", "都 均"),
    ("只要", "就"),
    ("只有", "才"),
    ("both", "and"),
    ("either", "or"),
    ("neither", "nor"),
    ("between", "and"),
    ("so such", "that"),
    ("more less fewer rather other", "than"),
)
_PAIRED = tuple((frozenset(one.split()), frozenset(other.split())) for one, other in _HALVES)
_CANNOT_END = {
    "zh": words_of("zh", "plain_preposition", "preposition", "additive", "alternative", "clause_coordinator")
    | words_of("zh", "structural", "genitive", "plain_copula", "modal", "plain_negation", "attribution"),
    "en": words_of("en", "article", "possessive", "plain_preposition", "additive", "alternative", "infinitive")
    | words_of("en", "clause_coordinator", "subordinator", "relative", "plain_copula", "have", "modal", "clitic"),
}
_CANNOT_BEGIN = {
    "zh": words_of("zh", "structural", "genitive", "aspect", "suffix", "question_particle", "tone_particle", "localizer")
    | words_of("zh", "additive"),
    "en": words_of("en", "additive", "alternative", "clitic", "clause_coordinator", "relative")
    | words_of("en", "comparative"),
}
_OPENERS = {
    language: CONDITION[language] | words_of(language, "subordinator", "preposition") for language in ("zh", "en")
}
_PHRASE_ENDS = words_of("zh", "localizer") | frozenset("的 时 后 前 之前 之后 以后 以前 时候 上 下 中 里 起".split())
_MOST_MEMBER_WORDS = 5
_VERBAL = words_of("en", "relative", "subordinator", "plain_copula", "have", "be", "modal", "subject_pronoun", "clause_coordinator")
_SURE_CONDITIONS = frozenset("如果 只要 除非 要是 假如 倘若 一旦 若是 即使 无论 不论 不管".split())
_PREDICATE_OPENERS = words_of(
    "zh", "preverbal", "progress", "modal", "copula", "plain_copula", "coverb", "passive", "voice", "plain_negation"
) - words_of("zh", "time", "conclusion")
_SAYING = words_by_language("attribution", "saying", "telling")
_MARKS = frozenset(CLAUSE_MARKS + LIST_COMMAS + DASH_MARKS)


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that a form must not do.

    Args:
        name: in the trace.
        says: the rule in one sentence.
        breaks: whether a form breaks it.
    """

    name: str
    says: str
    breaks: Callable[[Sequence[Word], Form, Language], bool]


def _runs(form: Form) -> list[tuple[int, int]]:
    """Return last kept word before and first kept word behind each inner cut."""
    return [(one, other) for one, other in zip(form.kept, form.kept[1:], strict=False) if other > one + 1]


def _splits_pair(words: Sequence[Word], form: Form, language: Language) -> bool:
    kept = set(form.kept)
    opened: list[tuple[int, str]] = []
    for place, word in enumerate(words):
        if opened and word.text == opened[-1][1]:
            first = opened.pop()[0]
            inside = [k in kept for k in range(first, place + 1)]
            if any(inside) and not all(inside):
                return True
        elif word.text in PAIRS or word.text == STRAIGHT_QUOTE:
            opened.append((place, PAIRS.get(word.text, STRAIGHT_QUOTE)))
    return any(place in kept for place, _ in opened) and any(cut.end > place for cut in form.cuts for place, _ in opened)


def _is_numeric(word: Word) -> bool:
    return begins_with_number(word) or word.text in UNITS or is_time(word)


def _splits_number(words: Sequence[Word], form: Form, language: Language) -> bool:
    for cut in form.cuts:
        for edge in (cut.first, cut.end):
            if 0 < edge < len(words):
                left, right = words[edge - 1], words[edge]
                if _is_numeric(left) and _is_numeric(right) and left.end == right.start and cut.kind != "time":
                    return True
                if (left.text.lower() in _RANGES and begins_with_number(right)) or (
                    begins_with_number(left) and right.text.lower() in _RANGES and edge + 1 < len(words)
                    and _is_numeric(words[edge + 1])
                ):
                    return True
                if right.text.lower() in ("'s", "’s") or left.text.lower() == "as":
                    return True
                if left.text.lower() in _LIMITS[language] and begins_with_number(right):
                    return True
                if begins_with_number(left) and is_word(right.text) and cut.kind in ("tail", "adverb"):
                    return True
    return any(_is_numeric(words[a]) and begins_with_number(words[b]) for a, b in _runs(form))


def _loses_scope(words: Sequence[Word], form: Form, language: Language) -> bool:
    for cut in form.cuts:
        inside = [word.text.lower() for word in words[cut.first : cut.end]]
        locked = CONDITION[language]
        if inside[:2] in (["as", "long"], ["as", "soon"], ["as", "far"], ["only", "if"], ["even", "if"]) or inside[1:3] in (
            ["as", "long"], ["as", "soon"], ["only", "if"]
        ):
            return True
        if cut.kind in _SMALL:
            locked = locked | NEGATION[language] | MODALITY[language] | _LIMITS[language]
        if any(text in locked or (cut.kind in _SMALL and is_negated(text, language)) for text in inside):
            is_rest = cut.kind == "ending" and language == "zh"
            if not (is_rest and all(text not in CONDITION[language] for text in inside[:1])):
                return True
        if cut.kind == "opening" and language == "zh" and len(inside) > 1 and inside[-2] in ("的", "时", "者"):
            return True
    return False


def _hangs(words: Sequence[Word], form: Form, language: Language) -> bool:
    """Whether the last clause that is kept leads to one that is not, or to nothing."""
    end = form.kept[-1] + 1
    start = end - 1
    while start and words[start - 1].text not in "，,；;":
        start -= 1
    last = [words[place] for place in form.kept if start <= place]
    is_cut_behind = end < len(words)
    if is_cut_behind and any(
        words[place].text.lower() in CONDITION[language] and _begins_clause(words, place, language)
        for place in form.kept
        if not _has_main_behind(words, form, place)
    ):
        return True
    if last[0].text.lower() in _OPENERS[language] and (is_cut_behind or start and form.kept[0] >= start):
        return True
    return is_cut_behind and language == "zh" and last[-1].text in _PHRASE_ENDS


def _begins_clause(words: Sequence[Word], place: int, language: Language) -> bool:
    return language == "en" or not place or words[place - 1].text in _MARKS or words[place].text in _SURE_CONDITIONS


def _has_main_behind(words: Sequence[Word], form: Form, place: int) -> bool:
    """Whether so much is kept behind a condition that it has its consequence: two more clauses."""
    return sum(words[k].text in _MARKS for k in form.kept if k > place) >= 2 and form.kept[-1] + 1 < len(words)


def _loses_subject(words: Sequence[Word], form: Form, language: Language) -> bool:
    """Whether a Chinese sentence begins with a predicate that had its subject in what is cut."""
    first = form.kept[0]
    if language != "zh" or not first:
        return False
    opener = words[first].text
    return opener in _PREDICATE_OPENERS


def _shortens_list(words: Sequence[Word], form: Form, language: Language) -> bool:
    """Whether an English list with commas loses its last members, and its "and"."""
    if language != "en":
        return False
    for cut in form.cuts:
        if cut.kind != "ending":
            continue
        inside = [word.text.lower() for word in words[cut.first : cut.end]]
        commas = [place for place, text in enumerate(inside) if text == ","]
        start = 1 if inside[0] == "," else 0
        end = next((place for place in commas if place >= start + 1), len(inside))
        is_short = end - start <= _MOST_MEMBER_WORDS
        if is_short and ("and" in inside or "or" in inside) and not any(
            text in _VERBAL for text in inside[start:end]
        ):
            return True
    return False


def _splits_halves(words: Sequence[Word], form: Form, language: Language) -> bool:
    kept = {words[place].text.lower() for place in form.kept}
    gone = {word.text.lower() for cut in form.cuts for word in words[cut.first : cut.end]}
    for one, other in _PAIRED:
        if (kept & one and gone & other and not kept & other) or (gone & one and kept & other and not kept & one):
            return True
    return False


def _loses_speaker(words: Sequence[Word], form: Form, language: Language) -> bool:
    for cut in form.cuts:
        inside = [word.text.lower() for word in words[cut.first : cut.end]]
        if cut.kind == "ending" and language == "zh":
            continue
        if any(text in _SAYING[language] for text in inside):
            is_source = inside[0] in ("据", "根据", "according", "据悉", "据了解")
            if not is_source:
                return True
    return False


def _splits_name(words: Sequence[Word], form: Form, language: Language) -> bool:
    for cut in form.cuts:
        for edge in (cut.first, cut.end):
            if not 0 < edge < len(words):
                continue
            left, right = words[edge - 1], words[edge]
            if left.end == right.start and left.text[-1:].isascii() and right.text[:1].isascii() and is_word(left.text):
                if is_word(right.text) or right.text[0] in "-/_&'’":
                    return True
            if "·" in (left.text[-1], right.text[0]):
                return True
            if language == "en" and cut.kind not in ("tail", "time") and left.text[:1].isupper() and right.text[:1].isupper():
                return True
    return False


def _open_edges(words: Sequence[Word], form: Form, language: Language) -> bool:
    first, last = words[form.kept[0]], words[form.kept[-1]]
    if form.kept[0] and (first.text.lower() in _CANNOT_BEGIN[language] or first.text in _MARKS):
        return True
    if form.kept[-1] != len(words) - 1 and (last.text.lower() in _CANNOT_END[language] or last.text in _MARKS):
        return True
    for left, right in _runs(form):
        one, other = words[left].text.lower(), words[right].text.lower()
        if one in _MARKS and other in _MARKS:
            return True
        if other in _MARKS and one in _CANNOT_END[language]:
            return True
        if one == other:
            return True
    return not any(is_word(words[place].text) for place in form.kept)


RULES = (
    Rule("pairs", "Quotation marks and brackets are kept with all that stands between them, or not at all.", _splits_pair),
    Rule("numbers", "A number keeps its unit, its range and what bounds it.", _splits_number),
    Rule("scope", "Nothing loses its negation, its condition, its may or its only.", _loses_scope),
    Rule("hanging", "A condition or a phrase of time is not kept without what it is said of.", _hangs),
    Rule("subject", "A Chinese sentence does not begin with a predicate whose subject was cut.", _loses_subject),
    Rule("lists", "A list with commas is kept whole.", _shortens_list),
    Rule("halves", "Of two words that go together, as although and but, none is kept without the other.", _splits_halves),
    Rule("speaker", "Who says, thinks or expects something is kept with it.", _loses_speaker),
    Rule("names", "No name or compound is cut in two.", _splits_name),
    Rule("edges", "Nothing begins or ends with a mark or a word that leads to another.", _open_edges),
)


def broken_rule(words: Sequence[Word], form: Form, language: Language) -> Rule | None:
    """Return the first rule that a form breaks, or None."""
    return next((rule for rule in RULES if rule.breaks(words, form, language)), None)
