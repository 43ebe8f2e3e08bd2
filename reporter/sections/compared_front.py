"""What the first page of a comparison says. Headline, lead, and what changed. All of it is counted and named from the
rows of the comparison."""

from collections.abc import Iterable, Iterator, Sequence

from reporter.analysis.arithmetic import Change, Obstacle
from reporter.charts.main_breakdown import main_pair
from reporter.comparison import INHABITANTS, Compared, Manner, Sides, compare_named, counted_alike
from reporter.comparison.law import Thing, Turn, law_changes, plans_and_offices
from reporter.context import Context
from reporter.document.document import Run, Runs, Text, line
from reporter.document.outline import Part
from reporter.i18n import N_, NN_
from reporter.model import Contact, Plan, is_given
from reporter.model.label import altered
from reporter.prose.change_sentences import ChangeKind, kind_of_change
from reporter.prose.tally import tally
from reporter.sections.lines import paragraph
from reporter.sections.material import SectionMaterial
from reporter.sections.profile_tables import provision_name
from reporter.tables.compared import side_list, side_names

FRONT = "compared_glance"
DOWN, UP, HELD = (
    (ChangeKind.FELL, ChangeKind.ENDED),
    (ChangeKind.ROSE, ChangeKind.BEGAN),
    (ChangeKind.SAME, ChangeKind.NONE),
)
# The first count of a headline, and those that follow.
Counted = tuple[tuple[str, str], tuple[str, str]]
FIGURES: tuple[Counted, Counted, Counted] = (
    (NN_("{n} figure down", "{n} figures down"), NN_("{n} down", "{n} down")),
    (NN_("{n} figure up", "{n} figures up"), NN_("{n} up", "{n} up")),
    (NN_("{n} figure the same", "{n} figures the same"), NN_("{n} the same", "{n} the same")),
)
STEPS: tuple[Counted, Counted, Counted] = (
    (NN_("{n} fall", "{n} falls"), NN_("{n} fall", "{n} falls")),
    (NN_("{n} rise", "{n} rises"), NN_("{n} rise", "{n} rises")),
    (NN_("{n} unchanged", "{n} unchanged"), NN_("{n} unchanged", "{n} unchanged")),
)
REVISED: tuple[Counted, Counted, Counted] = (
    (NN_("{n} figure revised downwards", "{n} figures revised downwards"), NN_("{n} downwards", "{n} downwards")),
    (NN_("{n} figure revised upwards", "{n} figures revised upwards"), NN_("{n} upwards", "{n} upwards")),
    (NN_("{n} figure not revised", "{n} figures not revised"), NN_("{n} not revised", "{n} not revised")),
)
HEADS = {
    Manner.YEARS: (N_("Down."), N_("Up."), N_("Held.")),
    Manner.EDITIONS: (N_("Revised downwards."), N_("Revised upwards."), N_("Not revised.")),
}
LEADS = {
    Manner.YEARS: (N_("Lower in {last}: {labels}."), N_("Higher in {last}: {labels}.")),
    Manner.EDITIONS: (N_("Revised downwards: {labels}."), N_("Revised upwards: {labels}.")),
}
NO_FIGURE = {
    Manner.YEARS: N_("No figure for {year}."),
    Manner.EDITIONS: N_("No figure in the edition of {year}."),
}
# Of more than two years, from the last but one to the last.
LATEST = (N_("Lower in {last} than in {before}: {labels}."), N_("Higher in {last} than in {before}: {labels}."))
# With more pairs of neighbours than this their paragraphs have no room beside the chart.
MOST_BESIDE = 2
# So many letters of a headline fit on one line; the count of what stayed the same gives way.
MOST_IN_LINE = 50


