"""The program's knowledge of a language: how it prints and says numbers, where sentences end, which words make claims
about a figure. Each language has its own module here."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from string import ascii_uppercase
from types import MappingProxyType

# A pattern that matches nothing: the default of everything unknown about a language.
NONE = r"(?!)"
NOTHING = re.compile(NONE)
# The year from which a text compares.
YEAR = r"(?P<since>(?:19|20)\d\d)"
# What is wrong: "about" and "governed" forms after a preposition, a "form" with the number in it, a word "before" the
# number or "behind" it. Then the words there, the preposition, and better forms.
Disagreement = tuple[str, str, str, Sequence[str]]


class Sign(StrEnum):
    """How a number compares with the one stated."""

    ABOVE = ">"
    BELOW = "<"
    LEAST = ">="
    MOST = "<="
    NEARLY = "nearly"
    ABOUT = "about"
    EXACT = "="


class Language:
    """The words and patterns of a language. What is not set is unknown, and texts are not checked for it."""

    # Printing: the region of its CLDR forms; marks that make another letter, as in ñ, and letters after z; signs
    # that differ from the English ones; letters that number annexes and items; words of low numbers; countries
    # whose names take an article; whether nouns and languages have capitals, and inserted articles are raised: 147¹.
    region = own_marks = last_letters = ""
    letters: Sequence[str] = ascii_uppercase
    signs_between: Mapping[str, str] = MappingProxyType({})
    numerals: Sequence[str] = ()
    subject_numerals: Sequence[str] = ()
    with_article, article = NOTHING, "{}"
    has_capital_nouns, has_capital_languages, raises_articles = False, True, False
    # Abbreviations, and short words that end a sentence; what stays on one line with the number before and after it.
    abbreviations = short_words = line_before = line_behind = NONE
    # What ends no line: one letter in Polish, the Maltese article with its hyphen; where words divide without Pyphen.
    never_last = syllable = NONE
    # A preposition that is longer before some numbers, what is added, and the first figures of those: Polish ze 100.
    lengthened = (NONE, "", "")
    # "And" and "or", units of numbers in figures, money, words that number a provision; other names with digits.
    joins = units_of_figures = scales_of_money = money = provision = NONE
    names: Sequence[str] = ()
    # Numbers: one, two …; twenty, thirty …; hundreds; what joins their words and precedes them; fractions of a whole.
    units: Sequence[str] = ()
    tens: Sequence[str] = ()
    scales: Mapping[str, int] = MappingProxyType({})
    glue, leading = r"\s+", ""
    fractions: Sequence[tuple[str, int, int]] = ()
    percent = percent_points = NONE
    signs: Sequence[tuple[Sign, str]] = ()
    # The role of a number: the value before, after, or the change; words after it that say so, fractions that do;
    # durations and frequencies, which are not figures.
    roles: Mapping[str, str] = MappingProxyType({})
    more = lasting = NONE
    by = NOTHING
    # Words that depend on a year: numbers and dates in all forms, small words, forms not explained by endings.
    number_words: re.Pattern[str] | None = None
    small_words: frozenset[str] = frozenset()
    irregular: Mapping[str, str] = MappingProxyType({})
    joined_to_digits = r"(?:[-\u2010\u2011:][^\W\d_]+)?"
    # Claims: words and what supports them; negations before or in them, words describing the next noun, and exceptions.
    claims: Sequence[tuple[str, str]] = ()
    denial = attributes = progressive = NOTHING
    denying_prefix = NONE
    # Multiples; since a year, in every year; comparisons with another figure, of shares, and those that need a base
    # year.
    multiples: Sequence[tuple[int, str]] = ()
    since_word = since = every_year = than_another = shares = compared = NOTHING
    # Subjects of a sentence: words for figures named elsewhere, that end a noun, are skipped, or begin a label without
    # naming a part; for persons, for unknowns, for a part; forms of nouns.
    counted = elsewhere = skipped = general = persons = unstated = part_follows = for_whom = case_ending = NOTHING
    # Possibility, and what happened; negations of a rule, of persons, of actions, and of existence.
    possible_before = possible_behind = happened = habit = nobody = not_done = NOTHING
    is_absent = absent_behind = of_data = absent_noun = NOTHING
    # Number words that count nothing, "one" that does, and words that end what is counted.
    rule_behind = happened_to = count_ends = NOTHING
    # Legal terms: a wrong one, steps of justice, a number not known; aims, and words that mention one.
    wrong_term = unknown = aim = speaks_of_aim = NOTHING
    steps: Mapping[str, str] = MappingProxyType({})
    # Articles and paragraphs before and after a raised number; how a note to be filled in starts.
    law_before = law_behind = later = NONE

    def __init__(self, **properties: object) -> None:
        """Make a language with few words; one with many has its own class."""
        for name, value in properties.items():
            if not hasattr(Language, name):
                raise TypeError(name)
            setattr(self, name, value)

    def stem(self, word: str) -> str:
        return word

    def label_stem(self, noun: str) -> str:
        """The beginning of a short noun that all its forms share."""
        return noun

    def disagreement(self, before: str, forms: Sequence[str], after: str, *, about: bool) -> Disagreement | None:
        """What is wrong with the forms of a counted noun between two texts; its value may be printed with "about"."""


def any_of(patterns: Iterable[str]) -> str:
    return "|".join(patterns) or NONE


def words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def number_in_words(units: Sequence[str], tens: Sequence[str], scales: Iterable[str], glue: str) -> str:
    word = rf"(?:{any_of((*tens, *units, *scales))})\b"
    return rf"{word}(?:{glue}{word})*"


def numbered(patterns: Sequence[str], name: str) -> str:
    """Alternatives in groups named by their number, from two on."""
    return any_of(f"(?P<{name}{n}>{pattern})" for n, pattern in enumerate(patterns, 2))


def every_year(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b".replace(" ", r"\s+"), re.I)


def claims_of(table: str) -> Iterator[tuple[str, str]]:
    """Read a table of words and the claims that can support them: lines of `claims: pattern`, or an indented pattern
    for the same claims. Words that need `nothing` claim nothing."""
    claims = ""
    for line in table.strip().splitlines():
        heading, _, pattern = ("", "", line) if line.startswith(" ") else line.partition(": ")
        claims = heading or claims
        yield "" if claims == "nothing" else claims, pattern.strip()
