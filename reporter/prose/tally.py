"""Count how many figures rose, fell, stayed or cannot be compared. In one sentence, with the plural forms of every
number."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporter.analysis.arithmetic import Change
from reporter.i18n import N_, NN_, Locale, numeral
from reporter.model.label import ENGLISH
from reporter.prose.change_sentences import ChangeKind, kind_of_change

Forms = tuple[str, str]
INDICATORS = NN_("Of {n} indicator, {told}", "Of {n} indicators, {told}")
APART = NN_("{n} cannot be compared", "{n} cannot be compared")
# With a single figure there is nothing to count.
LEAST = 2


@dataclass(frozen=True, slots=True)
class Tally:
    """The number of changes up, down, of none, and not comparable."""

    higher: int
    lower: int
    same: int
    apart: int

    @property
    def total(self) -> int:
        return self.higher + self.lower + self.same + self.apart


@dataclass(frozen=True, slots=True)
class TallyPhrases:
    """The phrases for higher, lower and equal, for one manner of comparison. `first` holds those that come first in a
    sentence, `later` those that follow, `none` is for nothing comparable."""

    first: tuple[Forms, Forms, Forms]
    later: tuple[Forms, Forms]
    none: str


YEARS = TallyPhrases(
    (
        NN_("{n} is higher than in {year}", "{n} are higher than in {year}"),
        NN_("{n} is lower than in {year}", "{n} are lower than in {year}"),
        NN_("{n} is the same as in {year}", "{n} are the same as in {year}"),
    ),
    (NN_("{n} lower", "{n} lower"), NN_("{n} the same", "{n} the same")),
    N_("none can be compared with {year}"),
)
# Of many years: each figure from the first to the last value that can be compared.
SPANS = TallyPhrases(
    (
        NN_("{n} rose over the years that can be compared", "{n} rose over the years that can be compared"),
        NN_("{n} fell over the years that can be compared", "{n} fell over the years that can be compared"),
        NN_(
            "{n} is the same at both ends of the years that can be compared",
            "{n} are the same at both ends of the years that can be compared",
        ),
    ),
    (NN_("{n} fell", "{n} fell"), NN_("{n} ended as it began", "{n} ended as they began")),
    N_("none can be compared"),
)
# Of one year as two editions state it: a difference is a revision.
EDITIONS = TallyPhrases(
    (
        NN_("{n} was revised upwards", "{n} were revised upwards"),
        NN_("{n} was revised downwards", "{n} were revised downwards"),
        NN_("{n} was not revised", "{n} were not revised"),
    ),
    (NN_("{n} downwards", "{n} downwards"), NN_("{n} not at all", "{n} not at all")),
    N_("none can be compared"),
)


def tally(changes: Iterable[Change | None]) -> Tally:
    """Count changes by their direction. None among them is passed over."""
    kinds = [kind_of_change(each) for each in changes if each]
    higher = sum(kind in (ChangeKind.ROSE, ChangeKind.BEGAN) for kind in kinds)
    lower = sum(kind in (ChangeKind.FELL, ChangeKind.ENDED) for kind in kinds)
    same = sum(kind in (ChangeKind.SAME, ChangeKind.NONE) for kind in kinds)
    return Tally(higher, lower, same, len(kinds) - higher - lower - same)


def tally_words(found: Tally, subject: Forms, phrases: TallyPhrases, year: str, locale: Locale) -> str:
    """A tally as a sentence, without its full stop. Empty with fewer than two figures."""
    if found.total < LEAST:
        return ""
    counted = [(direction, n) for direction, n in enumerate((found.higher, found.lower, found.same)) if n]
    # The total is the largest number, and decides how all of them are printed.
    said = locale.numeral if numeral(found.total, ENGLISH) else locale.number
    clauses = [
        locale.count(*(phrases.later[direction - 1] if place else phrases.first[direction]), n, n=said(n), year=year)
        for place, (direction, n) in enumerate(counted)
    ]
    told = locale.listed(clauses) if clauses else locale.text(phrases.none, year=year)
    if clauses and found.apart:
        told = locale.text("{told}; {apart}", told=told, apart=locale.count(*APART, found.apart, n=said(found.apart)))
    return locale.count(*subject, found.total, n=said(found.total), told=told)
