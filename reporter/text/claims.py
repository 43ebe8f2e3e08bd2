"""Claims, words of the narrative such as "fell" or "most" bound to a figure, checked against the figures."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from operator import eq, ge, gt, le, lt

from reporter.data.i18n import N_
from reporter.data.records import Observation, Status, Vintage, is_given
from reporter.data.records.message import At, Told, tell
from reporter.figures.analysis import arithmetic
from reporter.figures.analysis.arithmetic import Obstacle, part_value

Verdict = Callable[[Vintage, Observation, int], str]
Comparison = Callable[[Decimal, Decimal], bool]
APART = N_("{one} and {other} cannot be compared ({obstacle}): give the year since which it has been true")
IN_A_WORD = {
    Obstacle.MISSING: N_("missing"),
    Obstacle.HIDDEN: N_("hidden"),
    Obstacle.PERIOD: N_("period"),
    Obstacle.BREAK: N_("break"),
    Obstacle.DEFINITION: N_("definition"),
    Obstacle.BOUND: N_("bound"),
    Obstacle.DOUBT: N_("doubt"),
}


def why_untrue(claim: str, vintage: Vintage, observation: Observation, base: int | None) -> str:
    """Say briefly why the data contradict a claim; empty when they support it. `base` is the year from which a change
    is measured, or the first year of a rank; see `beginning` for the default."""
    if observation.owner:
        return tell(N_("counts of law and activities belong to no year"))
    if base is not None and base >= observation.year:
        return tell(N_("it is measured from {base}, which is not before {year}"), base=base, year=observation.year)
    return CLAIMS[claim](vintage, observation, beginning(claim, vintage, observation) if base is None else base)


def beginning(claim: str, vintage: Vintage, observation: Observation) -> int:
    """The default base: a change's year before, a rank's first value, a state's own year, else the first edition."""
    if claim in CHANGES:
        return observation.year - 1
    if claim in STATES:
        return observation.year
    series = vintage.series(observation.indicator, observation.code)
    years = [entry.year for entry in series if is_given(entry)] if claim in RANKS else []
    return min(years, default=vintage.years[0])


def _moved(holds: Comparison, vintage: Vintage, observation: Observation, base: int) -> str:
    change = arithmetic.change(vintage.series(observation.indicator, observation.code), observation.year, base)
    if change.difference is None:
        frame = N_("{one} and {other} cannot be compared ({obstacle})")
        return tell(frame, one=base, other=observation.year, obstacle=because(change.obstacle))
    if holds(change.difference, Decimal(0)):
        return ""
    frame = N_("it went from {was} in {base} to {now} in {year}")
    return tell(frame, was=_value(change.before), base=base, now=_value(change.after), year=observation.year)


def _ranked(holds: Comparison, vintage: Vintage, observation: Observation, base: int) -> str:
    series = vintage.series(observation.indicator, observation.code)
    years = [year for year in vintage.years if year >= base and year != observation.year]
    if not years:
        return tell(N_("no other year since {base} has a value"), base=base)
    for year in years:
        other = series.get(year)
        # Figures that a draft leaves open contradict nothing yet.
        if other and other.status in (Status.UNANSWERED, Status.UNREADABLE):
            continue
        if other is None or not is_given(other):
            return tell(N_("nothing is known for {year}: give the year since which it has been true"), year=year)
        if obstacle := arithmetic.change(series, observation.year, other.year).obstacle:
            return tell(APART, one=other.year, other=observation.year, obstacle=because(obstacle))
        if not holds(_number(observation), _number(other)):
            frame = N_("it was {was} in {before} and {now} in {year}")
            return tell(frame, was=_value(other), before=other.year, now=_value(observation), year=observation.year)
    return ""


def _most(vintage: Vintage, value: Observation, _base: int) -> str:
    """A part is the most frequent, even if everything not stated belonged to another part."""
    axis = vintage.catalogue.dimension(value.dimension)
    if axis is None:
        return tell(N_("only a part of a breakdown can be the most frequent"))
    parts = vintage.parts(value.indicator, value.dimension, value.year)
    rest = arithmetic.remainder(vintage.observation(value.figure, value.year), parts, axis)
    rival = next_best(vintage, value)
    if rest is None or not arithmetic.is_exact(value):
        return tell(N_("not all parts of {figure} in {year} are known"), figure=At(value.figure), year=value.year)
    if rival is None:
        return tell(N_("there is no other part"))
    if _number(value) > _number(rival) + max(rest, Decimal(0)):
        return ""
    unknown = N_("it is {value}, {other} is {most}, and {rest} are not stated")
    frame = unknown if rest > 0 else N_("it is {value}, {other} is {most}")
    return tell(frame, value=_value(value), other=axis.get(rival.code), most=_value(rival), rest=rest)


