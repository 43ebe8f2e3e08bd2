"""Rules over the years: jumps, breaks, copied numbers, unrecorded revisions. A total and its parts are one question:
each figure of a year has one finding, which names all that jump."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median

from reporter.check.rule import CheckedEdition, Problem, problem, value_of
from reporter.data.i18n import N_
from reporter.data.records import Code, Flag, Observation, is_given
from reporter.data.records.message import At, Told, tell, told_together
from reporter.figures.analysis.arithmetic import Change, Obstacle, change, is_exact
from reporter.figures.analysis.populations import Unfilled, unfilled

SPAN = 5
ENOUGH = 4
# A number with a digit too many or too few is tenfold its true value, which may itself differ from its neighbours.
FOLD = 5
# A tenfold difference is questioned however small the numbers are.
DIGIT = 10
NEIGHBOURS = 2

EUROSTAT = "eurostat"


def jump(edition: CheckedEdition) -> Iterator[Problem]:
    """A large change of a figure on the year before, or a total far outside the last five years."""
    for values in _by_figure(edition):
        moves: list[Told] = []
        compared: list[Observation | None] = []
        jumping: list[Observation] = []
        for seen in values:
            series = edition.known.series(seen.indicator, seen.code)
            pair = change(series, seen.year)
            difference = pair.difference if pair.obstacle is None else _unnamed(pair)
            if difference is None or pair.before is None or seen.since:
                continue
            settings, was = edition.known.settings, value_of(pair.before)
            most = max(Decimal(settings.jump_count), Decimal(str(settings.jump)) * was)
            large = abs(difference) > most or _is_tenfold(was, was + difference)
            earlier = [change(series, seen.year, year) for year in range(seen.year - SPAN, seen.year)]
            before = [each.before for each in earlier if each.before and each.difference is not None]
            if large or (not seen.code and _is_outlier(edition, seen, before)):
                moves.append(_move(seen, pair, difference, named=not moves))
                compared += (pair.before, seen) if large else (*before, seen)
                jumping.append(seen)
        if jumping:
            hint = "check the number; if it is right, accept the jump with its reason"
            yield problem(jumping[0], told_together(moves), hint, values=compared)


def tenfold(edition: CheckedEdition) -> Iterator[Problem]:
    """A value of quite another size than those near it, where values are not comparable: a digit too many or too few? A
    count of an activity is compared with those of the other parts of the same whole."""
    for values in _by_figure(edition):
        found = [(seen, near) for seen in values if (near := _of_another_size(edition, seen))]
        if found:
            sizes = []
            for seen, near in found:
                beside = tuple(tell(N_("{value} in {year}"), value=each, year=each.year) for each in near)
                frame = N_("{figure} is {value} in {year}, {others}")
                sizes.append(tell(frame, figure=At(seen.address), value=seen, year=seen.year, others=beside))
            yield _asked(told_together(sizes), [each for seen, near in found for each in (seen, *near)])
    parts = [each for each in edition.activities if each.part_of]
    for part in parts:
        others = [each for each in parts if each.part_of == part.part_of and each is not part]
        for seen in part.figures:
            near = [each for other in others for each in other.figures if each.indicator == seen.indicator]
            if len(near) >= NEIGHBOURS and all(_is_of_another_size(edition, seen, each) for each in near):
                frame = N_("{figure} is {value}")
                counts = (tell(frame, figure=At(each.address), value=each) for each in (seen, *near))
                yield _asked(told_together(counts), [seen, *near])


def _asked(sizes: Told, values: Sequence[Observation]) -> Problem:
    message = tell(N_("{sizes}: there may be a digit too many or too few"), sizes=sizes)
    hint = "check the numbers again; if all are right, accept it with a reason, such as what was counted"
    return problem(values[0], message, hint, values=values)


def _by_figure(edition: CheckedEdition) -> Iterator[list[Observation]]:
    groups = {(seen.figure, seen.year): [seen] for seen in edition.figures}
    for each in edition.breakdowns:
        groups[each.total.figure, each.total.year] += each.parts
    return iter(groups.values())


def _unnamed(pair: Change) -> Decimal | None:
    """The difference between two values that deviate from the usual definition without naming theirs; else None."""
    one, other = pair.before, pair.after
    if pair.obstacle is not Obstacle.DEFINITION or one is None or other is None:
        return None
    unnamed = all(Flag.DEFINITION_DIFFERS in each.flags and not each.definition for each in (one, other))
    return value_of(other) - value_of(one) if unnamed and is_exact(one) and is_exact(other) else None


def _move(seen: Observation, pair: Change, difference: Decimal, *, named: bool) -> Told:
    """How a value changed since the year before; the first of several such messages names the years."""
    figure, was, year = At(seen.address), pair.before, seen.year - 1
    if pair.obstacle:
        unnamed = N_("{figure} is {now} in {year} and was {was} in {before}; the definitions are not named")
        return tell(unnamed, figure=figure, now=seen, year=seen.year, was=was, before=year)
    rose = difference > 0
    if not named:
        move = N_("{figure} rose from {was} to {now}") if rose else N_("{figure} fell from {was} to {now}")
        return tell(move, figure=figure, was=was, now=seen)
    up = N_("{figure} rose from {was} in {before} to {now} in {year}")
    move = up if rose else N_("{figure} fell from {was} in {before} to {now} in {year}")
    return tell(move, figure=figure, was=was, before=year, now=seen, year=seen.year)


def _is_outlier(edition: CheckedEdition, seen: Observation, before: Iterable[Observation]) -> bool:
    """Return whether a value is over three median deviations from the earlier median, and further than the last."""
    values = [value_of(each) for each in before]
    if len(values) < ENOUGH or abs(value_of(seen) - values[-1]) <= edition.known.settings.jump_count:
        return False
    middle = median(values)
    spread = median(abs(value - middle) for value in values)
    return spread > 0 and abs(value_of(seen) - middle) > max(3 * spread, abs(values[-1] - middle))


def _of_another_size(edition: CheckedEdition, seen: Observation) -> list[Observation]:
    """The near values if all are of another size: the last two comparable ones, else the last two of any definition.
    Empty when the value is comparable with the year before, which another rule checks."""
    series = edition.known.series(seen.indicator, seen.code)
    pair = change(series, seen.year)
    compared = pair.difference is not None or _unnamed(pair) is not None
    if not is_given(seen) or seen.since or compared:
        return []
    earlier = [
        each for each in series if seen.year - SPAN <= each.year < seen.year and is_given(each) and not each.since
    ]
    alike = [each for each in earlier if change(series, seen.year, each.year).difference is not None]
    near = (alike or earlier)[-NEIGHBOURS:]
    return near if all(_is_of_another_size(edition, seen, each) for each in near) else []


def _is_of_another_size(edition: CheckedEdition, seen: Observation, other: Observation) -> bool:
    if not (is_given(seen) and is_given(other)):
        return False
    small, large = sorted((value_of(seen), value_of(other)))
    is_apart = small > 0 and large >= FOLD * small and large - small > edition.known.settings.jump_count
    return is_apart or _is_tenfold(small, large)


def _is_tenfold(one: Decimal, other: Decimal) -> bool:
    small, large = sorted((one, other))
    return small > 0 and large >= DIGIT * small


REPEATS = 3
# Small numbers repeat by chance.
SMALLEST_REPEAT = 10


def repeated_value(edition: CheckedEdition) -> Iterator[Problem]:
    groups: dict[tuple[int, Decimal], list[Observation]] = {}
    for seen in filter(is_exact, edition.figures):
        if value_of(seen) >= SMALLEST_REPEAT:
            groups.setdefault((seen.year, value_of(seen)), []).append(seen)
    for (year, value), same in groups.items():
        if len(same) >= REPEATS:
            frame = N_("{value} is given for {count} figures of {year}: {figures}")
            message = tell(
                frame, value=value, count=len(same), year=year, figures=tuple(At(seen.figure) for seen in same)
            )
            hint = "look for a copied number; if all are right, accept it with a reason"
            yield problem(same[-1], message, hint, values=same)


def break_not_flagged(edition: CheckedEdition) -> Iterator[Problem]:
    """A definition that changed since the last earlier value without the flag b."""
    for seen in filter(is_given, edition.figures):
        series = edition.known.series(seen.indicator)
        before = next(
            (each for each in reversed(series.observations) if each.year < seen.year and is_given(each)), None
        )
        if before and before.definition != seen.definition:
            since = [each for each in series if before.year < each.year <= seen.year]
            if not any(Flag.BREAK in each.flags for each in since):
                frame = N_("{figure} is defined differently in {year} and {before}, without flag b")
                message = tell(frame, figure=At(seen.figure), year=seen.year, before=before.year)
                words = f"{message}: {before.definition or 'as usual'}, {seen.definition or 'as usual'}"
                hint = "add flags: [b] and a note that says what changed"
                yield problem(seen, message, hint, values=[before], words=words, remedy=("flags", "b"))


def break_in_series(edition: CheckedEdition) -> Iterator[Problem]:
    for seen in edition.figures:
        if Flag.BREAK in seen.flags:
            frame = N_("the series {figure} breaks in {year}: earlier years are not comparable")
            message = tell(frame, figure=At(seen.figure), year=seen.year)
            yield problem(seen, message, "no action needed if a note gives the reason; comparisons stop here")


def unrecorded_revision(edition: CheckedEdition) -> Iterator[Problem]:
    """An earlier year's figure repeated with another value, or revised from a value that was not the known one."""
    for each in edition.known.data.restated:
        known = edition.known.observation(each.figure, each.year)
        if each.value.vintage == edition.year and _state(each.value) != _state(known):
            frame = N_("{figure} of {year} is repeated as {value}, but was {known}")
            message = tell(frame, figure=At(each.figure), year=each.year, value=each.value, known=known)
            hint = "record the change with its reason under revisions:, or correct the number"
            yield problem(each.value, message, hint, values=[known], words=message)
    for revision in edition.known.data.revisions:
        data, key = edition.known.data, (revision.figure, revision.year)
        stated = [seen for seen in data.observations if (seen.address, seen.year) == key]
        later = [each.now for each in data.revisions if (each.figure, each.year) == key]
        before = next((seen for seen in reversed([*stated, *later]) if seen.vintage < revision.now.vintage), None)
        if revision.now.vintage == edition.year and revision.was != (before.value if before else None):
            frame = N_("{figure} of {year} is revised from {was}, but was {known}")
            message = tell(frame, figure=At(revision.figure), year=revision.year, was=revision.was, known=before)
            hint = "write under was: what the previous edition published"
            known = edition.known.observation(revision.figure, revision.year)
            yield problem(revision.now, message, hint, values=[before, known], words=message)