def front_headline(part: Part, context: Context) -> Text | None:
    """The headline of the first page: how many figures went which way."""
    sides = context.sides
    if part.code != FRONT or sides is None:
        return None
    rows = _rows(context)
    if sides.manner is Manner.COUNTRIES:
        return line(_of_countries(context, rows, sides))
    told = tally(each for row in rows for each in row.changes)
    forms = REVISED if sides.manner is Manner.EDITIONS else FIGURES if len(sides.sides) == 2 else STEPS
    # What stayed the same comes last, and gives way where the line is too long.
    counts = [told.lower, told.higher, told.same]
    order = sorted(filter(counts.__getitem__, range(3)), key=lambda place: (place == 2, -counts[place]))
    numbers = context.locale.numerals(*(counts[place] for place in order))
    clauses: list[str] = []
    for place, number in zip(order, numbers, strict=True):
        form = forms[place][1 if clauses else 0]
        clauses.append(context.locale.count(*form, counts[place], n=number))
    message = (
        N_("{year} in the editions of {sides}: {told}") if sides.manner is Manner.EDITIONS else N_("{sides}: {told}")
    )
    named = (
        context.locale.years(side.edition.year for side in sides.sides)
        if sides.manner is Manner.EDITIONS
        else side_list(context, sides)
    )
    known = {"year": sides.last.year, "sides": named}
    nothing = context.text("nothing that can be compared")
    said = [
        context.text(message, told=context.locale.joined(", ", clauses[:n]) or nothing, **known)
        for n in range(len(clauses), min(len(clauses), 2) - 1, -1)
    ] or [context.text(message, told=nothing, **known)]
    return line(next((each for each in said if len(each) <= MOST_IN_LINE), said[-1]))


def _of_countries(context: Context, rows: Sequence[Compared], sides: Sides) -> str:
    shared = [row for row in rows if sum(map(is_given, row.values)) > 1]
    alike = sum(counted_alike(row, sides) for row in shared)
    number, count = context.locale.numeral, context.locale.count
    words = (
        count(*NN_("{n} country", "{n} countries"), len(sides.sides), n=number(len(sides.sides))),
        count(*NN_("{n} figure", "{n} figures"), len(shared), n=number(len(shared))),
        count(*NN_("{n} counted alike", "{n} counted alike"), alike, n=number(alike))
        if alike
        else context.text("none counted alike"),
    )
    message = N_("{countries}: {figures}, {alike}")
    said = context.text(message, countries=words[0], figures=words[1], alike=words[2])
    return context.locale.opened(said)


def front_lead(part: Part, context: Context) -> Text | None:
    """The lead of the first page: what went down and up. Of more than two sides, from the last but one to the last."""
    sides = context.sides
    if part.code != FRONT or sides is None:
        return None
    apart = context.text("What cannot be compared is marked\u00a0≠.")
    if sides.manner is Manner.COUNTRIES:
        words = context.text("No difference is worked out between countries, and none is ranked.")
        return paragraph(context.locale.joined(" ", [words, apart]))
    before, last = side_names(context, sides)[-2:]
    told = []
    of_many = sides.manner is Manner.YEARS and len(sides.sides) > 2
    for message, kinds in zip(LATEST if of_many else LEADS[sides.manner], (DOWN, UP), strict=True):
        rows = [row for row in _rows(context) if row.changes and kind_of_change(row.changes[-1]) in kinds]
        if rows:
            labels = context.locale.listed(context.locale.inside(_label(context, row)) for row in rows)
            told.append(context.text(message, before=before, last=last, labels=labels))
    seen = [value for row in _rows(context) for value in row.values[-2:] if value]
    return paragraph(context.locale.joined(" ", [*told, apart]), tuple(seen))


def what_changed(material: SectionMaterial) -> Runs | None:
    """Say in short paragraphs what changed. Also what is new, what ended and what is not compared. Of more than two
    sides a paragraph for each pair of neighbours; of countries what each counts."""
    context, sides = material.context, material.context.sides
    if sides is None or not _rows(context):
        return None
    seen = tuple(value for row in _rows(context) for value in row.values if value)
    if sides.manner is Manner.COUNTRIES:
        runs = list(_countries(context, sides))
        return Runs(
            label=context.text("What stands here"),
            title=context.text("The countries in words"),
            runs=tuple(runs),
            aside=True,
            observations=seen,
        )
    pairs = len(sides.sides) - 1
    runs = list(_two(context, sides)) if pairs == 1 else [_pair(context, sides, n) for n in range(pairs)]
    runs.append(Run(context.text("Not explained."), context.text(UNEXPLAINED[sides.manner])))
    title = N_("The two editions in words") if sides.manner is Manner.EDITIONS else N_("The years in words")
    return Runs(
        label=context.text("What changed"),
        title=context.text(title),
        runs=tuple(runs),
        aside=pairs <= MOST_BESIDE,
        observations=seen,
    )


