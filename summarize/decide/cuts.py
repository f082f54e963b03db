"""Cuts: word spans that may be left out of a sentence, at boundaries visible in its text.

    kind        what is left out
    opening     the first clauses or phrases, up to a comma, or a dateline 昨天下午，|市政府公布了方案。
    ending      the last clauses, from a comma on:                         市政府公布了方案|，并征求意见。
    tail        English, from a preposition, a relative or "and" to the end of its clause: adopted |on Monday|.
    gloss       brackets with their content, or the text between two dashes
    time        words of time inside a clause                              市政府|昨天下午|公布了方案。
    adverb      a word that only colours its verb                          |正式|公布, |quietly| adopted
    member      all but the first of an open list                          道路|、桥梁、管网|等

A form is the sentence without some of its cuts. The order of words is kept, so a form is a list of spans of the source.
`rules` rejects forms that are certainly wrong; for the rest the judge (`network.judge`) estimates how likely they read
well.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations_with_replacement, pairwise
from operator import attrgetter

from summarize.decide.words import PAIRS, Word, begins_with_number, is_time
from summarize.document import Cut, CutKind, Form, Language
from summarize.text.marks import COMMA_MARKS, DASH_MARKS, PARENTHESIS_PAIRS, SEMICOLON_MARKS, STRAIGHT_QUOTE
from summarize.text.patterns import lazy_pattern
from summarize.text.word_classes import words_of, words_of_all

_PARTS_CLAUSES = frozenset(COMMA_MARKS + SEMICOLON_MARKS)
_DASHES = frozenset(DASH_MARKS) | {"——", "--"}
_first_of = attrgetter("first")
_HARMLESS = frozenset(("gloss", "opening"))  # any number of these may be combined; of the others a form has at most one
_MAX_DATELINE_WORDS = 14
_MAX_CHARS_OF_NAME = 3  # in a bracket that belongs to a Chinese name
_SIGN = lazy_pattern(r"本[报网]讯|\d.*[日号][电讯]")
_AGENCY = lazy_pattern("本报|本网|.*(?:社|网|台|报)$|记者")
_TAIL_OPENERS = words_of(
    "en", "preposition", "subordinator", "relative", "additive", "clause_coordinator", "infinitive", "time_preposition"
) - words_of("en", "genitive")
_COORDINATORS = words_of("en", "additive", "alternative", "clause_coordinator")
_SUBJECTS = words_of("en", "subject_pronoun", "article", "possessive", "demonstrative")
_TIME_TAILS = (words_of("zh", "time_unit", "localizer") | frozenset("年月日号时点分许左右")) - {"岁"}
_ADVERBS = (words_of("zh", "progress", "preverbal") | words_of("en", "sequence_adverb")) - words_of_all(
    "negation", "reversal", "modality", "contrast", "cause", "resumptive", "copula", "sequence", "conclusion"
)
_BEFORE_TIME = frozenset(
    ["on", "in", "at", "since", "during", "last", "next", "this", "by", "every", "each", "在", "于", "从", "自"]
)


def split_clauses(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return start and end index of each clause, comma included; commas in quotation marks and brackets do not count.

    Args:
        words: of a sentence, without its stop.
    """
    found, start, closing = [], 0, [""]
    for index, word in enumerate(words):
        if word.text == closing[-1]:
            closing.pop()
        elif word.text in PAIRS or word.text == STRAIGHT_QUOTE:
            closing.append(PAIRS.get(word.text, STRAIGHT_QUOTE))
        elif len(closing) == 1 and word.text in _PARTS_CLAUSES:
            found.append((start, index + 1))
            start = index + 1
    return [*found, (start, len(words))] if start < len(words) else found


def find_small_cuts(words: Sequence[Word], is_verb: Sequence[bool], language: Language) -> list[Cut]:
    """Return the cuts inside clauses.

    Args:
        words: of a sentence, without its stop.
        is_verb: (T,), whether each may be a predicate.
        language: of the document.
    """
    found = [*_datelines(words, language), *_glosses(words)]
    found += [*_times(words, language), *_adverbs(words, is_verb, language)]
    clauses = split_clauses(words)
    if language == "zh":
        found += _members(words)
    else:
        found += _tails(words, is_verb, clauses)
    return found


