"""What the program knows of a language: how it prints and says numbers, where its sentences end, which words claim
something of a figure. Each language says it in a file of its own beside this one."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

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


@dataclass(frozen=True, eq=False)
class Language:
    """The words and patterns of a language. What is left out is not known, and texts are not looked at for it."""

    # printing: the region whose forms CLDR has; the order of letters, by marks that make another letter, as in ñ, ć, ö
    # and ő, ķ, ċ, ą, ś and ż, ș and â, and letters after z; the words of low numbers, names of countries with an
    # article, whether nouns keep their capital, and whether the number of an article put between others is raised: 147¹
    region: str = ""
    own_marks: str = ""
    last_letters: str = ""
    numerals: Sequence[str] = ()
    with_article: re.Pattern[str] = NOTHING
    article: str = "{}"
    has_capital_nouns: bool = False
    raises_articles: bool = False
    # abbreviations, and short words that end a sentence; what stays on one line with a number before and behind it
    abbreviations: str = NONE
    short_words: str = NONE
    line_before: str = NONE
    line_behind: str = NONE
    # "and" and "or", what counts a number in figures, sums of money, what numbers a provision; other digits of names
    joins: str = NONE
    units_of_figures: str = NONE
    scales_of_money: str = NONE
    money: str = NONE
    provision: str = NONE
    names: Sequence[str] = ()
    # numbers: one, two …; twenty, thirty …; hundreds; what stands between their words and before them; parts of a whole
    units: Sequence[str] = ()
    tens: Sequence[str] = ()
    scales: Mapping[str, int] = field(default_factory=dict)
    glue: str = r"\s+"
    leading: str = ""
    fractions: Sequence[tuple[str, int, int]] = ()
    percent: str = NONE
    percent_points: str = NONE
    signs: Sequence[tuple[Sign, str]] = ()
    # what the number is: the one before, the one after, or how much it changed; words behind it, and forms of fractions
    roles: Mapping[str, str] = field(default_factory=dict)
    more: str = NONE
    by: re.Pattern[str] = NOTHING
    # how long and how often, which is no number of a figure
    lasting: str = NONE
    # words that turn with a year: numbers and dates in all forms, small words, forms that endings do not explain
    number_words: re.Pattern[str] | None = None
    small_words: frozenset[str] = frozenset()
    irregular: Mapping[str, str] = field(default_factory=dict)
    stem: Callable[[str], str] = str
    joined_to_digits: str = r"(?:[-\u2010\u2011:][^\W\d_]+)?"
    # claims: words and what bears them out, denials before them or joined to them, words that say something of the
    # noun behind them, and forms that do not
    claims: Sequence[tuple[str, str]] = ()
    denial: re.Pattern[str] = NOTHING
    denying_prefix: str = NONE
    attributes: re.Pattern[str] = NOTHING
    progressive: re.Pattern[str] = NOTHING
    # how many times; from which year, and that it holds in every year
    multiples: Sequence[tuple[int, str]] = ()
    since_word: re.Pattern[str] = NOTHING
    since: re.Pattern[str] = NOTHING
    every_year: re.Pattern[str] = NOTHING
    # comparisons: with another figure, of shares, and those that need the year they compare with
    than_another: re.Pattern[str] = NOTHING
    shares: re.Pattern[str] = NOTHING
    compared: re.Pattern[str] = NOTHING
    # what a sentence speaks of: words for figures named elsewhere, at which a noun is over, that are passed over, that
    # begin a label and name no part; for persons, for what is not known
    counted: re.Pattern[str] = NOTHING
    elsewhere: re.Pattern[str] = NOTHING
    skipped: re.Pattern[str] = NOTHING
    general: re.Pattern[str] = NOTHING
    persons: re.Pattern[str] = NOTHING
    unstated: re.Pattern[str] = NOTHING
    part_follows: re.Pattern[str] = NOTHING
    for_whom: re.Pattern[str] = NOTHING
    case_ending: re.Pattern[str] = NOTHING
    label_stem: Callable[[str], str] = str
    # what may be, and what happened; what is denied of a rule, of nobody, of what is done, and of what is not there
    possible_before: re.Pattern[str] = NOTHING
    possible_behind: re.Pattern[str] = NOTHING
    happened: re.Pattern[str] = NOTHING
    habit: re.Pattern[str] = NOTHING
    nobody: re.Pattern[str] = NOTHING
    not_done: re.Pattern[str] = NOTHING
    is_absent: re.Pattern[str] = NOTHING
    absent_behind: re.Pattern[str] = NOTHING
    of_data: re.Pattern[str] = NOTHING
    absent_noun: re.Pattern[str] = NOTHING
    # numbers in words that count nothing, "one" that does, and words at which what they count is over
    rule_behind: re.Pattern[str] = NOTHING
    happened_to: re.Pattern[str] = NOTHING
    count_ends: re.Pattern[str] = NOTHING
    # words of law: a wrong one, steps of justice, that a number is not known; aims, and words that speak of one
    wrong_term: re.Pattern[str] = NOTHING
    steps: Mapping[str, str] = field(default_factory=dict)
    unknown: re.Pattern[str] = NOTHING
    aim: re.Pattern[str] = NOTHING
    speaks_of_aim: re.Pattern[str] = NOTHING
    # articles and their paragraphs in front of and behind a raised number; how a note to be filled begins
    law_before: str = NONE
    law_behind: str = NONE
    later: str = NONE
    # what is wrong with the forms of a counted noun, by the text before it, the forms, the text behind it, and "about"
    # where the value is printed so
    disagreement: Callable[[str, Sequence[str], str, str], Disagreement | None] | None = None


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
