"""Rules over the years: jumps, breaks, copied numbers, unrecorded revisions. A total and its parts are one question:
each figure of a year has one finding, which names all that jump."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median

from reporter.check.rule import CheckedEdition, Problem, problem, value_of
from reporter.data.i18n import N_
from reporter.data.records import Code, Cross, Dimension, Flag, Observation, is_given
from reporter.data.records.catalogue import CROSSED, incomplete_name
from reporter.data.records.message import At, Told, joined_messages, tell
from reporter.figures.analysis.arithmetic import Change, Obstacle, breakdowns, change, is_exact, part_value
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
        for value in values:
            series = edition.vintage.series(value.indicator, value.code)
            pair = change(series, value.year)
            difference = pair.difference if pair.obstacle is None else _unnamed(pair)
            if difference is None or pair.before is None or value.since:
                continue
            settings, was = edition.vintage.settings, value_of(pair.before)
            most = max(Decimal(settings.jump_count), Decimal(str(settings.jump)) * was)
            large = abs(difference) > most or _is_tenfold(was, was + difference)
            earlier = [change(series, value.year, year) for year in range(value.year - SPAN, value.year)]
            before = [step.before for step in earlier if step.before and step.difference is not None]
            if large or (not value.code and _is_outlier(edition, value, before)):
                moves.append(_move(value, pair, difference, named=not moves))
                compared += (pair.before, value) if large else (*before, value)
                jumping.append(value)
        if jumping:
            hint = "check the number; if it is right, accept the jump with its reason"
            yield problem(jumping[0], joined_messages(moves), hint, values=compared)


def tenfold(edition: CheckedEdition) -> Iterator[Problem]:
    """A value of quite another size than those near it, where values are not comparable: a digit too many or too few? A
    count of an activity is compared with those of the other parts of the same whole."""
    for values in _by_figure(edition):
        if outliers := [(value, near) for value in values if (near := _of_another_size(edition, value))]:
            sizes = []
            for figure, near in outliers:
                neighbours = tuple(tell(N_("{value} in {year}"), value=item, year=item.year) for item in near)
                frame = N_("{figure} is {value} in {year}, {others}")
                sizes.append(tell(frame, figure=At(figure.address), value=figure, year=figure.year, others=neighbours))
            yield _asked(joined_messages(sizes), [member for value, near in outliers for member in (value, *near)])
    parts = [activity for activity in edition.activities if activity.part_of]
    for part in parts:
        others = [activity for activity in parts if activity.part_of == part.part_of and activity is not part]
        for observation in part.figures:
            near = [count for other in others for count in other.figures if count.indicator == observation.indicator]
            if len(near) >= NEIGHBOURS and all(_is_of_another_size(edition, observation, item) for item in near):
                frame = N_("{figure} is {value}")
                counts = (tell(frame, figure=At(count.address), value=count) for count in (observation, *near))
                yield _asked(joined_messages(counts), [observation, *near])


def _asked(sizes: Told, values: Sequence[Observation]) -> Problem:
    message = tell(N_("{sizes}: there may be a digit too many or too few"), sizes=sizes)
    hint = "check the numbers again; if all are right, accept it with a reason, such as what was counted"
    return problem(values[0], message, hint, values=values)


def _by_figure(edition: CheckedEdition) -> Iterator[list[Observation]]:
    """Each figure of a year with its parts, without cells of crosses: these are small, and checked by their sums."""
    groups = {(observation.figure, observation.year): [observation] for observation in edition.figures}
    for breakdown in edition.breakdowns:
        if CROSSED not in breakdown.name:
            groups[breakdown.total.figure, breakdown.total.year] += breakdown.parts
    return iter(groups.values())


def _unnamed(pair: Change) -> Decimal | None:
    """The difference between two values that deviate from the usual definition without naming theirs; else None."""
    one, other = pair.before, pair.after
    if pair.obstacle is not Obstacle.DEFINITION or one is None or other is None:
        return None
    unnamed = all(Flag.DEFINITION_DIFFERS in side.flags and not side.definition for side in (one, other))
    return value_of(other) - value_of(one) if unnamed and is_exact(one) and is_exact(other) else None


def _move(observation: Observation, pair: Change, difference: Decimal, *, named: bool) -> Told:
    """How a value changed since the year before; the first of several such messages names the years."""
    figure, was, year = At(observation.address), pair.before, observation.year - 1
    if pair.obstacle:
        unnamed = N_("{figure} is {now} in {year} and was {was} in {before}; the definitions are not named")
        return tell(unnamed, figure=figure, now=observation, year=observation.year, was=was, before=year)
    rose = difference > 0
    if not named:
        move = N_("{figure} rose from {was} to {now}") if rose else N_("{figure} fell from {was} to {now}")
        return tell(move, figure=figure, was=was, now=observation)
    up = N_("{figure} rose from {was} in {before} to {now} in {year}")
    move = up if rose else N_("{figure} fell from {was} in {before} to {now} in {year}")
    more = N_("the number of {figure} rose from {was} in {before} to {now} in {year}")
    counted = more if rose else N_("the number of {figure} fell from {was} in {before} to {now} in {year}")
    return tell(move, figure=figure, was=was, before=year, now=observation, year=observation.year, counted=counted)


def _is_outlier(edition: CheckedEdition, observation: Observation, before: Iterable[Observation]) -> bool:
    """Return whether a value is over three median deviations from the earlier median, and further than the last."""
    values = [value_of(earlier) for earlier in before]
    if len(values) < ENOUGH or abs(value_of(observation) - values[-1]) <= edition.vintage.settings.jump_count:
        return False
    middle = median(values)
    spread = median(abs(value - middle) for value in values)
    return spread > 0 and abs(value_of(observation) - middle) > max(3 * spread, abs(values[-1] - middle))


def _of_another_size(edition: CheckedEdition, figure: Observation) -> list[Observation]:
    """The near values if all are of another size: the last two comparable ones, else the last two of any definition.
    Empty when the value is comparable with the year before, which another rule checks."""
    series = edition.vintage.series(figure.indicator, figure.code)
    pair = change(series, figure.year)
    compared = pair.difference is not None or _unnamed(pair) is not None
    if not is_given(figure) or figure.since or compared:
        return []
    earlier = [
        item for item in series if figure.year - SPAN <= item.year < figure.year and is_given(item) and not item.since
    ]
    alike = [value for value in earlier if change(series, figure.year, value.year).difference is not None]
    near = (alike or earlier)[-NEIGHBOURS:]
    return near if all(_is_of_another_size(edition, figure, neighbour) for neighbour in near) else []


def _is_of_another_size(edition: CheckedEdition, observation: Observation, other: Observation) -> bool:
    if not (is_given(observation) and is_given(other)):
        return False
    small, large = sorted((value_of(observation), value_of(other)))
    is_apart = small > 0 and large >= FOLD * small and large - small > edition.vintage.settings.jump_count
    return is_apart or _is_tenfold(small, large)


def _is_tenfold(one: Decimal, other: Decimal) -> bool:
    small, large = sorted((one, other))
    return small > 0 and large >= DIGIT * small


def code_vanished(edition: CheckedEdition) -> Iterator[Problem]:
    """What a comparable figure lacks of the year before: breakdowns and crosses, and codes that are not zero by the
    others. A cross states its breakdowns, a code those around it; one that is zero or without value answers for all
    within it."""
    parts_by_key = breakdowns(edition.vintage.index.values())
    for figure in edition.figures:
        year, pair = figure.year, change(edition.vintage.series(figure.indicator), figure.year)
        is_comparable = pair.obstacle in (None, Obstacle.BOUND, Obstacle.DOUBT, Obstacle.PERIOD)
        if year != edition.year or not is_comparable or not figure.value:
            continue
        stated = [name.split(CROSSED) for of, when, name in parts_by_key if (of, when) == (figure.figure, year)]
        gone: list[At | Code] = []
        values: list[Observation] = []
        for name in sorted(name for of, when, name in parts_by_key if (of, when) == (figure.figure, year - 1)):
            axis = edition.vintage.catalogue.dimension(name)
            lost = [part for part in parts_by_key[figure.figure, year - 1, name] if is_given(part) and part.value]
            if not any({*name.split(CROSSED)}.issubset(names) for names in stated):
                gone += [Code(code=incomplete_name(name), label=axis.label)] if axis and lost else []
            elif axis and not isinstance(axis, Cross):
                parts = parts_by_key.get((figure.figure, year, name), [])
                lost = [part for part in lost if parts and not _is_answered(edition, part, parts, axis)]
                gone += (At(part.address) for part in lost)
            else:
                lost = []
            values += lost
        if gone:
            frame = N_("{figure} of {year} lacks what it had in {before}: {parts}")
            message = tell(frame, figure=At(figure.figure), year=year, before=year - 1, parts=tuple(gone))
            hint = "write the numbers, 0 if there were none, or missing; or accept it with a reason"
            yield problem(figure, message, hint, values=values)


def _is_answered(edition: CheckedEdition, part: Observation, parts: Sequence[Observation], axis: Dimension) -> bool:
    """Whether the parts of the year after say how many there are of a code, or that nothing is known of it."""
    covered = {code for other in parts for code in axis.around(other.code)}
    covered |= {member.code for member in axis.codes if member.residual}
    empty = {other.code for other in parts if not other.value}
    now = part_value(edition.vintage, part.indicator, axis.code, part.code, part.year + 1)
    return now is not None or part.code in covered or not empty.isdisjoint(axis.around(part.code))


REPEATS = 3
# Small numbers repeat by chance.
SMALLEST_REPEAT = 10


def repeated_value(edition: CheckedEdition) -> Iterator[Problem]:
    groups: dict[tuple[int, Decimal], list[Observation]] = {}
    for observation in filter(is_exact, edition.figures):
        if value_of(observation) >= SMALLEST_REPEAT:
            groups.setdefault((observation.year, value_of(observation)), []).append(observation)
    for (year, value), same in groups.items():
        if len(same) >= REPEATS:
            frame = N_("{value} is given for {count} figures of {year}: {figures}")
            message = tell(
                frame, value=value, count=len(same), year=year, figures=tuple(At(member.figure) for member in same)
            )
            hint = "look for a copied number; if all are right, accept it with a reason"
            yield problem(same[-1], message, hint, values=same)


def break_not_flagged(edition: CheckedEdition) -> Iterator[Problem]:
    """A definition that changed since the last earlier value without the flag b."""
    for observation in filter(is_given, edition.figures):
        series = edition.vintage.series(observation.indicator)
        before = next(
            (item for item in reversed(series.observations) if item.year < observation.year and is_given(item)), None
        )
        if before and before.definition != observation.definition:
            since = [value for value in series if before.year < value.year <= observation.year]
            if not any(Flag.BREAK in value.flags for value in since):
                frame = N_("{figure} is defined differently in {year} and {before}, without flag b")
                message = tell(frame, figure=At(observation.figure), year=observation.year, before=before.year)
                words = f"{message}: {before.definition or 'as usual'}, {observation.definition or 'as usual'}"
                hint = "add flags: [b] and a note that says what changed"
                yield problem(observation, message, hint, values=[before], words=words, remedy=("flags", "b"))


def break_in_series(edition: CheckedEdition) -> Iterator[Problem]:
    for observation in edition.figures:
        if Flag.BREAK in observation.flags:
            frame = N_("the series {figure} breaks in {year}: earlier years are not comparable")
            message = tell(frame, figure=At(observation.figure), year=observation.year)
            yield problem(observation, message, "no action needed if a note gives the reason; comparisons stop here")


def unrecorded_revision(edition: CheckedEdition) -> Iterator[Problem]:
    """An earlier year's figure repeated with another value, or revised from a value that was not the known one."""
    for entry in edition.vintage.data.restated:
        observation = edition.vintage.observation(entry.figure, entry.year)
        if entry.value.vintage == edition.year and _state(entry.value) != _state(observation):
            frame = N_("{figure} of {year} is repeated as {value}, but was {known}")
            message = tell(frame, figure=At(entry.figure), year=entry.year, value=entry.value, known=observation)
            hint = "record the change with its reason under revisions:, or correct the number"
            yield problem(entry.value, message, hint, values=[observation], words=message)
    for revision in edition.vintage.data.revisions:
        data, key = edition.vintage.data, (revision.figure, revision.year)
        stated = [value for value in data.observations if (value.address, value.year) == key]
        later = [other.now for other in data.revisions if (other.figure, other.year) == key]
        before = next((value for value in reversed([*stated, *later]) if value.vintage < revision.now.vintage), None)
        if revision.now.vintage == edition.year and revision.was != (before.value if before else None):
            frame = N_("{figure} of {year} is revised from {was}, but was {known}")
            message = tell(frame, figure=At(revision.figure), year=revision.year, was=revision.was, known=before)
            hint = "write under was: what the previous edition published"
            observation = edition.vintage.observation(revision.figure, revision.year)
            yield problem(revision.now, message, hint, values=[before, observation], words=message)


