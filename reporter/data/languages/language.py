"""What the program knows of a language: how it prints and says numbers, where its sentences end, which words claim
something of a figure. Each language says it in a file of its own beside this one."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType

# A pattern that fits nothing, which stands for all that nobody has said of a language.
NONE = r"(?!)"
NOTHING = re.compile(NONE)
# The year from which a text compares.
YEAR = r"(?P<since>(?:19|20)\d\d)"
# What is wrong: "about" and "governed" forms behind a preposition, a "form" with the number in it, a word "before" the
# number or "behind" it. Then the words that are, the preposition, and better forms.
Disagreement = tuple[str, str, str, Sequence[str]]


class Sign(StrEnum):
    """How a number compares with the one that is said."""

    ABOVE = ">"
    BELOW = "<"
    LEAST = ">="
    MOST = "<="
    NEARLY = "nearly"
    ABOUT = "about"
    EXACT = "="


class Language:
    """The words and patterns of a language. What it does not say is not known, and texts are not looked at for it."""

    # Printing: the region whose forms CLDR has; marks that make another letter, as in ñ, and letters after z; words of
    # low numbers; names of countries that take an article; whether nouns keep their capital, and the number of an
    # article put between others is raised: 147¹.
    region = own_marks = last_letters = ""
    numerals: Sequence[str] = ()
    with_article, article = NOTHING, "{}"
    has_capital_nouns = raises_articles = False
    # Abbreviations, and short words that end a sentence; what stays on one line with a number before and behind it.
    abbreviations = short_words = line_before = line_behind = NONE
    # "And" and "or", what counts a number in figures, sums of money, what numbers a provision; other digits of names.
    joins = units_of_figures = scales_of_money = money = provision = NONE
    names: Sequence[str] = ()
    # Numbers: one, two …; twenty, thirty …; hundreds; what stands between their words and before; parts of a whole.
    units: Sequence[str] = ()
    tens: Sequence[str] = ()
    scales: Mapping[str, int] = MappingProxyType({})
    glue, leading = r"\s+", ""
    fractions: Sequence[tuple[str, int, int]] = ()
    percent = percent_points = NONE
    signs: Sequence[tuple[Sign, str]] = ()
    # What the number is: the one before, the one after, or how much it changed; words behind it that say so, forms of
    # fractions that do; how long and how often, which is no number of a figure.
    roles: Mapping[str, str] = MappingProxyType({})
    more = lasting = NONE
    by = NOTHING
    # Words that turn with a year: numbers and dates in all forms, small words, forms that endings do not explain.
    number_words: re.Pattern[str] | None = None
    small_words: frozenset[str] = frozenset()
    irregular: Mapping[str, str] = MappingProxyType({})
    joined_to_digits = r"(?:[-\u2010\u2011:][^\W\d_]+)?"
    # Claims: words and what bears them out, denials before them or joined to them, words that say something of the
    # noun behind them, and forms that do not.
    claims: Sequence[tuple[str, str]] = ()
    denial = attributes = progressive = NOTHING
    denying_prefix = NONE
    # How many times; from which year, and that it holds in every year; comparisons with another figure, of shares, and
    # those that need the year they compare with.
    multiples: Sequence[tuple[int, str]] = ()
    since_word = since = every_year = than_another = shares = compared = NOTHING
    # What a sentence speaks of: words for figures named elsewhere, at which a noun is over, that are passed over, that
    # begin a label and name no part; for persons, for what is not known, for a part; forms of nouns.
    counted = elsewhere = skipped = general = persons = unstated = part_follows = for_whom = case_ending = NOTHING
    # What may be, and what happened; what is denied of a rule, of nobody, of what is done, and of what is not there.
    possible_before = possible_behind = happened = habit = nobody = not_done = NOTHING
    is_absent = absent_behind = of_data = absent_noun = NOTHING
    # Numbers in words that count nothing, "one" that does, and words at which what they count is over.
    rule_behind = happened_to = count_ends = NOTHING
    # Words of law: a wrong one, steps of justice, that a number is not known; aims, and words that speak of one.
    wrong_term = unknown = aim = speaks_of_aim = NOTHING
    steps: Mapping[str, str] = MappingProxyType({})
    # Articles and their paragraphs in front of and behind a raised number; how a note to be filled begins.
    law_before = law_behind = later = NONE

    def __init__(self, **said: object) -> None:
        """Make a language of a few words. One of many has a class of its own."""
        for name, value in said.items():
            if not hasattr(Language, name):
                raise TypeError(name)
            setattr(self, name, value)

    def stem(self, word: str) -> str:
        return word

    def label_stem(self, noun: str) -> str:
        """The beginning of a short noun that all its forms have."""
        return noun

    def disagreement(self, before: str, forms: Sequence[str], after: str, *, about: bool) -> Disagreement | None:
        """What is wrong with the forms of a counted noun, beside the text before it and behind it. The value may be
        printed with "about"."""


def any_of(patterns: Iterable[str]) -> str:
    return "|".join(patterns) or NONE


def words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def number_in_words(units: Sequence[str], tens: Sequence[str], scales: Iterable[str], glue: str) -> str:
    word = rf"(?:{any_of((*tens, *units, *scales))})\b"
    return rf"{word}(?:{glue}{word})*"


def numbered(patterns: Sequence[str], name: str) -> str:
    """Alternatives in groups that tell their number, from two on."""
    return any_of(f"(?P<{name}{n}>{each})" for n, each in enumerate(patterns, 2))


def every_year(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b".replace(" ", r"\s+"), re.I)


def claims_of(table: str) -> Iterator[tuple[str, str]]:
    """Read a table of words and the claims that can bear them out. A line is `claims: pattern`; one that is indented
    has the claims of the line above it. Words that bear `nothing` claim nothing."""
    claims = ""
    for line in table.strip().splitlines():
        said, _, pattern = ("", "", line) if line.startswith(" ") else line.partition(": ")
        claims = said or claims
        yield "" if claims == "nothing" else claims, pattern.strip()