def dateline_end(words: Sequence[Word], language: Language) -> int:
    """Return the index after an unambiguous dateline at the start of a sentence; 0 if it has none.

    A Chinese one ends as 新华社电, 晚报讯 and 13日电 do, and not as 电网停电; an English one has a comma or bracket in
    it and a capital after it, as HARWICK, Ohio — The bridge, and not Paris — the capital — or 300–400.
    """
    end = next((cut.end for cut in _datelines(words, language)), 0)
    if not end or end == len(words):
        return 0
    head, texts = words[:end], [word.text for word in words]
    if language == "en":
        is_sure = (
            texts[0].isalpha()
            and not is_time(words[0])
            and not {",", "("}.isdisjoint(texts[:end])
            and texts[end][0].isupper()
            and _DASHES.isdisjoint(texts[end:])
        )
    else:
        index = next(index for index, word in enumerate(head) if word.text[-1] in "讯电")
        is_sure = _SIGN.fullmatch(texts[index]) is not None or (
            index > 0
            and texts[index] in ("讯", "电")
            and (_AGENCY.match(texts[index - 1]) is not None or _is_when(words, index - 1, language))
        )
    return end if is_sure else 0


def _datelines(words: Sequence[Word], language: Language) -> Iterator[Cut]:
    """Yield the dateline that a report begins with: 新华社北京1月13日电（记者 张三）, HARWICK, Ohio, March 14 —."""
    for index, word in enumerate(words[:_MAX_DATELINE_WORDS]):
        if language == "en":
            if word.text in _DASHES:
                if index and all(not earlier.text.isalpha() or earlier.text[0].isupper() for earlier in words[:index]):
                    yield Cut(0, index + 1, "opening")
                return
        elif word.text[-1] in "讯电" and any(_AGENCY.match(earlier.text) for earlier in words[: index + 1]):
            end = index + 1
            if end < len(words) and words[end].text in PARENTHESIS_PAIRS:
                closer = PARENTHESIS_PAIRS[words[end].text]
                end = next((k + 1 for k in range(end, len(words)) if words[k].text == closer), end)
            if end < len(words) and words[end].text in _PARTS_CLAUSES:
                end += 1
            yield Cut(0, end, "opening")
            return


def _glosses(words: Sequence[Word]) -> Iterator[Cut]:
    for index, word in enumerate(words):
        if word.text in PARENTHESIS_PAIRS:
            closer = PARENTHESIS_PAIRS[word.text]
            end = next((k for k in range(index + 1, len(words)) if words[k].text == closer), None)
            if end is not None and index and not _is_of_name(words, index, end):
                yield Cut(index, end + 1, "gloss")
    dashes = [index for index, word in enumerate(words) if word.text in _DASHES]
    if len(dashes) == 2:
        yield Cut(dashes[0], dashes[1] + 1, "gloss")


def _is_of_name(words: Sequence[Word], opener: int, closer: int) -> bool:
    """Return whether a bracket is a part of what it stands in: 江河（中国）有限公司, 刚果（金）, node()."""
    inside = "".join(word.text for word in words[opener + 1 : closer])
    return not inside or (len(inside) <= _MAX_CHARS_OF_NAME and not inside.isascii())


def _may_say_when(word: Word) -> bool:
    """Return whether a word says when, where others stand beside it."""
    return begins_with_number(word) or word.text in _TIME_TAILS or is_time(word)


def _is_when(words: Sequence[Word], index: int, language: Language) -> bool:
    word = words[index]
    if is_time(word):
        return True
    if language == "en":
        return word.text.isdigit() and index > 0 and is_time(words[index - 1])
    is_count = begins_with_number(word) and (
        word.text[-1] in _TIME_TAILS or (index + 1 < len(words) and words[index + 1].text in _TIME_TAILS)
    )
    return is_count or (word.text in _TIME_TAILS and index > 0 and _is_when(words, index - 1, language))


def _times(words: Sequence[Word], language: Language) -> Iterator[Cut]:
    """Yield runs of words of time; an English one with the preposition before it."""
    behind = 0  # of the run before
    for index in [index for index, word in enumerate(words) if _may_say_when(word)]:
        if index < behind:
            continue
        end = index
        while end < len(words) and _is_when(words, end, language):
            end += 1
        if end > index:
            first = index
            if first and words[first - 1].text.lower() in _BEFORE_TIME:
                first -= 1
            yield Cut(first, end, "time")
        behind = end


def _adverbs(words: Sequence[Word], is_verb: Sequence[bool], language: Language) -> Iterator[Cut]:
    for index, word in enumerate(words[:-1]):
        text = word.text.lower()
        is_adverb = text in _ADVERBS or (language == "en" and text.endswith("ly") and len(text) > 4)
        if language == "zh":
            is_adverb = is_adverb and is_verb[index + 1]
        if is_adverb and index:
            yield Cut(index, index + 1, "adverb")


def _members(words: Sequence[Word]) -> Iterator[Cut]:
    """Yield the members of a list that ends in 等 without a number after it, but for the first."""
    for index, word in enumerate(words):
        if word.text not in ("等", "等等"):
            continue
        if index + 1 < len(words) and begins_with_number(words[index + 1]):
            continue
        first = None
        for k in range(index - 1, -1, -1):
            if words[k].text in _PARTS_CLAUSES:
                break
            if words[k].text == "、":
                first = k
        if first is not None:
            yield Cut(first, index, "member")


