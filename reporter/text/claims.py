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


def why_untrue(claim: str, vintage: Vintage, seen: Observation, base: int | None) -> str:
    """Say briefly why the data contradict a claim; empty when they support it. `base` is the year from which a change
    is measured, or the first year of a rank; see `beginning` for the default."""
    if seen.owner:
        return tell(N_("counts of law and activities belong to no year"))
    if base is not None and base >= seen.year:
        return tell(N_("it is measured from {base}, which is not before {year}"), base=base, year=seen.year)
    return CLAIMS[claim](vintage, seen, beginning(claim, vintage, seen) if base is None else base)


def beginning(claim: str, vintage: Vintage, seen: Observation) -> int:
    """The default base: a change's year before, a rank's first value, a state's own year, else the first edition."""
    if claim in CHANGES:
        return seen.year - 1
    if claim in STATES:
        return seen.year
    series = vintage.series(seen.indicator, seen.code)
    given = [each.year for each in series if is_given(each)] if claim in RANKS else []
    return min(given, default=vintage.years[0])


def _moved(holds: Comparison, vintage: Vintage, seen: Observation, base: int) -> str:
    found = arithmetic.change(vintage.series(seen.indicator, seen.code), seen.year, base)
    if found.difference is None:
        frame = N_("{one} and {other} cannot be compared ({obstacle})")
        return tell(frame, one=base, other=seen.year, obstacle=because(found.obstacle))
    if holds(found.difference, Decimal(0)):
        return ""
    frame = N_("it went from {was} in {base} to {now} in {year}")
    return tell(frame, was=_said(found.before), base=base, now=_said(found.after), year=seen.year)


def _ranked(holds: Comparison, vintage: Vintage, seen: Observation, base: int) -> str:
    series = vintage.series(seen.indicator, seen.code)
    years = [year for year in vintage.years if year >= base and year != seen.year]
    if not years:
        return tell(N_("no other year since {base} has a value"), base=base)
    for year in years:
        each = series.get(year)
        # Figures that a draft leaves open contradict nothing yet.
        if each and each.status in (Status.UNANSWERED, Status.UNREADABLE):
            continue
        if each is None or not is_given(each):
            return tell(N_("nothing is known for {year}: give the year since which it has been true"), year=year)
        if obstacle := arithmetic.change(series, seen.year, each.year).obstacle:
            return tell(APART, one=each.year, other=seen.year, obstacle=because(obstacle))
        if not holds(_number(seen), _number(each)):
            frame = N_("it was {was} in {before} and {now} in {year}")
            return tell(frame, was=_said(each), before=each.year, now=_said(seen), year=seen.year)
    return ""


def _most(vintage: Vintage, seen: Observation, _base: int) -> str:
    """A part is the most frequent, even if everything not stated belonged to another part."""
    axis = vintage.catalogue.dimension(seen.dimension)
    if axis is None:
        return tell(N_("only a part of a breakdown can be the most frequent"))
    parts = vintage.parts(seen.indicator, seen.dimension, seen.year)
    rest = arithmetic.remainder(vintage.observation(seen.figure, seen.year), parts, axis)
    rival = next_best(vintage, seen)
    if rest is None or not arithmetic.is_exact(seen):
        return tell(N_("not all parts of {figure} in {year} are known"), figure=At(seen.figure), year=seen.year)
    if rival is None:
        return tell(N_("there is no other part"))
    if _number(seen) > _number(rival) + max(rest, Decimal(0)):
        return ""
    unknown = N_("it is {value}, {other} is {most}, and {rest} are not stated")
    frame = unknown if rest > 0 else N_("it is {value}, {other} is {most}")
    return tell(frame, value=_said(seen), other=axis.get(rival.code), most=_said(rival), rest=rest)


def next_best(vintage: Vintage, seen: Observation) -> Observation | None:
    axis = vintage.catalogue.dimension(seen.dimension)
    parts = vintage.parts(seen.indicator, seen.dimension, seen.year) if axis else ()
    rivals = [each for each in arithmetic.top_parts(parts, axis) if each.code != seen.code] if axis else []
    return max(rivals, key=_number, default=None)


def _shared(holds: Comparison, frame: str, vintage: Vintage, seen: Observation, _base: int) -> str:
    """A part is so much of its whole, including persons whose part is not stated."""
    if not seen.code:
        return tell(frame)
    total = vintage.observation(seen.figure, seen.year)
    share = arithmetic.share(seen, total) if total else None
    if share is None:
        return tell(N_("the part or its total is not known exactly for {year}"), year=seen.year)
    is_true = holds(share.part, share.base)
    return "" if is_true else tell(N_("it is {part} of {whole}"), part=share.part, whole=share.base)


def _zero(_vintage: Vintage, seen: Observation, _base: int) -> str:
    if not arithmetic.is_sound(seen):
        return tell(N_("it is not known exactly for {year}"), year=seen.year)
    return tell(N_("it is {value} in {year}"), value=_said(seen), year=seen.year) if seen.value else ""


def _amounts(_vintage: Vintage, seen: Observation, _base: int) -> str:
    """A number in the words is that of the figure; the words themselves are checked where they are read."""
    return tell(N_("it is in doubt for {year}"), year=seen.year) if seen.doubtful else ""


def _first(vintage: Vintage, seen: Observation, base: int) -> str:
    if not seen.value:
        return tell(N_("it is {value} in {year}"), value=_said(seen), year=seen.year)
    for year in range(base, seen.year):
        earlier = vintage.observation(seen.address, year)
        if earlier is None and seen.code:
            # A complete breakdown does not name a part that is zero.
            earlier = part_value(vintage, seen.indicator, seen.dimension, seen.code, year)
        if earlier is None or not is_given(earlier):
            return tell(N_("nothing is known for {year}: give the year since which it has been true"), year=year)
        if earlier.value:
            return tell(N_("it was {value} in {year} already"), value=earlier.value, year=year)
        # A break or other definition in its own series or that of its total.
        for code in dict.fromkeys((seen.code, "")):
            obstacle = arithmetic.change(vintage.series(seen.indicator, code), seen.year, year).obstacle
            if obstacle in (Obstacle.BREAK, Obstacle.DEFINITION):
                return tell(APART, one=year, other=seen.year, obstacle=because(obstacle))
    return ""


def _number(seen: Observation) -> Decimal:
    return seen.value or Decimal(0)


def _said(seen: Observation | None) -> Decimal | None:
    return None if seen is None else seen.value


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