REASONS_OF_LISTS = N_("{labels}: the reasons stand beside the table and under the maps that follow.")
REASONS_OF_FIGURES = N_("{labels}: the reasons stand beside the table that follows.")
UNEXPLAINED = {
    Manner.YEARS: N_("Figures alone give no reason for a change: fewer cases on record need not mean fewer cases."),
    Manner.EDITIONS: N_("A revision says nothing about a rise or a fall; its reason stands in the notes."),
}


def _rows(context: Context) -> list[Compared]:
    rows = [row for row in context.rows if row.address != INHABITANTS]
    return sorted(rows, key=lambda row: (not row.indicator.key, row.indicator.key))


def _label(context: Context, row: Compared) -> str:
    return row.indicator.label.text(context.locale.language)


def _two(context: Context, sides: Sides) -> Iterator[Run]:
    rows = _rows(context)
    for message, kinds in zip(HEADS[sides.manner], (DOWN, UP, HELD), strict=True):
        found = [row for row in rows if kind_of_change(row.changes[0]) in kinds]
        if found and kinds is HELD:
            yield Run(context.text(message), _closed(context, [_label(context, row) for row in found]))
        elif found:
            words = (_moved(context, row) for row in found)
            yield Run(context.text(message), context.locale.joined(" ", words))
    yield from _new(context, sides, rows)
    if apart := list(_apart(context, sides, rows)):
        message = REASONS_OF_LISTS if sides.manner is Manner.YEARS else REASONS_OF_FIGURES
        text = context.text(message, labels=context.locale.opened(context.locale.listed(apart)))
        yield Run(context.text("≠ Not compared."), text, caution=True)


def _moved(context: Context, row: Compared) -> str:
    """A figure with its values, and its parts that changed. The parts are those of one breakdown, where it is not
    drawn."""
    change = row.changes[0]
    drawn = main_pair(context)
    names = dict.fromkeys(part.dimension for part in row.parts)
    for name in names:
        if drawn and (drawn.row.address, drawn.dimension) == (row.address, name):
            continue
        # A part that moved the other way has no place under this head.
        parts = [part for part in row.within(name) if (part.changes[0].difference or 0) * (change.difference or 0) > 0]
        if parts:
            labels = (
                context.text(
                    "{label} {values}",
                    label=context.locale.inside(context.code_label(part.dimension, part.code)),
                    values=_from(context, part.changes[0]),
                )
                for part in parts
            )
            return context.text(
                "{label} {values}: {parts}.",
                label=_label(context, row),
                values=_from(context, change),
                parts=context.locale.joined(", ", labels),
            )
    return context.text("{label} {values}.", label=_label(context, row), values=_from(context, change))


def _from(context: Context, change: Change) -> str:
    before, after = context.locale.value(change.before), context.locale.value(change.after)
    return context.text("from {before} to {after}", before=before, after=after)


def _new(context: Context, sides: Sides, rows: Iterable[Compared]) -> Iterator[Run]:
    """What began and what ended of law, plans and bodies, and the figures that one side alone has."""
    editions = [side.edition for side in sides.sides]
    figures = [row for row in rows if row.changes[0].obstacle is Obstacle.MISSING]
    turned = [(each.turn, provision_name(context, each.provision)) for each in law_changes(editions)]
    turned += [
        (each.turn, _named(context, each.thing))
        for each in plans_and_offices(editions)
        if not isinstance(each.thing, Contact) and each.is_itself
    ]
    begun = [name for turn, name in turned if turn is Turn.NEW]
    ended = [name for turn, name in turned if turn is Turn.ENDED]
    amended = [name for turn, name in turned if turn is Turn.AMENDED]
    for head, names in (
        (N_("New."), begun),
        (N_("Amended."), amended),
        (N_("Ended."), ended),
    ):
        if names:
            yield Run(context.text(head), _closed(context, names))
    for side, other in ((0, -1), (-1, 0)):
        if names := [_label(context, row) for row in figures if is_given(row.values[other])]:
            year = sides.sides[side].edition.year
            yield Run(context.text(NO_FIGURE[sides.manner], year=year), _closed(context, names))


