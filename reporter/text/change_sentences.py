"""Changes and shares of figures in words and in short, why there is none, and how many rose and fell. They are right
for zero, equal, missing, hidden and incomparable values. In comparisons a label stands before a colon, so that no label
is inflected; in the narrative a figure is the subject. Headlines are made where none is written: a few words without a
number, and true whatever is not known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from reporter.data.i18n import N_, NN_, Locale, numeral
from reporter.data.records import Flag, Indicator, Observation, Settings, Unit, Vintage, is_given, is_hidden
from reporter.data.records.label import ENGLISH, language_of
from reporter.figures.analysis import arithmetic
from reporter.figures.analysis.arithmetic import Change, Obstacle, Share

HALF_PERCENT = Decimal("0.005")
REASONS = {
    Obstacle.MISSING: N_("one of the two figures is missing"),
    Obstacle.HIDDEN: N_("not shown: a value is confidential or masked by the source"),
    Obstacle.PERIOD: N_("not comparable: the period is not one year"),
    Obstacle.BREAK: N_("not comparable: break in the series"),
    Obstacle.DEFINITION: N_("not comparable: the definition differs"),
    Obstacle.BOUND: N_("not comparable: the value is not exact"),
    Obstacle.DOUBT: N_("not comparable: a figure is in doubt"),
}


def reason_of(change: Change) -> str:
    obstacle = change.obstacle or Obstacle.MISSING
    neither = obstacle is Obstacle.MISSING and not (is_given(change.before) or is_given(change.after))
    return N_("both figures are missing") if neither else REASONS[obstacle]


def sign_of(change: Change) -> str:
    signs = {Obstacle.MISSING: ":", Obstacle.HIDDEN: "c"}
    return signs.get(change.obstacle or Obstacle.MISSING, "≠")


def change_text(change: Change, settings: Settings, locale: Locale) -> str:
    """A change in short, "−15", or "−16 (−7%)" on a base large enough for a percentage; else why there is none."""
    difference = change.difference
    if difference is None or change.before is None or change.before.value is None:
        return locale.text(reason_of(change))
    percent = percent_text(change, settings, locale)
    shown = locale.difference(difference)
    return locale.put("{} ({})", shown, percent) if percent else shown


def percent_text(change: Change, settings: Settings, locale: Locale) -> str:
    """A change in per cent of the earlier value, with its sign; empty on a small base and where it rounds to zero."""
    relative = relative_of(change, settings)
    if relative is None or abs(relative) < HALF_PERCENT:
        return ""
    return locale.put("+{}" if relative > 0 else "{}", locale.percent(relative))


def relative_of(change: Change, settings: Settings) -> Decimal | None:
    """A change as a fraction of the earlier value, or None where that is too small for a percentage."""
    base = change.before.value if change.before else None
    return change.relative if settings.allows_percent(base) else None


def share_text(share: Share, settings: Settings, locale: Locale, *, spelt: bool = False) -> str:
    """A share: "36%", or "3 of 11" where the settings allow no percentage on its base; spelt: "three of five"."""
    if share.value is None or not settings.allows_percent(share.base):
        said = locale.numeral if spelt else locale.number
        return locale.text("{part} of {base}", part=said(share.part), base=said(share.base))
    return locale.percent(share.value)


class ChangeKind(Enum):
    """How two values differ, or why they cannot be compared."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    NONE = "none"
    BEGAN = "began"
    ENDED = "ended"
    NEW = "new"
    GONE = "gone"
    NOTHING = "nothing"
    LAST_HIDDEN = "last hidden"
    FIRST_HIDDEN = "first hidden"
    BOTH_HIDDEN = "both hidden"
    NONE_HIDDEN = "none, then hidden"
    HIDDEN_NONE = "hidden, then none"
    APART = "apart"


