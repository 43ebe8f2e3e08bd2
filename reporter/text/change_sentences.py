"""Changes and shares of figures in words and in short, why there is none, and how many rose and fell. They are right
for zero, equal, missing, hidden and incomparable values. In comparisons a label stands before a colon, so that no label
is inflected; in the narrative a figure is the subject. Headlines are made where none is written: a few words without a
number, and true whatever is not known."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
BOTH_MISSING = N_("both figures are missing")


def reason_of(change: Change) -> str:
    obstacle = change.obstacle or Obstacle.MISSING
    neither = obstacle is Obstacle.MISSING and not (is_given(change.before) or is_given(change.after))
    return BOTH_MISSING if neither else REASONS[obstacle]


def sign_of(change: Change) -> str:
    return {Obstacle.MISSING: ":", Obstacle.HIDDEN: "c"}.get(change.obstacle or Obstacle.MISSING, "≠")


def change_text(change: Change, settings: Settings, locale: Locale) -> str:
    """A change in short, "−15", or "−16 (−7%)" on a base large enough for a percentage; else why there is none."""
    difference = change.difference
    if difference is None or change.before is None or change.before.value is None:
        return locale.text(reason_of(change))
    percent = percent_text(change, settings, locale)
    difference_text = locale.difference(difference)
    return locale.put("{} ({})", difference_text, percent) if percent else difference_text


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
        formatter = locale.numeral if spelt else locale.number
        return locale.text("{part} of {base}", part=formatter(share.part), base=formatter(share.base))
    return locale.percent(share.value)


class ChangeKind(Enum):
    """How two values differ; APART if that is not known."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    APART = "apart"


# The sentences for a change by its kind; None is for two values of which one is missing or hidden.
ChangeFrames = Mapping[ChangeKind | None, str]
YEARS: ChangeFrames = {
    ChangeKind.ROSE: N_("{label}: from {before} in {first} to {after} in {last}, up by {n}."),
    ChangeKind.FELL: N_("{label}: from {before} in {first} to {after} in {last}, down by {n}."),
    ChangeKind.SAME: N_("{label}: {after} in {first} and in {last}, unchanged."),
    ChangeKind.APART: N_("{label}: {before} in {first} and {after} in {last}; {reason}."),
    None: N_("{label}: {before} in {first}, {after} in {last}."),
}
# One year in two editions: a difference is a revision, not a rise or a fall.
EDITIONS: ChangeFrames = {
    ChangeKind.ROSE: N_("{label}: {before} in the edition of {first}, {after} in that of {last}, revised by +{n}."),
    ChangeKind.FELL: N_(
        "{label}: {before} in the edition of {first}, {after} in that of {last}, revised by \u2212{n}."
    ),
    ChangeKind.SAME: N_("{label}: {after} in the editions of {first} and {last}, not revised."),
    ChangeKind.APART: N_("{label}: {before} in the edition of {first}, {after} in that of {last}; {reason}."),
    None: N_("{label}: {before} in the edition of {first}, {after} in that of {last}."),
}
WHY = N_("{label}: no change from {first} to {last} can be given ({reason}).")
# In the narrative, which has one sentence for all that cannot be compared.
NARRATIVE: ChangeFrames = {
    ChangeKind.ROSE: N_("{label} rose from {before} in {first} to {after} in {last}."),
    ChangeKind.FELL: N_("{label} fell from {before} in {first} to {after} in {last}."),
    ChangeKind.SAME: N_("{label} stayed at {after} in {first} and {last}."),
    ChangeKind.APART: WHY,
    None: WHY,
}
# For counts.
NUMBERS: ChangeFrames = {
    ChangeKind.ROSE: N_("The number of {label} rose from {before} in {first} to {after} in {last}."),
    ChangeKind.FELL: N_("The number of {label} fell from {before} in {first} to {after} in {last}."),
    ChangeKind.SAME: N_("The number of {label} was {after} in {first} and in {last}."),
    ChangeKind.APART: WHY,
    None: WHY,
}
COUNTS = (Unit.PERSONS, Unit.CASES, Unit.ITEMS)


def change_sentence(
    observation: Observation, change: Change, first: int, vintage: Vintage, locale: Locale, *, spelt: bool = True
) -> str:
    """A change up to the edition's year as a sentence, or why there is none, for the filter `change_sentence`: The
    number of identified victims fell from 39 in 2019 to 24 in 2020. Low numbers are spelt where allowed."""
    catalogue, names = vintage.catalogue, (str(first), str(vintage.year))
    indicator = catalogue.indicator(observation.indicator)
    counted = number_of(indicator, observation.definition, locale) if indicator else ""
    if change.difference is None or not counted:
        return _change_sentence(NARRATIVE, locale.label_of(observation, catalogue), change, names, "", locale)
    axis = catalogue.dimension(observation.dimension)
    code = axis.get(observation.code) if axis else None
    part = code.label.text(locale.language) if code else ""
    sentence = _change_sentence(NUMBERS, counted, change, names, "", locale, spelt=spelt)
    return locale.opened(locale.put("{}: {}", part, locale.inside(sentence)) if part else sentence)


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
    return _change_sentence(YEARS, label, change, names, percent_text(change, settings, locale), locale)