def _named(context: Context, thing: Thing) -> str:
    name = thing.name.text(context.locale.language)
    if not isinstance(thing, Plan):
        return name
    return context.text("{label}, {year}", label=name, year=context.locale.period(str(thing.first), str(thing.last)))


def _closed(context: Context, names: Sequence[str]) -> str:
    shown = context.locale.joined("; ", dict.fromkeys(names))
    return shown if shown.endswith(".") else context.locale.put("{}.", shown)


def _apart(context: Context, sides: Sides, rows: Iterable[Compared]) -> Iterator[str]:
    """The figures that both sides have but that are not compared. The lists of countries, too, where they are of
    different kinds."""
    for row in rows:
        if row.changes[0].difference is None and row.changes[0].obstacle is not Obstacle.MISSING:
            yield context.locale.inside(_label(context, row))
    if sides.manner is Manner.YEARS:
        found = compare_named(sides)
        if len(found) > 1 and not any(each.is_comparable for each in found):
            yield context.text("the lists of countries")


def _pair(context: Context, sides: Sides, first: int) -> Run:
    names, rows, told = side_names(context, sides), _rows(context), list[str]()
    groups = (
        (N_("Down: {labels}."), DOWN), (N_("Up: {labels}."), UP), (N_("The same: {labels}."), HELD),
    )  # fmt: skip
    for message, kinds in groups:
        found = [row for row in rows if kind_of_change(row.changes[first]) in kinds]
        if found:
            told.append(
                context.text(
                    message, labels=context.locale.joined(", ", (_short(context, row, first) for row in found))
                )
            )
    apart = [
        context.locale.inside(_label(context, row))
        for row in rows
        if row.changes[first].obstacle not in (None, Obstacle.MISSING)
    ]
    if apart:
        told.append(context.text("≠ Not compared: {labels}.", labels=context.locale.joined(", ", apart)))
    head = context.text("{first} to {last}.", first=names[first], last=names[first + 1])
    return Run(
        altered(head, lambda text: text[:1].upper() + text[1:]),
        context.locale.joined(" ", told) or context.text("Nothing that can be compared."),
    )


def _short(context: Context, row: Compared, first: int) -> str:
    change = row.changes[first]
    before, after = context.locale.value(change.before), context.locale.value(change.after)
    label = context.locale.inside(_label(context, row))
    return context.locale.put("{} {}" if before == after else "{} {} → {}", label, before, after)


def _countries(context: Context, sides: Sides) -> Iterator[Run]:
    rows = _rows(context)
    shared = [row for row in rows if sum(map(is_given, row.values)) > 1]
    alike = [row for row in shared if counted_alike(row, sides)]
    if alike:
        yield Run(context.text("Counted alike."), _closed(context, [_values(context, row, sides) for row in alike]))
    if apart := [row for row in shared if row not in alike]:
        yield Run(
            context.text("≠ Counted differently."),
            _closed(context, [_values(context, row, sides) for row in apart]),
            caution=True,
        )
    victims = [row for row in rows if row.address.startswith("victims.")]
    if len(victims) > 1:
        words = N_("{values} Each is a population of its own; they are never joined.")
        text = context.text(words, values=_closed(context, [_values(context, row, sides) for row in victims]))
        yield Run(context.text("Victims, as each counts them."), text)
    others = [row for row in rows if row not in shared and row not in victims]
    if others:
        names = [context.locale.inside(_label(context, row)) for row in others]
        yield Run(context.text("Known of one only."), context.locale.opened(_closed(context, names)))


def _values(context: Context, row: Compared, sides: Sides) -> str:
    named = (
        context.locale.put("{} {}", name, context.locale.value(seen))
        for name, seen in zip(side_names(context, sides), row.values, strict=True)
        if is_given(seen)
    )
    return context.locale.put("{}: {}", _label(context, row), context.locale.joined(", ", named))