YEARS = {
    ChangeKind.ROSE: N_("{label}: from {before} in {first} to {after} in {last}, up by {n}."),
    ChangeKind.FELL: N_("{label}: from {before} in {first} to {after} in {last}, down by {n}."),
    ChangeKind.SAME: N_("{label}: {after} in {first} and in {last}, unchanged."),
    ChangeKind.NONE: N_("{label}: none in {first} and none in {last}."),
    ChangeKind.BEGAN: N_("{label}: none in {first}, {after} in {last}."),
    ChangeKind.ENDED: N_("{label}: {before} in {first}, none in {last}."),
    ChangeKind.NEW: N_("{label}: no figure for {first}, {after} in {last}."),
    ChangeKind.GONE: N_("{label}: {before} in {first}, no figure for {last}."),
    ChangeKind.NOTHING: N_("{label}: no figure for {first} and none for {last}."),
    ChangeKind.LAST_HIDDEN: N_(
        "{label}: {before} in {first}; the figure for {last} is not shown (confidential or masked)."
    ),
    ChangeKind.FIRST_HIDDEN: N_(
        "{label}: the figure for {first} is not shown (confidential or masked); {after} in {last}."
    ),
    ChangeKind.BOTH_HIDDEN: N_("{label}: the figures for {first} and {last} are not shown (confidential or masked)."),
    ChangeKind.NONE_HIDDEN: N_(
        "{label}: no figure for {first}; that for {last} is not shown (confidential or masked)."
    ),
    ChangeKind.HIDDEN_NONE: N_(
        "{label}: the figure for {first} is not shown (confidential or masked); none for {last}."
    ),
    ChangeKind.APART: N_("{label}: {before} in {first} and {after} in {last}; {reason}."),
}
# One year in two editions: a difference is a revision, not a rise or a fall.
EDITIONS = {
    ChangeKind.ROSE: N_("{label}: {before} in the edition of {first}, {after} in that of {last}, revised by +{n}."),
    ChangeKind.FELL: N_(
        "{label}: {before} in the edition of {first}, {after} in that of {last}, revised by \u2212{n}."
    ),
    ChangeKind.SAME: N_("{label}: {after} in the editions of {first} and {last}, not revised."),
    ChangeKind.NONE: N_("{label}: none in the editions of {first} and {last}, not revised."),
    ChangeKind.BEGAN: N_("{label}: none in the edition of {first}, {after} in that of {last}."),
    ChangeKind.ENDED: N_("{label}: {before} in the edition of {first}, none in that of {last}."),
    ChangeKind.NEW: N_("{label}: no figure in the edition of {first}, {after} in that of {last}."),
    ChangeKind.GONE: N_("{label}: {before} in the edition of {first}, no figure in that of {last}."),
    ChangeKind.NOTHING: N_("{label}: no figure in the editions of {first} and {last}."),
    ChangeKind.LAST_HIDDEN: N_("{label}: {before} in the edition of {first}, not shown in that of {last}."),
    ChangeKind.FIRST_HIDDEN: N_("{label}: not shown in the edition of {first}, {after} in that of {last}."),
    ChangeKind.BOTH_HIDDEN: N_("{label}: not shown in the editions of {first} and {last}."),
    ChangeKind.NONE_HIDDEN: N_("{label}: no figure in the edition of {first}, not shown in that of {last}."),
    ChangeKind.HIDDEN_NONE: N_("{label}: not shown in the edition of {first}, no figure in that of {last}."),
    ChangeKind.APART: N_("{label}: {before} in the edition of {first}, {after} in that of {last}; {reason}."),
}


RISE, FALL = (
    N_("{label} rose from {before} in {first} to {after} in {last}."),
    N_("{label} fell from {before} in {first} to {after} in {last}."),
)
STAY = N_("{label} stayed at {after} in {first} and {last}.")
NUMBER_ROSE, NUMBER_FELL = (
    N_("The number of {label} rose from {before} in {first} to {after} in {last}."),
    N_("The number of {label} fell from {before} in {first} to {after} in {last}."),
)
NUMBER_STAYED = N_("The number of {label} was the same in {first} and {last}: {after}.")
PART_ROSE, PART_FELL = (
    N_("{part}: the number of {label} rose from {before} in {first} to {after} in {last}."),
    N_("{part}: the number of {label} fell from {before} in {first} to {after} in {last}."),
)
PART_STAYED = N_("{part}: the number of {label} was the same in {first} and {last}, {after}.")
WHY = N_("{label}: no change from {first} to {last} can be given ({reason}).")
# In the narrative, which has one sentence for all that cannot be compared.
NARRATIVE = {
    **dict.fromkeys(ChangeKind, WHY),
    **dict.fromkeys((ChangeKind.ROSE, ChangeKind.BEGAN), RISE),
    **dict.fromkeys((ChangeKind.FELL, ChangeKind.ENDED), FALL),
    **dict.fromkeys((ChangeKind.SAME, ChangeKind.NONE), STAY),
}
# For a total of counts.
NUMBERS = {
    **NARRATIVE,
    **dict.fromkeys((ChangeKind.ROSE, ChangeKind.BEGAN), NUMBER_ROSE),
    **dict.fromkeys((ChangeKind.FELL, ChangeKind.ENDED), NUMBER_FELL),
    **dict.fromkeys((ChangeKind.SAME, ChangeKind.NONE), NUMBER_STAYED),
}
# For a part of it.
PARTS = {
    **NARRATIVE,
    **dict.fromkeys((ChangeKind.ROSE, ChangeKind.BEGAN), PART_ROSE),
    **dict.fromkeys((ChangeKind.FELL, ChangeKind.ENDED), PART_FELL),
    **dict.fromkeys((ChangeKind.SAME, ChangeKind.NONE), PART_STAYED),
}
COUNTS = (Unit.PERSONS, Unit.CASES, Unit.ITEMS)


