"""Rules over the years: breaks, copied numbers and unrecorded revisions."""

from collections.abc import Iterator
from decimal import Decimal

from reporter.analysis.arithmetic import is_exact
from reporter.check.rule import CheckedEdition, Problem, problem, value_of
from reporter.i18n import N_
from reporter.model import Flag, Observation, Revision, is_given
from reporter.model.telling import At, tell

REPEATS = 3
# Small numbers repeat by chance.
SMALLEST_REPEAT = 10


def repeated_value(edition: CheckedEdition) -> Iterator[Problem]:
    """One number for three or more indicators of one year. It was probably copied."""
    groups: dict[tuple[int, Decimal], list[Observation]] = {}
    for seen in filter(is_exact, edition.figures):
        if value_of(seen) >= SMALLEST_REPEAT:
            groups.setdefault((seen.year, value_of(seen)), []).append(seen)
    for (year, value), same in groups.items():
        if len(same) >= REPEATS:
            message = tell(
                N_("{value} stands for {count} figures of {year}: {figures}"),
                value=value,
                count=len(same),
                year=year,
                figures=tuple(At(seen.figure) for seen in same),
            )
            hint = "look for a copied number; if all are right, accept it with a reason"
            yield problem(same[-1], message, hint, values=same)


def break_not_flagged(edition: CheckedEdition) -> Iterator[Problem]:
    """A definition that changed without the flag b. It is compared with the definition of the last earlier value."""
    for seen in filter(is_given, edition.figures):
        series = edition.known.series(seen.indicator)
        before = next(
            (each for each in reversed(series.observations) if each.year < seen.year and is_given(each)), None
        )
        if before and before.definition != seen.definition:
            since = [each for each in series if before.year < each.year <= seen.year]
            if not any(Flag.BREAK in each.flags for each in since):
                message = tell(
                    N_("{figure} is defined otherwise in {year} than in {before}, without flag b"),
                    figure=At(seen.figure),
                    year=seen.year,
                    before=before.year,
                )
                words = f"{message}: {before.definition or 'as usual'}, {seen.definition or 'as usual'}"
                hint = "add flags: [b] and a note that says what changed"
                yield problem(seen, message, hint, values=[before], words=words, remedy=("flags", "b"))


def break_in_series(edition: CheckedEdition) -> Iterator[Problem]:
    """A break that the data state: nothing is compared across it."""
    for seen in edition.figures:
        if Flag.BREAK in seen.flags:
            message = tell(
                N_("the series {figure} breaks in {year}: earlier years are not comparable"),
                figure=At(seen.figure),
                year=seen.year,
            )
            yield problem(seen, message, "nothing to do if a note says why; comparisons stop here")


def unrecorded_revision(edition: CheckedEdition) -> Iterator[Problem]:
    """An earlier year's figure that changed without a record. It is repeated with another value, or revised from a
    value that was not the known one."""
    for each in edition.known.data.restated:
        known = edition.known.observation(each.figure, each.year)
        if each.value.vintage == edition.year and _state(each.value) != _state(known):
            message = tell(
                N_("{figure} of {year} is repeated as {value}, known is {known}"),
                figure=At(each.figure),
                year=each.year,
                value=each.value,
                known=known,
            )
            hint = "record the change with its reason under revisions:, or correct the number"
            yield problem(each.value, message, hint, values=[known], words=message)
    for revision in edition.known.data.revisions:
        before = _before(edition, revision)
        if revision.now.vintage == edition.year and revision.was != (before.value if before else None):
            message = tell(
                N_("{figure} of {year} is revised from {was}, known was {known}"),
                figure=At(revision.figure),
                year=revision.year,
                was=revision.was,
                known=before,
            )
            hint = "write under was: what the edition before this one had published"
            known = edition.known.observation(revision.figure, revision.year)
            yield problem(revision.now, message, hint, values=[before, known], words=message)


def _state(seen: Observation | None) -> tuple[Decimal | None, str]:
    return (seen.value, seen.qualifier) if seen and is_given(seen) else (None, "")


def _before(edition: CheckedEdition, revision: Revision) -> Observation | None:
    data = edition.known.data
    stated = [seen for seen in data.observations if (seen.address, seen.year) == (revision.figure, revision.year)]
    later = [each.now for each in data.revisions if (each.figure, each.year) == (revision.figure, revision.year)]
    return next((seen for seen in reversed([*stated, *later]) if seen.vintage < revision.now.vintage), None)
