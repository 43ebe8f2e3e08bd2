"""Words of the page that compares years, editions or countries: headline, lead, how to read it."""

from collections.abc import Sequence
from decimal import Decimal

from reporter.comparison import INHABITANTS, Compared, Manner, Sides, counted_alike
from reporter.context import Context
from reporter.document.document import Box, Text, line
from reporter.i18n import N_, NN_
from reporter.model import Flag, Observation, is_given
from reporter.prose.tally import tally
from reporter.sections.boxes import TITLE
from reporter.sections.lines import paragraph
from reporter.tables.compared import key_rows, side_names
from reporter.tables.tabulate import FLAG_WORDS

# Each of falling, rising and staying: what opens the headline, and what follows in it.
COUNTS = (
    (NN_("{n} key figure fell", "{n} key figures fell"), NN_("{n} fell", "{n} fell")),
    (NN_("{n} key figure rose", "{n} key figures rose"), NN_("{n} rose", "{n} rose")),
    (NN_("{n} key figure stayed the same", "{n} key figures stayed the same"), NN_("{n} stayed", "{n} stayed")),
)
# Of one year as two editions state it: a difference is a revision.
REVISED = (
    (NN_("{n} figure revised downwards", "{n} figures revised downwards"), NN_("{n} downwards", "{n} downwards")),
    (NN_("{n} figure revised upwards", "{n} figures revised upwards"), NN_("{n} upwards", "{n} upwards")),
    (NN_("{n} figure not revised", "{n} figures not revised"), NN_("{n} not revised", "{n} not revised")),
)
# Of the figures that moved one way: the only one, and the one that moved most; of whom, where a part says it.
FELL, FELL_MOST = N_("{label}: {n} fewer"), N_("{label} fell most: {n} fewer")
ROSE, ROSE_MOST = N_("{label}: {n} more"), N_("{label} rose most: {n} more")
OF_WHOM = N_("{told}, {n} of them {part}")
# The breakdowns whose parts are persons.
PERSONS = ("person", "client", "citizenship")
LEADS = {
    Manner.EDITIONS: N_("What differs is a revision, and says nothing about a rise or a fall."),
    Manner.COUNTRIES: N_("No difference is worked out between countries, and none is ranked."),
}
READING = {
    Manner.YEARS: (
        N_("Figures alone give no reason for a change: fewer cases on record need not mean fewer cases."),
        N_("The persons prosecuted or convicted in a year often belong to investigations of earlier years."),
    ),
    Manner.EDITIONS: (N_("All columns are about the same year; the notes give the reason for each revision."),),
    Manner.COUNTRIES: (
        N_("Countries define and register cases differently: where figures are not counted alike, the notes say why."),
    ),
}
APART = N_("What cannot be compared is marked\u00a0≠.")


def finding(context: Context) -> Text | None:
    """How many figures fell, rose and stayed, or were revised, the most first; of countries how many they count alike.
    None where none can be compared."""
    sides = context.sides
    if sides and sides.manner is Manner.COUNTRIES:
        return line(_alike(context, sides))
    rows, said = _compared(context), context.locale.numeral
    forms = REVISED if sides and sides.manner is Manner.EDITIONS else COUNTS
    found = tally(row.overall for row in rows)
    counted = sorted(zip((found.lower, found.higher, found.same), forms, strict=True), key=lambda each: -each[0])
    # Revised figures come first.
    counted.sort(key=lambda each: each[1] is REVISED[-1])
    shown = [(n, first if not place else later) for place, (n, (first, later)) in enumerate(counted) if n]
    counts = context.locale.joined(", ", [context.locale.count(*each, n, n=said(n)) for n, each in shown])
    if counts and sides and len(sides.sides) > 2:
        names = side_names(context, sides)
        counts = context.text("{first} to {last}: {counts}", first=names[0], last=names[-1], counts=counts)
    return line(context.locale.opened(counts), _seen(rows)) if counts else None


def _alike(context: Context, sides: Sides) -> str:
    rows = [row for row in context.rows if row.address != INHABITANTS and sum(map(is_given, row.values)) > 1]
    alike = sum(counted_alike(row, sides) for row in rows)
    number, count = context.locale.numeral, context.locale.count
    said = context.text(
        "{countries}: {figures}, {alike}",
        countries=count(*NN_("{n} country", "{n} countries"), len(sides.sides), n=number(len(sides.sides))),
        figures=count(*NN_("{n} figure", "{n} figures"), len(rows), n=number(len(rows))),
        alike=count(*NN_("{n} counted alike", "{n} counted alike"), alike, n=number(alike))
        if alike
        else context.text("none counted alike"),
    )
    return context.locale.opened(said)


def lead(context: Context) -> Text | None:
    """Say which of all key figures that can be compared fell most, and which rose; of editions and countries what their
    differences are. None where nothing can be said."""
    if context.sides and context.sides.manner in LEADS:
        return paragraph(context.text(LEADS[context.sides.manner]))
    rows = [row for row in _compared(context) if _difference(row)]
    sides = [[row for row in rows if (_difference(row) > 0) == up] for up in (False, True)]
    parts = [_most(context, moved, up=up) for up, moved in zip((False, True), sides, strict=True) if moved]
    if not parts:
        return None
    sentences = [context.locale.put("{}.", each) for each in parts]
    return paragraph(context.locale.joined(" ", sentences), _seen(rows))


def reading_the_comparison(context: Context) -> Box | None:
    """Say how the sides of a comparison are to be read."""
    if context.sides is None:
        return None
    said = (*READING[context.sides.manner], APART)
    return Box(context.text(TITLE), tuple(map(context.text, said)))


def counted_label(context: Context, code: str, seen: Observation | None) -> str:
    """The name of a figure by what it counts; with a word that its definition differs, where that has no name."""
    indicator = context.indicator(code)
    named = indicator.name_by(seen.definition if seen else "")
    label = named.text(context.locale.language)
    if seen is None or Flag.DEFINITION_DIFFERS not in seen.flags or named is not indicator.label:
        return label
    return context.locale.put("{} ({})", label, context.text(FLAG_WORDS[Flag.DEFINITION_DIFFERS]))


def _compared(context: Context) -> list[Compared]:
    """The key figures that compare with the first side; of editions every figure that does."""
    of_editions = context.sides is not None and context.sides.manner is Manner.EDITIONS
    rows = (row for row in context.rows if row.address != INHABITANTS) if of_editions else key_rows(context)
    return [row for row in rows if row.overall and row.overall.difference is not None]


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