def sentence_between_editions(label: str, change: Change, names: tuple[str, str], locale: Locale) -> str:
    return _change_sentence(EDITIONS, label, change, names, "", locale)


def kind_of_change(change: Change) -> ChangeKind:
    if change.difference is None:
        return ChangeKind.APART
    return ChangeKind.ROSE if change.difference > 0 else ChangeKind.FELL if change.difference < 0 else ChangeKind.SAME


def _change_sentence(
    frames: ChangeFrames,
    label: str,
    change: Change,
    names: tuple[str, str],
    percent: str,
    locale: Locale,
    *,
    spelt: bool = False,
) -> str:
    values = [item.value for item in (change.before, change.after) if item and item.value is not None]
    spelt = spelt and all(numeral(value, ENGLISH) for value in values)
    before, after = (_side(observation, locale, spelt=spelt) for observation in (change.before, change.after))
    number = locale.number(abs(change.difference or Decimal(0)))
    return locale.text(
        frames[None if change.obstacle in (Obstacle.MISSING, Obstacle.HIDDEN) else kind_of_change(change)],
        label=label,
        before=before,
        after=after,
        first=names[0],
        last=names[1],
        n=locale.put("{} ({})", number, percent) if percent else number,
        reason=locale.text(reason_of(change)),
    )


def _side(value: Observation | None, locale: Locale, *, spelt: bool) -> str:
    if is_hidden(value):
        return locale.text("not shown")
    return locale.spoken(value, spelt=spelt) if value and is_given(value) else locale.text("no figure")


Forms = tuple[str, str]
INDICATORS = NN_("Of {n} indicator, {counts}", "Of {n} indicators, {counts}")
APART = NN_("{n} cannot be compared", "{n} cannot be compared")
# The clauses of a sentence on several figures, and their opening headlines in comparisons.
MOVES: Mapping[ChangeKind, Forms] = {
    ChangeKind.ROSE: NN_("{n} rose", "{n} rose"),
    ChangeKind.FELL: NN_("{n} fell", "{n} fell"),
    ChangeKind.SAME: NN_("{n} stayed the same", "{n} stayed the same"),
}
# One year in two editions: a difference is a revision.
REVISIONS: Mapping[ChangeKind, Forms] = {
    ChangeKind.ROSE: NN_("{n} was revised upwards", "{n} were revised upwards"),
    ChangeKind.FELL: NN_("{n} was revised downwards", "{n} were revised downwards"),
    ChangeKind.SAME: NN_("{n} was not revised", "{n} were not revised"),
}
# Many years: each figure from the first to the last comparable value.
SPANS = {**MOVES, ChangeKind.SAME: NN_("{n} ended as it began", "{n} ended as they began")}
# The clauses, and the frame around them.
TallyPhrases = tuple[Mapping[ChangeKind, Forms], str]
TALLY_OF_YEARS: TallyPhrases = MOVES, N_("{counts} compared with {year}")
TALLY_OF_SPANS: TallyPhrases = SPANS, N_("{counts} over the comparable years")
TALLY_OF_EDITIONS: TallyPhrases = REVISIONS, "{counts}"


def tally(changes: Iterable[Change | None]) -> Counter[ChangeKind]:
    return Counter(kind_of_change(change) for change in changes if change)


def tally_words(tally: Counter[ChangeKind], subject: Forms, phrases: TallyPhrases, year: str, locale: Locale) -> str:
    """A tally as a sentence without its full stop; empty with fewer than two figures."""
    total, incomparable = tally.total(), tally[ChangeKind.APART]
    if total < 2:
        return ""
    # The total is the largest number, and decides how all of them are printed.
    writer = locale.numeral if numeral(total, ENGLISH) else locale.number
    kinds, frame = phrases
    clauses = [locale.count(*forms, tally[kind], n=writer(tally[kind])) for kind, forms in kinds.items() if tally[kind]]
    if not clauses:
        counts = locale.text("none can be compared")
    else:
        counts = locale.text(frame, counts=locale.listed(clauses), year=year)
        if incomparable:
            words = locale.count(*APART, incomparable, n=writer(incomparable))
            counts = locale.text("{counts}; {apart}", counts=counts, apart=words)
    return locale.count(*subject, total, n=writer(total), counts=counts)


def change_headline(indicator: Indicator, change: Change, locale: Locale) -> str:
    """A rise or fall in the catalogue's words. Empty where nothing can be compared, where the figure changed by at most
    one or is defined otherwise, and where the catalogue has no words in the language."""
    difference = change.difference or Decimal()
    is_other = change.after is not None and Flag.DEFINITION_DIFFERS in change.after.flags
    words = (indicator.rose if difference > 0 else indicator.fell).text(locale.language)
    return words if abs(difference) > 1 and words and not language_of(words) and not is_other else ""


def leading_part(parts: Sequence[Observation], rest: Decimal | None) -> Observation | None:
    """The part larger than any other, whatever the rest contains; None if not known or of fewer than two parts."""
    exact = [observation for observation in parts if arithmetic.is_exact(observation)]
    if len(exact) < 2 or len(exact) < len(parts) or rest is None or rest < 0:
        return None
    first, second = sorted(exact, key=lambda observation: observation.value or 0, reverse=True)[:2]
    return first if (first.value or 0) > (second.value or 0) + rest else None