def change_sentence(
    seen: Observation, change: Change, first: int, vintage: Vintage, locale: Locale, *, spelt: bool = True
) -> str:
    """A change up to the edition's year as a sentence, or why there is none, for the filter `change_sentence`: The
    number of identified victims fell from 39 in 2019 to 24 in 2020. Low numbers are spelt where allowed."""
    catalogue, names = vintage.catalogue, (str(first), str(vintage.year))
    indicator = catalogue.indicator(seen.indicator)
    counted = number_of(indicator, seen.definition, locale) if indicator else ""
    if change.difference is None or not counted:
        return _told(NARRATIVE, locale.label_of(seen, catalogue), change, names, "", locale)
    axis = catalogue.dimension(seen.dimension)
    code = axis.get(seen.code) if axis else None
    part = code.label.text(locale.language) if code else ""
    frames = PARTS if part else NUMBERS
    return locale.opened(_told(frames, counted, change, names, "", locale, part=part, spelt=spelt))


def number_of(indicator: Indicator, definition: str, locale: Locale) -> str:
    """The name of what is counted, as it follows "the number of". Empty where nothing is counted, and where a language
    other than English has no genitive of it."""
    name = indicator.name_by(definition)
    if indicator.unit not in COUNTS:
        return ""
    if locale.language == ENGLISH:
        return locale.inside(name.text(ENGLISH))
    return dict(indicator.genitive).get(locale.language, "") if name is indicator.label else ""


def sentence_between_years(
    label: str, change: Change, names: tuple[str, str], settings: Settings, locale: Locale
) -> str:
    """A figure in two years as a sentence, with a percentage only on a base large enough for one."""
    return _told(YEARS, label, change, names, percent_text(change, settings, locale), locale)


def sentence_between_editions(label: str, change: Change, names: tuple[str, str], locale: Locale) -> str:
    return _told(EDITIONS, label, change, names, "", locale)


def kind_of_change(change: Change) -> ChangeKind:
    if change.obstacle is Obstacle.MISSING:
        before, after = is_given(change.before), is_given(change.after)
        return ChangeKind.NEW if after else ChangeKind.GONE if before else ChangeKind.NOTHING
    if change.obstacle is Obstacle.HIDDEN:
        if is_hidden(change.before):
            later = ChangeKind.FIRST_HIDDEN if is_given(change.after) else ChangeKind.HIDDEN_NONE
            return ChangeKind.BOTH_HIDDEN if is_hidden(change.after) else later
        return ChangeKind.LAST_HIDDEN if is_given(change.before) else ChangeKind.NONE_HIDDEN
    difference = change.difference
    if difference is None or change.before is None or change.after is None:
        return ChangeKind.APART
    if not change.before.value:
        return ChangeKind.BEGAN if difference else ChangeKind.NONE
    if not change.after.value:
        return ChangeKind.ENDED
    return ChangeKind.ROSE if difference > 0 else ChangeKind.FELL if difference < 0 else ChangeKind.SAME


