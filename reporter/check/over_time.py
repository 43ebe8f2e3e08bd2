"""Rules over the years: jumps, breaks, copied numbers and unrecorded revisions."""

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from reporter.analysis.arithmetic import change, is_exact
from reporter.check.rule import CheckedEdition, Problem, problem, value_of, value_text
from reporter.model import Flag, Observation, Revision, Series, is_given

SPAN = 5
ENOUGH = 4
REPEATS = 3
# Small numbers repeat by chance.
SMALLEST_REPEAT = 10


def jump(edition: CheckedEdition) -> Iterator[Problem]:
    """A large or unusual change on the year before.

    Unusual is what lies far outside the last five years. Nothing is compared across a break.
    """
    for seen in edition.figures:
        series = edition.known.series(seen.indicator)
        pair = change(series, seen.year)
        if pair.difference is None or pair.before is None or seen.since:
            continue
        settings, before = edition.known.settings, value_of(pair.before)
        large = abs(pair.difference) > max(Decimal(settings.jump_count), Decimal(str(settings.jump)) * before)
        if large or _is_outlier(edition, series, seen):
            move = f"{'rose' if pair.difference > 0 else 'fell'} from {value_text(pair.before)} in {pair.before.year}"
            message = f"{seen.figure} {move} to {value_text(seen)} in {seen.year}"
            yield problem(seen, message, "check the number; if it is right, accept the jump with its reason")


def _is_outlier(edition: CheckedEdition, series: Series, seen: Observation) -> bool:
    """Return whether a value is far from the median before it.

    Farther than three median deviations, and farther than the last value lay.
    """
    pairs = [change(series, seen.year, year) for year in range(seen.year - SPAN, seen.year)]
    values = [value_of(pair.before) for pair in pairs if pair.before and pair.difference is not None]
    if len(values) < ENOUGH or abs(value_of(seen) - values[-1]) <= edition.known.settings.jump_count:
        return False
    middle = median(values)
    spread = median(abs(value - middle) for value in values)
    distance = abs(value_of(seen) - middle)
    return spread > 0 and distance > max(3 * spread, abs(values[-1] - middle))


def repeated_value(edition: CheckedEdition) -> Iterator[Problem]:
    """One number for three or more indicators of one year.

    It was probably copied.
    """
    groups: dict[tuple[int, Decimal], list[Observation]] = {}
    for seen in filter(is_exact, edition.figures):
        if value_of(seen) >= SMALLEST_REPEAT:
            groups.setdefault((seen.year, value_of(seen)), []).append(seen)
    for (year, value), same in groups.items():
        if len(same) >= REPEATS:
            names = ", ".join(seen.figure for seen in same)
            message = f"{value} stands for {len(same)} figures of {year}: {names}"
            yield problem(same[-1], message, "look for a copied number; if all are right, accept it with a reason")


def break_not_flagged(edition: CheckedEdition) -> Iterator[Problem]:
    """A definition that changed without the flag b.

    It is compared with the definition of the last earlier value.
    """
    for seen in filter(is_given, edition.figures):
        series = edition.known.series(seen.indicator)
        before = next(
            (each for each in reversed(series.observations) if each.year < seen.year and is_given(each)), None
        )
        if before and before.definition != seen.definition:
            since = [each for each in series if before.year < each.year <= seen.year]
            if not any(Flag.BREAK in each.flags for each in since):
                message = f"{seen.figure} is defined otherwise in {seen.year} than in {before.year}, without flag b"
                yield problem(seen, message, "add flags: [b] and a note that says what changed")


def break_in_series(edition: CheckedEdition) -> Iterator[Problem]:
    """A break that the data state: nothing is compared across it."""
    for seen in edition.figures:
        if Flag.BREAK in seen.flags:
            message = f"the series {seen.figure} breaks in {seen.year}: earlier years are not comparable"
            yield problem(seen, message, "nothing to do if a note says why; comparisons stop here")


def unrecorded_revision(edition: CheckedEdition) -> Iterator[Problem]:
    """An earlier year's figure that changed without a record.

    It is repeated with another value, or revised from a value that was not the known one.
    """
    for each in edition.known.data.restated:
        known = edition.known.observation(each.figure, each.year)
        if each.value.vintage == edition.year and _state(each.value) != _state(known):
            message = (
                f"{each.figure} of {each.year} is repeated as {value_text(each.value)}, known is {value_text(known)}"
            )
            hint = "record the change with its reason under revisions:, or correct the number"
            yield problem(each.value, message, hint)
    for revision in edition.known.data.revisions:
        before = _before(edition, revision)
        if revision.now.vintage == edition.year and revision.was != (before.value if before else None):
            was = "missing" if revision.was is None else revision.was
            message = f"{revision.figure} of {revision.year} is revised from {was}, known was {value_text(before)}"
            yield problem(revision.now, message, "write under was: what the edition before this one had published")


def _state(seen: Observation | None) -> tuple[Decimal | None, str]:
    return (seen.value, seen.qualifier) if seen and is_given(seen) else (None, "")


def _before(edition: CheckedEdition, revision: Revision) -> Observation | None:
    """The value known before the edition that revises it."""
    data = edition.known.data
    stated = [seen for seen in data.observations if (seen.address, seen.year) == (revision.figure, revision.year)]
    later = [each.now for each in data.revisions if (each.figure, each.year) == (revision.figure, revision.year)]
    return next((seen for seen in reversed([*stated, *later]) if seen.vintage < revision.now.vintage), None)
