"""Rules: properties that make a shortened sentence wrong, whatever the judge says.

Each rule has a name, a one-sentence requirement, and examples, which are its tests: words separated by spaces, with `[`
and `]` around cuts.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarize.decide.figures import RANGES, find_linked_numbers, is_number_word
from summarize.decide.places import bits_of, edges, gone_bits, is_split, of_cut, pairs, seams
from summarize.decide.words import (
    ATTRIBUTED,
    CONDITION,
    MODALITY,
    NEGATION,
    Word,
    begins_with_number,
    is_negated,
    is_time,
    once,
    to_lowercase,
)
from summarize.document import LANGUAGES, Cut, Form, Language
from summarize.text.grammar import word_set
from summarize.text.marks import CLAUSE_MARKS, COMMA_MARKS, DASH_MARKS, LIST_COMMAS, SEMICOLON_MARKS
from summarize.text.tokenization import is_word
from summarize.text.word_classes import words_of
from summarize.value import value

_LIMITS = {
    "zh": words_of("zh", "reversal", "approximator", "estimate"),
    "en": words_of("en", "reversal", "approximator"),
}
_BEFORE_FIGURES = {language: RANGES | _LIMITS[language] for language in LANGUAGES}
_LOCKED = {
    language: CONDITION[language] | NEGATION[language] | MODALITY[language] | _LIMITS[language]
    for language in LANGUAGES
}
_QUALIFIES = {"zh": MODALITY["zh"], "en": MODALITY["en"] | NEGATION["en"] | words_of("en", "cause")}
_SMALL = ("tail", "gloss", "time", "adverb", "member", "other")  # cuts inside of clauses
_JOINTS = frozenset("-/_&'’")  # of a compound
_MARKS = frozenset(CLAUSE_MARKS + LIST_COMMAS + DASH_MARKS)
_BREAKS = frozenset(COMMA_MARKS + SEMICOLON_MARKS)
_HALVES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("虽然 虽 尽管 固然", "但是 但 可是 却 然而 仍 仍然 不过 也"),
        ("不仅 不但 不光 不只", "而且 还 也 更 并且 甚至"),
        ("因为 由于", "所以 因此 因而 故"),
        ("既", "又 也"),
        ("一方面", "另一方面"),
        ("要么", "要么"),
        ("不是", "而是"),
        ("与其", "不如"),
        ("无论 不论 不管", "都 均"),
        ("只要", "就"),
        ("只有", "才"),
        ("both between", "and"),
        ("either", "or"),
        ("neither", "nor"),
        ("so such", "that"),
        ("more less fewer rather other", "than"),
    )
)
_ALL_HALVES = frozenset().union(*(one | other for one, other in _HALVES))
_CANNOT_BEGIN = {
    "zh": words_of("zh", "structural", "genitive", "aspect", "suffix", "question_particle", "tone_particle")
    | words_of("zh", "localizer", "additive"),
    "en": words_of("en", "additive", "alternative", "clitic", "clause_coordinator", "relative", "comparative"),
}
_CANNOT_END = {
    "zh": words_of("zh", "preposition", "additive", "alternative", "clause_coordinator", "structural", "genitive")
    | words_of("zh", "plain_copula", "modal", "plain_negation", "attribution"),
    "en": words_of("en", "article", "possessive", "plain_preposition", "additive", "alternative", "infinitive")
    | words_of("en", "clause_coordinator", "subordinator", "relative", "plain_copula", "have", "modal", "clitic"),
}
_LEADS_TO_ANOTHER = {
    language: CONDITION[language] | words_of(language, "subordinator", "preposition") | {"when"}
    for language in LANGUAGES
}
_ENDS_PHRASE = words_of("zh", "localizer", "structural") | word_set("的 时 后 前 者 之前 之后 以前 时候 下 起")
_OPENS_CONDITION = (words_of("zh", "condition") & words_of("zh", "subordinator")) | word_set("要是 假如 倘若 一旦")
_PREDICATES = words_of("zh", "preverbal", "progress", "modal", "copula", "plain_copula", "coverb", "passive", "voice")
_BEGINS_PREDICATE = (_PREDICATES | words_of("zh", "plain_negation")) - words_of("zh", "time", "conclusion")
_SAYING = {language: ATTRIBUTED[language] | words_of(language, "saying", "telling") for language in LANGUAGES}
_SOURCES = words_of("zh", "attribution") & words_of("zh", "preposition") | {"根据", "according", "据悉"}
_MULTIWORD_CONDITIONS = tuple(
    tuple(words.split()) for words in ("as long", "as soon", "as far", "only if", "even if", "in case")
)
_NO_MEMBER = words_of("en", "relative", "subordinator", "copula", "have", "be", "modal", "subject_pronoun")
_MAX_MEMBER_WORDS = 5
_POINTING = frozenset("本这那此该我上下前")  # with which a word begins that points at the text, or at what it has said
_CLAUSES_OF_CONDITION = 2  # that have to follow a condition before something after them may be cut


@value
class Rule:
    """A constraint on shortened sentences.

    Args:
        name: in the trace.
        says: what it demands, in one sentence.
        breaks: whether a form of a sentence breaks it.
        forbids: examples that break it.
        allows: similar examples that satisfy it.
    """

    name: str
    says: str
    breaks: Callable[[Sequence[Word], Form, Language], bool]
    forbids: tuple[str, ...]
    allows: tuple[str, ...]


def _splits_pair(words: Sequence[Word], form: Form, language: Language) -> bool:
    spans, opened = once(pairs, words, language)
    if not (spans or opened):
        return False
    gone = gone_bits(form)
    return is_split(spans, gone) or any(not gone >> index & 1 and form.cuts[-1].end > index for index in opened)


def _splits_number(words: Sequence[Word], form: Form, language: Language) -> bool:
    if _splits_number_at_edge(words, form, language) or is_split(
        once(find_linked_numbers, words, language), gone_bits(form)
    ):
        return True
    return any(is_number_word(words[one]) and begins_with_number(words[other]) for one, other in seams(form))


def _cuts_at_number(words: Sequence[Word], cut: Cut, language: Language) -> bool:
    for edge in edges(words, cut):
        left, right = words[edge - 1], words[edge]
        is_joined = is_number_word(left) and is_number_word(right) and left.end == right.start and cut.kind != "time"
        after_range = left.text.lower() in _BEFORE_FIGURES[language] and begins_with_number(right)
        is_counted = begins_with_number(left) and is_word(right.text) and cut.kind in ("tail", "adverb")
        if is_joined or after_range or is_counted or right.text in ("'s", "’s"):
            return True
    return False


_splits_number_at_edge = of_cut(_cuts_at_number)


def _loses_scope(words: Sequence[Word], cut: Cut, language: Language) -> bool:
    locked, lower = _LOCKED[language], to_lowercase(words)
    texts = lower[cut.first : cut.end]
    before = tuple(lower[max(0, cut.first - 2) : cut.first])
    if any(pair in _MULTIWORD_CONDITIONS for pair in (before, *pairwise(texts[:3]))):
        return True
    if cut.kind in _SMALL:
        if not locked.isdisjoint(texts) or any(is_negated(text, language) for text in texts):
            return True
    elif not CONDITION[language].isdisjoint(_could_bind(texts, cut, language)):
        return True
    binds = texts[:1] if language == "zh" else texts
    is_open = texts[-2:][0] in ("的", "时", "者") and not begins_with_number(words[max(0, cut.end - 3)])
    is_bound = is_open or not _QUALIFIES[language].isdisjoint(binds) or _names_field(words[: cut.end])
    return (cut.kind == "opening" and is_bound) or (cut.kind == "gloss" and not _SOURCES.isdisjoint(texts))


def _names_field(opening: Sequence[Word]) -> bool:
    """Return whether the beginning of a Chinese sentence says where it holds: 在阿姆斯特丹，在稳定模式下."""
    points = any(word.text[0] in _POINTING for word in opening[1:3])
    return opening[0].text == "在" and not points and not any(is_time(word) for word in opening)


def _ends_chinese(cut: Cut, language: Language) -> bool:
    """Return whether a cut is the end of a Chinese sentence, where most conditions and speakers stand in front."""
    return cut.kind == "ending" and language == "zh"


def _could_bind(texts: list[str], cut: Cut, language: Language) -> list[str]:
    """Return the words of a cut that, if they make a condition, could make one of what stays: ，除非 下雨."""
    if not _ends_chinese(cut, language):
        return texts
    return [] if _BREAKS.intersection(texts[1:]) else texts[1:2] + texts[-1:]


def _hangs(words: Sequence[Word], form: Form, language: Language) -> bool:
    joints = once(_joints, words, language)
    end = form.kept[-1] + 1
    start = joints.starts[end]
    first, last = words[form.kept[bisect_left(form.kept, start)]], words[end - 1]
    is_cut_after = end < len(words)
    if first.text.lower() in _LEADS_TO_ANOTHER[language] and (is_cut_after or (start and form.kept[0] >= start)):
        return True
    if not is_cut_after:
        return False
    if joints.openers:
        gone = gone_bits(form)
        follow = ((joints.marks & ~gone) >> opener + 1 for opener in joints.openers if not gone >> opener & 1)
        if any(marks.bit_count() < _CLAUSES_OF_CONDITION for marks in follow):
            return True
    return language == "zh" and last.text in _ENDS_PHRASE


class _Joints(NamedTuple):
    """Where the clauses of a sentence meet.

    Args:
        starts: for each place, and that behind the last, where the clause starts that ends there, its own comma left
            out; 0 for the first.
        openers: places of words that open a condition.
        marks: one bit for each place where clauses or members of a list meet.
    """

    starts: list[int]
    openers: list[int]
    marks: int


def _joints(words: Sequence[Word], language: Language) -> _Joints:
    starts = [0, 0]
    for index, word in enumerate(words[:-1]):
        starts.append(index + 1 if word.text in _BREAKS else starts[-1])
    texts, conditions = to_lowercase(words), CONDITION[language]
    may_open = [index for index, text in enumerate(texts) if text in conditions]
    openers = [index for index in may_open if _opens_condition(words, index, language)]
    return _Joints(starts, openers, bits_of([index for index, text in enumerate(texts) if text in _MARKS]))


def _opens_condition(words: Sequence[Word], index: int, language: Language) -> bool:
    """Return whether a word that may make a condition does."""
    is_first = not index or words[index - 1].text in _MARKS
    return language == "en" or is_first or words[index].text.lower() in _OPENS_CONDITION


def _loses_subject(words: Sequence[Word], form: Form, language: Language) -> bool:
    return language == "zh" and form.kept[0] > 0 and words[form.kept[0]].text in _BEGINS_PREDICATE


def _shortens_list(words: Sequence[Word], form: Form, language: Language) -> bool:
    ending = form.cuts[-1]
    if language != "en" or ending.kind != "ending":
        return False
    texts = to_lowercase(words)[ending.first : ending.end][words[ending.first].text == "," :]
    member = texts[: texts.index(",")] if "," in texts else texts
    has_and = "and" in texts or "or" in texts
    return has_and and len(member) <= _MAX_MEMBER_WORDS and not any(text in _NO_MEMBER for text in member)


def _splits_halves(words: Sequence[Word], form: Form, language: Language) -> bool:
    if not once(_has_halves, words, language):
        return False
    texts = to_lowercase(words)
    kept = {texts[index] for index in form.kept}
    gone = {text for cut in form.cuts for text in texts[cut.first : cut.end]}
    return any(
        (kept & one and gone & other and not (kept - one) & other)
        or (gone & one and kept & other and not (kept - other) & one)
        for one, other in _HALVES
    )


def _has_halves(words: Sequence[Word], language: Language) -> bool:
    return not _ALL_HALVES.isdisjoint(to_lowercase(words))


def _loses_speaker(words: Sequence[Word], cut: Cut, language: Language) -> bool:
    texts = to_lowercase(words)[cut.first : cut.end]
    is_silent = _SAYING[language].isdisjoint(texts[-1:] if _ends_chinese(cut, language) else texts)
    return not is_silent and texts[0] not in _SOURCES


def _splits_name(words: Sequence[Word], cut: Cut, language: Language) -> bool:
    for edge in edges(words, cut):
        left, right = words[edge - 1].text, words[edge].text
        is_solid = words[edge - 1].end == words[edge].start and left[-1].isascii() and right[0].isascii()
        is_compound = is_solid and all(is_word(text) or text in _JOINTS for text in (left, right))
        both_capital = language == "en" and cut.kind not in ("tail", "time") and (left[0] + right[0]).isupper()
        if is_compound or "·" in (left[-1], right[0]) or both_capital:
            return True
    return False


def _has_open_edge(words: Sequence[Word], form: Form, language: Language) -> bool:
    first, last = form.kept[0], form.kept[-1]
    texts = to_lowercase(words)
    if first and (texts[first] in _CANNOT_BEGIN[language] or texts[first] in _MARKS):
        return True
    if last + 1 < len(words) and (texts[last] in _CANNOT_END[language] or texts[last] in _MARKS):
        return True
    for left, right in seams(form):
        leads = texts[left] in _MARKS or texts[left] in _CANNOT_END[language]
        if texts[left] == texts[right] or (texts[right] in _MARKS and leads):
            return True
    return not any(is_word(words[index].text) for index in form.kept)


RULES = (
    Rule(
        "pairs",
        "Quotation marks and brackets are kept with all that stands between them, or not at all.",
        _splits_pair,
        ("他 说 “ 今天 [ ， 明天 都 不 来 ” ]", "新 桥 （ 在 建 [ ） 通车 ]"),
        ("新 桥 [ （ 在 建 ） ] 通车", "他 说 “ 今天 ， 明天 ” [ ， 走 了 ]"),
    ),
    Rule(
        "numbers",
        "A number keeps its unit, its range and what bounds it.",
        _splits_number,
        ("耗资 320 万 [ ～ 350 万 ] 元", "it costs at least [ 5 ] dollars"),
        ("新桥 长 [ （ 含 引桥 ） ] 3 公里",),
    ),
    Rule(
        "scope",
        "Nothing loses its negation, its condition, its may, its only, or the place or field that it is said of.",
        of_cut(_loses_scope),
        (
            "[ 如遇 大雨 ， ] 比赛 取消",
            "he may come [ , if it rains ]",
            "he [ never ] came",
            "[ thanks to rain , ] we win",
            "[ 在 稳定 模式 下 ， ] 风扇 不 转",
            "水温 [ （ 根据 我 的 测试 ） ] 是 30 度",
        ),
        ("比赛 取消 [ ， 门票 可以 退 ]", "[ 今天 10 时 ， ] 桥 通车 了", "[ 在 这 篇 文章 中 ， ] 我们 谈 桥"),
    ),
    Rule(
        "hanging",
        "A condition or a phrase is not kept without what it is said of.",
        _hangs,
        ("如果 下雨 [ ， 比赛 取消 ]", "在 雨 中 [ ， 比赛 开始 ]", "[ he came , ] despite the rain"),
        ("在 雨 中 ， 比赛 开始 [ ， 观众 不 多 ]",),
    ),
    Rule(
        "subject",
        "A Chinese sentence does not begin with a predicate whose subject was cut.",
        _loses_subject,
        ("[ 市政府 开会 ， ] 已经 决定 修 桥",),
        ("[ 昨天 ， ] 市政府 决定 修 桥",),
    ),
    Rule(
        "lists",
        "An English list with commas is kept whole.",
        _shortens_list,
        ("we saw lions [ , bears and birds ]",),
        ("we saw lions [ , and the children who came with us sang ]",),
    ),
    Rule(
        "halves",
        "Of two words that go together, as although and but, none is kept without the other.",
        _splits_halves,
        ("虽然 下雨 ， 桥 [ ， 但 他们 来 了 ]", "both the river [ and the lake ]"),
        ("虽然 下雨 ， 但 他们 来 了 [ ， 很 高兴 ]",),
    ),
    Rule(
        "speaker",
        "Who says, thinks or expects something is kept with it.",
        of_cut(_loses_speaker),
        ("[ 专家 认为 ， ] 桥 不 安全", "the bridge is safe [ , experts said ]"),
        ("[ 据 报道 ， ] 桥 通车 了",),
    ),
    Rule(
        "names",
        "No name or compound is cut in two.",
        of_cut(_splits_name),
        ("The Bank [ Of ] England", "让 · [ 杜邦 ] 来 了"),
        ("The bank [ , in England ]",),
    ),
    Rule(
        "edges",
        "Nothing begins or ends with a mark, or with a word that leads to another one.",
        _has_open_edge,
        ("桥 在 [ 江 上 ]", "[ the river ] and the lake rose", "he went to [ the lake ]"),
        ("桥 通车 了 [ ， 路 也 通 了 ]",),
    ),
)


def broken_rule(words: Sequence[Word], form: Form, language: Language) -> Rule | None:
    """Return the first rule that a form breaks, or None.

    Args:
        words: of a sentence, without its stop.
        form: what of it is kept; at least one cut.
        language: of the document.
    """
    return next((rule for rule in RULES if rule.breaks(words, form, language)), None)