def next_best(vintage: Vintage, observation: Observation) -> Observation | None:
    axis = vintage.catalogue.dimension(observation.dimension)
    parts = vintage.parts(observation.indicator, observation.dimension, observation.year) if axis else ()
    rivals = [part for part in arithmetic.top_parts(parts, axis) if part.code != observation.code] if axis else []
    return max(rivals, key=_number, default=None)


def _shared(holds: Comparison, frame: str, vintage: Vintage, observation: Observation, _base: int) -> str:
    """A part is so much of its whole, including persons whose part is not stated."""
    if not observation.code:
        return tell(frame)
    total = vintage.observation(observation.figure, observation.year)
    share = arithmetic.share(observation, total) if total else None
    if share is None:
        return tell(N_("the part or its total is not known exactly for {year}"), year=observation.year)
    is_true = holds(share.part, share.base)
    return "" if is_true else tell(N_("it is {part} of {whole}"), part=share.part, whole=share.base)


def _zero(_vintage: Vintage, item: Observation, _base: int) -> str:
    if not arithmetic.is_sound(item):
        return tell(N_("it is not known exactly for {year}"), year=item.year)
    return tell(N_("it is {value} in {year}"), value=_value(item), year=item.year) if item.value else ""


def _amounts(_vintage: Vintage, observation: Observation, _base: int) -> str:
    """A number in the words is that of the figure; the words themselves are checked where they are read."""
    return tell(N_("it is in doubt for {year}"), year=observation.year) if observation.doubtful else ""


def _first(vintage: Vintage, observation: Observation, base: int) -> str:
    if not observation.value:
        return tell(N_("it is {value} in {year}"), value=_value(observation), year=observation.year)
    for year in range(base, observation.year):
        earlier = vintage.observation(observation.address, year)
        if earlier is None and observation.code:
            # A complete breakdown does not name a part that is zero.
            earlier = part_value(vintage, observation.indicator, observation.dimension, observation.code, year)
        if earlier is None or not is_given(earlier):
            return tell(N_("nothing is known for {year}: give the year since which it has been true"), year=year)
        if earlier.value:
            return tell(N_("it was {value} in {year} already"), value=earlier.value, year=year)
        # A break or other definition in its own series or that of its total.
        for code in dict.fromkeys((observation.code, "")):
            obstacle = arithmetic.change(vintage.series(observation.indicator, code), observation.year, year).obstacle
            if obstacle in (Obstacle.BREAK, Obstacle.DEFINITION):
                return tell(APART, one=year, other=observation.year, obstacle=because(obstacle))
    return ""


def _number(observation: Observation) -> Decimal:
    return observation.value or Decimal(0)


def _value(observation: Observation | None) -> Decimal | None:
    return None if observation is None else observation.value


def because(obstacle: Obstacle | None) -> Told | None:
    return tell(IN_A_WORD[obstacle]) if obstacle else None


CHANGES, RANKS = ("rose", "fell", "unchanged"), ("highest", "lowest")
# Claims that only a part of a breakdown can support.
PARTS = ("most", "majority", "all")
# Claims about one year; measured from an earlier one, they hold in every year since.
STATES = (*PARTS, "zero", "amounts")
CLAIMS: Mapping[str, Verdict] = {
    "rose": partial(_moved, gt),
    "fell": partial(_moved, lt),
    "unchanged": partial(_moved, eq),
    "highest": partial(_ranked, ge),
    "lowest": partial(_ranked, le),
    "most": _most,
    "majority": partial(
        _shared, lambda part, base: 2 * part > base, N_("only a part of a breakdown can be the majority")
    ),
    "first": _first,
    "zero": _zero,
    "all": partial(_shared, lambda part, base: 0 < part == base, N_("only a part of a breakdown can be all of it")),
    "amounts": _amounts,
}
