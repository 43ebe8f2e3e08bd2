"""A headline and a lead on two years, counted from figures."""

from collections.abc import Sequence
from decimal import Decimal

from reporter.comparison import Compared, Manner
from reporter.context import Context
from reporter.document.document import Text, line
from reporter.i18n import N_, NN_
from reporter.model import Flag, Observation
from reporter.prose.tally import tally
from reporter.sections.lines import paragraph
from reporter.tables.compared import key_rows
from reporter.tables.tabulate import FLAG_WORDS

# Each of falling, rising and staying: what opens the headline, and what follows in it.
COUNTS = (
    (NN_("{n} key figure fell", "{n} key figures fell"), NN_("{n} fell", "{n} fell")),
    (NN_("{n} key figure rose", "{n} key figures rose"), NN_("{n} rose", "{n} rose")),
    (NN_("{n} key figure stayed the same", "{n} key figures stayed the same"), NN_("{n} stayed", "{n} stayed")),
)
# Of the figures that moved one way: the only one, and the one that moved most; of whom, where a part says it.
FELL, FELL_MOST = N_("{label}: {n} fewer"), N_("{label} fell most: {n} fewer")
ROSE, ROSE_MOST = N_("{label}: {n} more"), N_("{label} rose most: {n} more")
OF_WHOM = N_("{told}, {n} of them {part}")
# The breakdowns whose parts are persons.
PERSONS = ("person", "client", "citizenship")


def finding(context: Context) -> Text | None:
    """How many key figures fell, rose and stayed, the most first. None where none of them can be compared with the year
    before."""
    rows = _compared(context)
    found, said = tally(row.overall for row in rows), context.locale.numeral
    counted = sorted(zip((found.lower, found.higher, found.same), COUNTS, strict=True), key=lambda each: -each[0])
    shown = [(n, first if not place else later) for place, (n, (first, later)) in enumerate(counted) if n]
    told = [context.locale.count(*forms, n, n=said(n)) for n, forms in shown]
    return line(context.locale.opened(context.locale.joined(", ", told)), _seen(rows)) if told else None


def lead(context: Context) -> Text | None:
    """Say which of all key figures that can be compared fell most, and which rose. None where none can be."""
    rows = [row for row in _compared(context) if _difference(row)]
    sides = [[row for row in rows if (_difference(row) > 0) == up] for up in (False, True)]
    told = [_most(context, moved, up=up) for up, moved in zip((False, True), sides, strict=True) if moved]
    if not told:
        return None
    sentences = [context.locale.put("{}.", each) for each in told]
    return paragraph(context.locale.joined(" ", sentences), _seen(rows))


def counted_label(context: Context, code: str, seen: Observation | None) -> str:
    """The name of a figure by what it counts; with a word that its definition differs, where that has no name."""
    indicator = context.indicator(code)
    named = indicator.name_by(seen.definition if seen else "")
    label = named.text(context.locale.language)
    if seen is None or Flag.DEFINITION_DIFFERS not in seen.flags or named is not indicator.label:
        return label
    return context.locale.put("{} ({})", label, context.text(FLAG_WORDS[Flag.DEFINITION_DIFFERS]))


def _compared(context: Context) -> list[Compared]:
    if context.sides is None or context.sides.manner is not Manner.YEARS:
        return []
    return [row for row in key_rows(context) if row.overall and row.overall.difference is not None]


def _difference(row: Compared) -> Decimal:
    return (row.overall and row.overall.difference) or Decimal()


def _seen(rows: Sequence[Compared]) -> tuple[Observation, ...]:
    return tuple(seen for row in rows for seen in (row.values[0], row.values[-1]) if seen)


def _most(context: Context, moved: Sequence[Compared], *, up: bool) -> str:
    row = max(moved, key=lambda each: abs(_difference(each)))
    frames = (ROSE, ROSE_MOST) if up else (FELL, FELL_MOST)
    label, n = counted_label(context, row.indicator.code, row.values[-1]), abs(_difference(row))
    # Of two that moved alike neither moved most.
    most = len(moved) > 1 and sum(abs(_difference(each)) == n for each in moved) == 1
    told = context.text(frames[most], label=label, n=context.locale.number(n))
    part = _of_whom(row) if n > 1 else None
    if part is None:
        return told
    whom = context.locale.inside(context.code_label(part.dimension, part.code))
    number = context.locale.number(abs(_difference(part)))
    return context.text(OF_WHOM, told=told, n=number, part=whom)


def _of_whom(row: Compared) -> Compared | None:
    """The part that most of a change is about. Only of a whole breakdown in which nothing moved the other way."""
    for name, rests in row.rests:
        if name not in PERSONS:
            continue
        parts = row.within(name)
        apart = any(part.overall is None or part.overall.difference is None for part in parts)
        against = any(_difference(part) * _difference(row) < 0 for part in parts)
        if apart or against or rests[0] != 0 or rests[-1] != 0:
            continue
        first = max(parts, key=lambda part: abs(_difference(part)))
        if abs(_difference(first)) * 2 > abs(_difference(row)):
            return first
    return None
