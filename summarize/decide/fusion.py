"""Fusion: neighbouring chosen sentences with one subject become one sentence (Barzilay & McKeown 2005).

    在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。
    1. subject      what both begin with, up to the word that begins a predicate: 法国队
    2. predicates   赢得了冠军 and 在决赛中击败了克罗地亚队: set side by side, with a comma between
    3. phrase       在2018年的世界杯中 belongs to 冠军, as text has shown (世界杯冠军): it moves before that noun, and
                    在, 的 and 中 fall away; otherwise it stays where it is

All words are from the source; only a comma or, in English, "and" is added. Each predicate keeps its subject. In doubt,
sentences are left unchanged: `doubt` has the rules, and the judges have the final say.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from summarize.config import SelectionConfig
from summarize.decide import doubt
from summarize.decide.words import Judge, Word, begins_with_number, is_time, words_between
from summarize.document import Document, Draft, Language, Piece, Shortening
from summarize.text.grammar import HELPING_WORDS, LIKELY, NEVER, OFTEN
from summarize.text.marks import COMMA_MARKS
from summarize.text.pieces import SPACE, join_runs, merge_pieces, source_piece
from summarize.text.word_classes import words_of
from summarize.value import replace, value

MAX_STATEMENTS = 3  # in one sentence
MAX_CHARS: dict[Language, int] = {"zh": 120, "en": 300}  # of a fused sentence
MAX_SENTENCES_BETWEEN = 2
_MIN_WORDS = 3  # of a sentence
_MAX_INTRO_WORDS = 16
_MAX_TIME_WORDS = 3  # 本周三上午
_MAX_OBJECT_WORDS = 3

COMMA: dict[Language, Piece] = {"zh": Piece("，"), "en": Piece(",")}
AND = Piece("and")

_OF = "的"
_ASPECTS = words_of("zh", "aspect")
_SHOWS_VERB = words_of("zh", "aspect", "complement")
_NAME_ENDINGS = words_of("zh", "name_ending")
_PREPOSITIONS = words_of("zh", "place_preposition")
_LOCALIZERS = words_of("zh", "localizer")
_NAMING_LOCALIZERS = words_of("zh", "naming_localizer")
_ENGLISH_INTROS = words_of("en", "time_preposition")
_ENGLISH_ADVERBS = words_of("en", "sequence_adverb")


class Grammar(Protocol):
    """What a corpus has shown about words; `summarize.text.grammar.Grammar` counted it."""

    def predicate_level(self, word: str) -> int:
        """Return how surely a word begins a predicate, one of the levels of `summarize.text.grammar`."""
        ...

    def makes_compound(self, left: str, right: str) -> bool:
        """Return whether two nouns in this order make one name."""
        ...


@value
class _Statement:
    """A sentence cut into what fusion moves.

    Args:
        index: of the sentence in its document.
        intro: the phrase before the first comma, where the sentence begins with one.
        start: offset of what follows it, the subject first.
        end: offset after that, before the stop.
        stop: offset after the stop; `end` where there is none.
    """

    index: int
    intro: tuple[Word, ...]
    start: int
    end: int
    stop: int


def fuse_sentences(
    document: Document, drafts: Sequence[Draft], grammar: Grammar, judge: Judge, config: SelectionConfig
) -> list[Draft]:
    """Return the sentences of a summary, fused where possible and otherwise unchanged.

    Args:
        document: the source.
        drafts: the sentences in the order of the summary.
        grammar: what is known about words.
        judge: says how a fused sentence reads.
        config: how sure it must be.
    """
    fused: list[Draft] = []
    held: list[tuple[Draft, _Statement]] = []
    subject = 0  # characters of the subject that those have in common

    def release() -> None:
        fused.extend(_fused(document, held, subject, grammar, judge, config))
        held.clear()

    for draft in drafts:
        statement = _parse(document, draft.indices[0]) if draft.is_whole else None
        if statement is None:
            release()
            fused.append(draft)
            continue
        if held:
            before = [earlier for _, earlier in held]
            length = _common_subject(document, before[-1], statement, grammar)
            if length and (len(held) == 1 or length == subject) and _may_join(document, before, statement, length):
                subject = length
                held.append((draft, statement))
                continue
        release()
        held.append((draft, statement))
    release()
    return fused


def _fused(
    document: Document,
    held: Sequence[tuple[Draft, _Statement]],
    subject: int,
    grammar: Grammar,
    judge: Judge,
    config: SelectionConfig,
) -> Iterator[Draft]:
    """Yield one sentence of several, or all as they are: if it is not sure to read well, or they are shorter so."""
    drafts = [draft for draft, _ in held]
    if len(held) > 1:
        pieces = _join(document, [statement for _, statement in held], subject, grammar)
        apart = sum(len(piece.text) for piece in join_runs(draft.pieces for draft in drafts))
        if sum(len(piece.text) for piece in pieces) <= apart:
            indices = tuple(index for draft in drafts for index in draft.indices)
            good, _, false = _judged(document, [statement for _, statement in held], subject, judge)
            if good >= config.least_good_fused and false <= config.most_false_fused:
                yield Draft(indices, pieces, is_whole=False, shortening=Shortening((), good, false))
                return
    yield from drafts


def _judged(document: Document, held: Sequence[_Statement], subject: int, judge: Judge) -> list[float]:
    """Return the probabilities of good, poor and false for statements of which only the first keeps its subject.

    The stops between them stay, in the place of what will join them.
    """
    from summarize.decide import cuts, shortening  # a call that neither shortens nor fuses does not load them

    sentences = [document.sentences[statement.index] for statement in held]
    words = [word for one in sentences for word in words_between(document, one.body, one.end)]
    has_stop = held[-1].stop > held[-1].end
    words = words[:-1] if has_stop else words
    gone = [(statement.start, statement.start + subject) for statement in held[1:]]
    kept = [index for index, word in enumerate(words) if not any(a <= word.start < b for a, b in gone)]
    form = cuts.make_form(words, kept, document.language)
    form = replace(form, cuts=tuple(replace(cut, kind="subject") for cut in form.cuts))
    before = shortening.words_before(document, held[0].index)
    return [float(x) for x in judge.judge([word.text for word in words], before, [form], has_stop=has_stop)[0]]


def _parse(document: Document, index: int) -> _Statement | None:
    """Cut a sentence; None if nothing may be done with it."""
    text, sentence, language = document.text, document.sentences[index], document.language
    if (
        not sentence.is_text
        or sentence.speaker is not None
        or sentence.body > sentence.start  # an item of a list
        or any(sentence.marks)
        or text[sentence.end - 1] in "；;：:，,"
        or "\n" in text[sentence.start : sentence.end]
        or _tells_who_spoke(document, index)
    ):
        return None
    words = words_between(document, sentence.body, sentence.end)
    if len(words) < _MIN_WORDS or doubt.why_sentence_stays(words, language):
        return None
    end = words[-1].start if doubt.is_stop(words[-1], language) else sentence.end
    intro = _intro_length(words, language)
    start = words[intro + 1].start if intro else sentence.body
    return _Statement(index, tuple(words[:intro]), start, end, sentence.end)


def _tells_who_spoke(document: Document, index: int) -> bool:
    """Return whether a quotation ends right before, as in “请关好窗户！”广播反复提醒."""
    if not index or document.sentences[index - 1].paragraph != document.sentences[index].paragraph:
        return False
    return document.text[document.sentences[index - 1].end - 1] in doubt.CLOSING_QUOTES


def _intro_length(words: Sequence[Word], language: Language) -> int:
    """Return how many words stand before the first comma, if they say when or where; else 0."""
    commas = [index for index, word in enumerate(words) if word.text in COMMA_MARKS]
    if not commas or not 0 < commas[0] <= _MAX_INTRO_WORDS or commas[0] + 2 > len(words):
        return 0
    phrase = words[: commas[0]]
    first, last = phrase[0].text.lower(), phrase[-1].text
    if language == "en":
        return commas[0] if first in _ENGLISH_INTROS else 0
    if first in _PREPOSITIONS and (last in _LOCALIZERS or last[-1] in _NAMING_LOCALIZERS):  # 节上 may be one token
        return commas[0]
    is_short_time = is_time(phrase[0]) and (len(phrase) <= _MAX_TIME_WORDS or last in _LOCALIZERS)
    return commas[0] if is_short_time or is_time(phrase[-1]) else 0


def _common_subject(document: Document, first: _Statement, second: _Statement, grammar: Grammar) -> int:
    """Return how many characters the subject has that both statements begin with; 0 if none is sure."""
    if second.intro:
        return 0
    language = document.language
    left, right = document.text[first.start : first.end], document.text[second.start : second.end]
    if language == "en" and first.intro:
        left, right = left[:1].lower() + left[1:], right[:1].lower() + right[1:]
    pairs = enumerate(zip(left, right, strict=False))
    common = next((index for index, (one, other) in pairs if one != other), min(len(left), len(right)))
    common = len(left[:common].rstrip())
    words = words_between(document, first.start, first.end)
    ends = {word.end - first.start for word in words}
    ends &= {word.end - second.start for word in words_between(document, second.start, second.end)}
    if language == "zh":  # a name that jieba does not know may be cut in its middle, or joined to what follows it
        ends.add(common)
    for length in sorted((end for end in ends if 0 < end <= common), reverse=True):
        subject = words_between(document, first.start, first.start + length)
        if subject[-1].text in HELPING_WORDS:
            continue
        levels = [_predicate_level(_predicate(document, one, length), language, grammar) for one in (first, second)]
        # What is common after the subject could be a longer name.
        if min(levels) >= (LIKELY if length == common else OFTEN):
            return 0 if doubt.why_subjects_differ(subject, language) else length
    return 0


def _predicate(document: Document, statement: _Statement, subject: int) -> list[Word]:
    return words_between(document, statement.start + subject, statement.end)


def _predicate_level(words: Sequence[Word], language: Language, grammar: Grammar) -> int:
    """Return how surely a predicate begins here, and not a longer name."""
    if len(words) < 2:  # 展望 after 天气 is a title
        return NEVER
    return (_english_level if language == "en" else _chinese_level)(words, grammar)


def _chinese_level(words: Sequence[Word], grammar: Grammar) -> int:
    word, following = words[0].text.lower(), words[1].text
    if word == _OF or (word in _NAME_ENDINGS and following not in _ASPECTS):  # 青莲寺 | 站
        return NEVER
    if word in HELPING_WORDS or is_time(words[0]) or doubt.starts_with_duration(words):
        return OFTEN
    if following in _ASPECTS:
        return OFTEN
    level = grammar.predicate_level(word)
    if level == NEVER:
        return level
    if following in _SHOWS_VERB or begins_with_number(words[1]):
        return OFTEN
    is_before_noun = grammar.predicate_level(following.lower()) == NEVER
    if is_before_noun and any(later.text in _ASPECTS for later in words[2:]):
        return NEVER  # 签约演员 | 辞演了: what is here may belong to a noun, and that to another verb
    if level == OFTEN:
        return level
    return LIKELY if level == LIKELY or not grammar.makes_compound(word, following) else NEVER


def _english_level(words: Sequence[Word], grammar: Grammar) -> int:
    if words[0].text[:1].isupper():  # Dunmere Coast | Trust
        return NEVER
    texts = [word.text.lower() for word in words[:3]]
    if texts[0] in _ENGLISH_ADVERBS:
        texts = texts[1:]
    word, following = (*texts, "")[:2]
    level = grammar.predicate_level(word)
    if level < OFTEN and word.endswith("s"):
        level = max(level, grammar.predicate_level(word[:-1]), grammar.predicate_level(word.removesuffix("es")))
    if level == OFTEN:
        return level
    shows_verb = following in doubt.DETERMINERS or following[:1].isdigit()
    is_past = word.endswith("ed")
    return LIKELY if (is_past and level == LIKELY) or (shows_verb and (level or is_past)) else NEVER


def _may_join(document: Document, held: Sequence[_Statement], new: _Statement, subject: int) -> bool:
    """Return whether nothing speaks against one more statement in a sentence."""
    last = held[-1]
    if len(held) >= MAX_STATEMENTS or not 0 < new.index - last.index <= MAX_SENTENCES_BETWEEN + 1:
        return False
    if new.index - last.index > 1 and _paragraph(document, new) != _paragraph(document, last):
        return False
    chars = sum(statement.end - statement.start for statement in (*held, new))
    if chars > MAX_CHARS[document.language]:
        return False
    predicate = _predicate(document, last, subject)
    return not doubt.why_pair_stays((*last.intro, *predicate), _predicate(document, new, subject), document.language)


def _paragraph(document: Document, statement: _Statement) -> int:
    return document.sentences[statement.index].paragraph


def _join(document: Document, held: Sequence[_Statement], subject: int, grammar: Grammar) -> tuple[Piece, ...]:
    text, language = document.text, document.language
    first = held[0]
    moved = _moved_into_object(first.intro, _predicate(document, first, subject), grammar)
    if moved:
        verb, phrases, found = moved
        runs = [source_piece(text, first.start, verb[-1].end)]
        runs += [source_piece(text, phrase[0].start, phrase[-1].end) for phrase in phrases]
        runs.append(source_piece(text, found[0].start, found[-1].end))
    else:
        runs = [source_piece(text, first.intro[0].start if first.intro else first.start, first.end)]
    space = 1 if language == "en" else 0
    predicates = [source_piece(text, statement.start + subject + space, statement.end) for statement in held[1:]]
    if language == "zh":
        for predicate in predicates:
            runs += [COMMA["zh"], predicate]
    else:
        for predicate in predicates[:-1]:
            runs += [COMMA["en"], SPACE, predicate]
        if len(predicates) == 1 and _has_and_or_comma(text[first.start : first.end], predicates[0].text):
            runs.append(COMMA["en"])
        runs += [SPACE, AND, SPACE, predicates[-1]]
    stops = [source_piece(text, statement.end, statement.stop) for statement in held if statement.stop > statement.end]
    runs += stops[-1:]  # the last sentence of a text may have none
    return tuple(merge_pieces(text, runs))


def _has_and_or_comma(*texts: str) -> bool:
    """Return whether two predicates would run together without a comma between them."""
    return any(" and " in text or "," in text for text in texts)


def _moved_into_object(
    intro: Sequence[Word], predicate: Sequence[Word], grammar: Grammar
) -> tuple[Sequence[Word], list[Sequence[Word]], Sequence[Word]] | None:
    """Return verb, phrase in runs, and object, if the phrase belongs before the object; else None.

    The object is bare (赢得了 冠军, not 赢得了 第三个 冠军), and text has shown it after the noun of the phrase.
    """
    if len(intro) < 3 or intro[0].text not in _PREPOSITIONS or intro[-1].text not in _NAMING_LOCALIZERS:
        return None
    aspects = [index for index, word in enumerate(predicate) if word.text == "了"]
    start = aspects[0] + 1 if aspects else 1
    found = predicate[start:]
    phrase = intro[1:-1]
    is_bare = 0 < len(found) <= _MAX_OBJECT_WORDS and len(predicate[:start]) <= 2
    if not is_bare or any(word.text in (_OF, "，", "、") or begins_with_number(word) for word in found[:-1]):
        return None
    if not grammar.makes_compound(phrase[-1].text, found[0].text):
        return None
    for index, word in enumerate(phrase[:-1]):
        if word.text == _OF and index and is_time(phrase[index - 1]):
            return predicate[:start], [phrase[:index], phrase[index + 1 :]], found
    return predicate[:start], [phrase], found