def _state(observation: Observation | None) -> tuple[Decimal | None, str]:
    return (observation.value, observation.qualifier) if observation and is_given(observation) else (None, "")


def eurostat_unfilled(edition: CheckedEdition) -> Iterator[Problem]:
    """One question for all tables that the same two figures could fill."""
    alike: dict[tuple[str, str], list[Unfilled]] = {}
    for gap in unfilled(edition.vintage):
        if not gap.decided:
            alike.setdefault((gap.indicator, gap.other), []).append(gap)
    for (chosen, other), gaps in alike.items():
        tables = [entry.dataflow.code for entry in gaps]
        cells = dict.fromkeys(cell for entry in gaps for cell in entry.cells)
        now, instead = (", ".join(f"{table}: {figure}" for table in tables) for figure in (chosen, other))
        hint = (
            f"for {', '.join(cells)} decide it here: write eurostat: {{{instead}}}, or, to leave "
            f"it as it is, eurostat: {{{now}}}; one table never mixes the two"
        )
        # The choices, as they are written in the file.
        remedy = (EUROSTAT, f"{','.join(tables)} {chosen} {other}")
        mark = edition.vintage.edition.mark
        yield Problem(message=_of_tables(gaps), mark=mark, hint=hint, year=edition.year, remedy=remedy)


def _of_tables(gaps: Sequence[Unfilled]) -> Told:
    first = gaps[0]
    if len(gaps) == 1:
        return tell(
            N_("Eurostat’s table “{table}” is filled by {indicator}; {other} would fill {count} more of its cells"),
            table=Code(code=first.dataflow.code, label=first.dataflow.label),
            indicator=At(first.indicator),
            other=At(first.other),
            count=len(first.cells),
        )
    return tell(
        N_("Eurostat’s tables {tables} are filled by {indicator}; {other} would fill {count} more of their cells"),
        tables=tuple(Code(code=gap.dataflow.code, label=gap.dataflow.label) for gap in gaps),
        indicator=At(first.indicator),
        other=At(first.other),
        count=sum(len(gap.cells) for gap in gaps),
    )