def _state(seen: Observation | None) -> tuple[Decimal | None, str]:
    return (seen.value, seen.qualifier) if seen and is_given(seen) else (None, "")


def eurostat_unfilled(edition: CheckedEdition) -> Iterator[Problem]:
    """One question for all tables that the same two figures could fill."""
    alike: dict[tuple[str, str], list[Unfilled]] = {}
    for each in unfilled(edition.known):
        if not each.decided:
            alike.setdefault((each.indicator, each.other), []).append(each)
    for (chosen, other), found in alike.items():
        tables = [each.dataflow.code for each in found]
        cells = dict.fromkeys(cell for each in found for cell in each.cells)
        now, instead = (", ".join(f"{table}: {figure}" for table in tables) for figure in (chosen, other))
        hint = (
            f"for {', '.join(cells)} decide it here: write eurostat: {{{instead}}}, or, to leave "
            f"it as it is, eurostat: {{{now}}}; one table never mixes the two"
        )
        # The choices, as they are written in the file.
        remedy = (EUROSTAT, f"{','.join(tables)} {chosen} {other}")
        mark = edition.known.edition.mark
        yield Problem(message=_of_tables(found), mark=mark, hint=hint, year=edition.year, remedy=remedy)


def _of_tables(found: Sequence[Unfilled]) -> Told:
    first = found[0]
    if len(found) == 1:
        return tell(
            N_("Eurostat’s table “{table}” is filled by {indicator}; {other} would fill {count} more of its cells"),
            table=Code(code=first.dataflow.code, label=first.dataflow.label),
            indicator=At(first.indicator),
            other=At(first.other),
            count=len(first.cells),
        )
    return tell(
        N_("Eurostat’s tables {tables} are filled by {indicator}; {other} would fill {count} more of their cells"),
        tables=tuple(Code(code=each.dataflow.code, label=each.dataflow.label) for each in found),
        indicator=At(first.indicator),
        other=At(first.other),
        count=sum(len(each.cells) for each in found),
    )