def _told(
    frames: dict[ChangeKind, str],
    label: str,
    change: Change,
    names: tuple[str, str],
    percent: str,
    locale: Locale,
    *,
    part: str = "",
    spelt: bool = False,
) -> str:
    case = kind_of_change(change)
    values = [each.value for each in (change.before, change.after) if each and each.value is not None]
    spelt = spelt and all(numeral(each, ENGLISH) for each in values)
    number = locale.number(abs(change.difference or Decimal(0)))
    return locale.text(
        frames[case],
        label=label,
        part=part,
        before=locale.spoken(change.before, spelt=spelt) if change.before else ":",
        after=locale.spoken(change.after, spelt=spelt) if change.after else ":",
        first=names[0],
        last=names[1],
        n=locale.put("{} ({})", number, percent) if percent else number,
        reason=locale.text(reason_of(change)),
    )


Forms = tuple[str, str]
INDICATORS = NN_("Of {n} indicator, {told}", "Of {n} indicators, {told}")
APART = NN_("{n} cannot be compared", "{n} cannot be compared")
# A single figure is not counted.
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
    """The phrases for higher, lower and equal, `first` and later in a sentence; `none` for nothing comparable."""

    first: tuple[Forms, Forms, Forms]
    later: tuple[Forms, Forms]
    none: str


TALLY_OF_YEARS = TallyPhrases(
    (
        NN_("{n} is higher than in {year}", "{n} are higher than in {year}"),
        NN_("{n} is lower than in {year}", "{n} are lower than in {year}"),
        NN_("{n} is the same as in {year}", "{n} are the same as in {year}"),
    ),
    (NN_("{n} lower", "{n} lower"), NN_("{n} the same", "{n} the same")),
    N_("none can be compared with {year}"),
)
# Many years: each figure from the first to the last comparable value.
TALLY_OF_SPANS = TallyPhrases(
    (
        NN_("{n} rose over the comparable years", "{n} rose over the comparable years"),
        NN_("{n} fell over the comparable years", "{n} fell over the comparable years"),
        NN_(
            "{n} is the same at both ends of the comparable years",
            "{n} are the same at both ends of the comparable years",
        ),
    ),
    (NN_("{n} fell", "{n} fell"), NN_("{n} ended as it began", "{n} ended as they began")),
    N_("none can be compared"),
)
# One year in two editions: a difference is a revision.
TALLY_OF_EDITIONS = TallyPhrases(
    (
        NN_("{n} was revised upwards", "{n} were revised upwards"),
        NN_("{n} was revised downwards", "{n} were revised downwards"),
        NN_("{n} was not revised", "{n} were not revised"),
    ),
    (NN_("{n} downwards", "{n} downwards"), NN_("{n} not at all", "{n} not at all")),
    N_("none can be compared"),
)


def tally(changes: Iterable[Change | None]) -> Tally:
    """Count changes by their direction, skipping None."""
    kinds = [kind_of_change(each) for each in changes if each]
    higher = sum(kind in (ChangeKind.ROSE, ChangeKind.BEGAN) for kind in kinds)
    lower = sum(kind in (ChangeKind.FELL, ChangeKind.ENDED) for kind in kinds)
    same = sum(kind in (ChangeKind.SAME, ChangeKind.NONE) for kind in kinds)
    return Tally(higher, lower, same, len(kinds) - higher - lower - same)


def tally_words(found: Tally, subject: Forms, phrases: TallyPhrases, year: str, locale: Locale) -> str:
    """A tally as a sentence without its full stop; empty with fewer than two figures."""
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


def change_headline(indicator: Indicator, vintage: Vintage, locale: Locale) -> str:
    """A rise or fall since the year before in the catalogue's words. Empty where nothing can be compared, where the
    figure changed by at most one or is defined otherwise, and where the catalogue has no words in the language."""
    found = arithmetic.change(vintage.series(indicator.code), vintage.year)
    difference = found.difference or Decimal()
    is_other = found.after is not None and Flag.DEFINITION_DIFFERS in found.after.flags
    label = indicator.rose if difference > 0 else indicator.fell
    words = label.text(locale.language)
    return words if abs(difference) > 1 and words and not language_of(words) and not is_other else ""


def leading_part(parts: Sequence[Observation], rest: Decimal | None) -> Observation | None:
    """The part larger than any other, whatever the rest contains; None if not known or of fewer than two parts."""
    exact = [seen for seen in parts if arithmetic.is_exact(seen)]
    if len(exact) < 2 or len(exact) < len(parts) or rest is None or rest < 0:
        return None
    first, second = sorted(exact, key=lambda seen: seen.value or 0, reverse=True)[:2]
    return first if (first.value or 0) > (second.value or 0) + rest else None
