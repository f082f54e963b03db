"""English abbreviations, and whether the full stop of one also ends the sentence.

The words stand without their stop, in lower case unless said otherwise. Cases that the lists do not decide are
decided by the next word, following Kiss and Strunk 2006: a frequent sentence starter, or a word that the text elsewhere
writes in lower case, so that its capital here indicates a sentence start.
"""

import re
from collections.abc import Container

from summarize.text.grammar import word_set
from summarize.text.patterns import lazy_pattern
from summarize.text.word_classes import words_of

_NEVER_LAST = word_set(
    "mr mrs ms messrs mme mlle dr prof gen col maj lt sgt capt cmdr adm pvt pfc cpl amb atty rev hon sen rep gov pres "
    "supt insp det fr br fig figs eq eqs vs v cf viz e.g i.e eg ie approx ca resp "
    "mio mrd nr bzw evtl ggf inkl sra srta dra ee dott núm pág tp ул им проф акад"  # of other languages
)
_NOT_BEFORE_NUMBER = word_set(  # nor before the single letter of a thing: Apt. B
    "no nos vol vols p pp c ch chap sec sect art ed eds para pl tab ver pt tel ext rm bldg apt ref app ex fl ste "
    "max min nr ft lb lbs yd hr hrs"
)
_RARELY_LAST = word_set(  # end one only before a word that seldom is a name
    "inc corp ltd llc bros jr sr al dept univ assn est jan feb apr jun jul aug sept oct nov dec ave blvd hwy "
    "tsp tbsp oz u.s u.k u.n e.u"
)
_RARELY_LAST_CAPITAL = word_set(  # only with a capital: without it these are words or their endings
    "Co St Mt Ft Rd Mar Sep Mon Tue Tues Wed Thu Thurs Fri Sat Sun "
    "Ala Ariz Calif Colo Conn Fla Ga Kan Ky Md Mich Minn Mont Neb Nev Okla Tenn Tex Vt Wis Wyo"
)
# Of these, what stands after a name; before a word that is none a sentence has ended.
_AFTER_NAMES = word_set("inc corp ltd llc bros jr sr ave blvd co st rd wed thu thurs fri sat sun mon tue tues") | (
    frozenset(word.lower() for word in _RARELY_LAST_CAPITAL if len(word) > 3)
)
# American states, also with stops inside. After a city they end a sentence before a word that stands alone with its
# capital: a sentence that went on would have a comma there, or a name (`Prescott, Ariz. Mayor Joan Lee said`).
_STATES = word_set(
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn "
    "Tex Va Vt Wash Wis Wyo D.C N.C N.D N.H N.J N.M N.Y R.I S.C S.D W.Va B.C"
)
_OFTEN_LAST = word_set("a.m p.m etc")  # no name follows these, but days, months and zones
_DAYS_AND_ZONES = words_of("en", "weekday", "month") | word_set(
    "mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec et est edt ct cst cdt mt "
    "mst mdt pt pst pdt gmt utc bst cet eastern central pacific mountain greenwich beijing local"
)
# With a capital, they mean that a sentence starts.
STARTERS = frozenset(word.capitalize() for word in words_of("en", "starter")) | word_set("Mr Mrs Ms")
_DOTTED = lazy_pattern(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,2})+")  # U.S, a.m, Ph.D
_INITIALS = lazy_pattern(r"[A-Z](?:\.[A-Z])*")
_MIN_COMMON_WORD_CHARS = 4  # shorter ones are too often both a word and a name


def can_be_last(word: str, next_word: str, small_words: Container[str]) -> bool:
    """Return whether the full stop after a word can end a sentence.

    Args:
        word: the word before the stop, dots inside it included; empty where there is none.
        next_word: the word after the stop; empty before a mark.
        small_words: words that the text has in lower case.
    """
    lowered = word.lower()
    if lowered in _NEVER_LAST:
        return False
    if lowered in _NOT_BEFORE_NUMBER and (next_word[:1].isdigit() or re.fullmatch("[B-HJ-Z]", next_word)):
        return False
    if len(word) == 1 and (word > "z" or (word.islower() and len(next_word) == 1 and next_word not in "AIU")):
        return False  # г. Москва, z. B.
    if len(word) == 1 and word.isupper():  # J. K. Rowling
        return next_word in STARTERS and len(next_word) > 1
    if lowered in _OFTEN_LAST:
        return next_word[:1].isupper() and next_word.lower() not in _DAYS_AND_ZONES
    if lowered in _RARELY_LAST or word in _RARELY_LAST_CAPITAL or _DOTTED.fullmatch(word):
        if next_word in STARTERS:
            return True
        is_common = len(next_word) >= _MIN_COMMON_WORD_CHARS and next_word.lower() in small_words
        return lowered in _AFTER_NAMES and is_common
    return True


def is_state(word: str) -> bool:
    """Return whether a word before a stop is a state of the USA, as newspapers shorten it; with its capital."""
    return word in _STATES


def is_detached(word: str, word_before: str, next_word: str) -> bool:
    """Return whether a stop after a blank belongs to the word before it: `T.J . Smith`, `U.S . officials`.

    Args:
        word: the word before the blank.
        word_before: the one before that; empty where a sentence starts.
        next_word: the word after the stop.
    """
    if word[:1].isupper() and word.lower() in _NEVER_LAST:
        return next_word != ""
    if "." in word and _DOTTED.fullmatch(word):
        return word[0].isupper() and next_word != "" and next_word not in STARTERS
    if not _INITIALS.fullmatch(word) or word == "I":
        return False
    is_name = not word_before or word_before[:1].isupper()
    return is_name and next_word[:1].isupper() and next_word not in STARTERS