def _tails(words: Sequence[Word], is_verb: Sequence[bool], clauses: Sequence[tuple[int, int]]) -> Iterator[Cut]:
    for first, end in clauses:
        last = end - 1 if words[end - 1].text in _PARTS_CLAUSES else end
        for index in range(first + 2, last - 1):
            text = words[index].text.lower()
            if text in _COORDINATORS and words[index + 1].text.lower() not in _SUBJECTS and not is_verb[index + 1]:
                continue  # Tom Wilbeck | and Ted Bland
            if text in _TAIL_OPENERS or (text.endswith("ing") and len(text) > 5):
                yield Cut(index, last, "tail")


def find_forms(
    words: Sequence[Word], is_verb: Sequence[bool], language: Language, most_chars: int | None = None
) -> Iterator[Form]:
    """Yield the forms of a sentence, each once; none is as long as it.

    Some clauses in a row, without some of what may be cut inside of them.

    Args:
        words: of a sentence, without its stop.
        is_verb: (T,), whether each may be a predicate.
        language: of the document.
        most_chars: of the words of a form, what stands between them not counted; None: no matter.
    """
    clauses, size = split_clauses(words), len(words)
    small = find_small_cuts(words, is_verb, language)
    chars = [0, *accumulate([word.end - word.start for word in words])]  # of the words before each place
    lost = {id(cut): chars[cut.end] - chars[cut.first] for cut in small}  # characters
    seen: set[int] = set()
    for (_, (start, _)), (right, (_, end)) in combinations_with_replacement(enumerate(clauses), 2):
        if right + 1 < len(clauses) or words[end - 1].text in _PARTS_CLAUSES:
            end -= 1
        inside = [cut for cut in small if start <= cut.first and cut.end <= end]
        full_chars = chars[end] - chars[start]
        if most_chars is not None and full_chars - sum([lost[id(cut)] for cut in inside]) > most_chars:
            continue  # whatever is cut inside
        opening = (Cut(0, start, "opening"),) if start else ()
        ending = (Cut(end, size, "ending"),) if end < size else ()
        for chosen in _together(inside):
            num_chars = full_chars - sum([lost[id(cut)] for cut in chosen])
            if num_chars <= 0 or (most_chars is not None and num_chars > most_chars):
                continue
            cuts = (*opening, *sorted(chosen, key=_first_of), *ending)
            are_apart = all([one.end <= other.first for one, other in pairwise(cuts)])
            bits = sum([(1 << cut.end) - (1 << cut.first) for cut in cuts])  # one for each word that is cut
            if cuts and are_apart and bits not in seen:
                seen.add(bits)
                yield Form(cuts, _places_beside(cuts, size))


def _places_beside(cuts: Sequence[Cut], size: int) -> tuple[int, ...]:
    """Return the places of the words that stay where some are cut."""
    starts, ends = [0, *[cut.end for cut in cuts]], [*[cut.first for cut in cuts], size]
    return tuple([index for start, end in zip(starts, ends, strict=True) for index in range(start, end)])


def _together(cuts: Sequence[Cut]) -> Iterator[tuple[Cut, ...]]:
    """Yield the cuts that one form may have between its ends: one of any kind, and all or none of the harmless."""
    harmless = tuple(cut for cut in cuts if cut.kind in _HARMLESS)
    others = [cut for cut in cuts if cut.kind not in _HARMLESS]
    yield ()
    yield from ((cut,) for cut in cuts)
    if harmless:
        yield harmless
        for other in others:
            yield (*harmless, other)


def make_form(words: Sequence[Word], kept: Sequence[int], language: Language) -> Form:
    """Return the form that keeps the given words; its cuts are classified as by `find_forms` where possible.

    Args:
        words: of a sentence, without its stop.
        kept: places of the words that stay, ascending.
        language: of the document.
    """
    stays, cuts, first = set(kept), [], None
    for index in range(len(words) + 1):
        is_gone = index < len(words) and index not in stays
        if is_gone and first is None:
            first = index
        elif not is_gone and first is not None:
            cuts.append(Cut(first, index, _kind_of(words, first, index, language)))
            first = None
    return Form(tuple(cuts), tuple(kept))


def _kind_of(words: Sequence[Word], first: int, end: int, language: Language) -> CutKind:
    if first == 0:
        return "opening"
    if end == len(words):
        return "ending"
    if words[first].text in PARENTHESIS_PAIRS or words[first].text in _DASHES:
        return "gloss"
    if all(_is_when(words, index, language) for index in range(first, end)):
        return "time"
    if words[first].text == "、":
        return "member"
    if end == first + 1 and words[first].text.lower() in _ADVERBS:
        return "adverb"
    return "tail" if language == "en" and words[end].text in _PARTS_CLAUSES else "other"
