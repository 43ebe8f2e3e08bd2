"""Law, plans and offices that are new, amended or ended."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from reporter.data.i18n import N_, NN_, NP_
from reporter.data.records import ActivityKind, Contact, Institution, Plan, Vintage
from reporter.data.records.label import altered
from reporter.figures.analysis.arithmetic import Obstacle
from reporter.figures.compare.figures import Manner, Sides
from reporter.figures.compare.law import Event, LawChange, OfficeChange, law_changes, plans_and_offices
from reporter.report.context import Context
from reporter.report.document.document import Block, Column, Run, Runs, Table
from reporter.report.sections.profile_tables import limit, provision_name
from reporter.report.tables.tabulate import Content, Line, TableHeader, TextWithNote, tabulate
from reporter.text.change_sentences import REASONS
from reporter.text.tree import paragraph

# An edition and the next one.
Pair = tuple[Vintage, Vintage]
# The heading above these words; elsewhere a change is a difference of figures.
EVENT = NP_("added, amended or ended", "Change")
TURNS = {Event.NEW: N_("new"), Event.AMENDED: N_("amended"), Event.ENDED: N_("ended")}
# A contact exists before it is listed, and after.
LISTED = {Event.NEW: N_("newly listed"), Event.ENDED: N_("no longer listed")}
KINDS: Mapping[type[Plan | Institution | Contact], str] = {
    Plan: N_("Plans"),
    Institution: N_("Institutions and what they do"),
    Contact: N_("Contacts"),
}
# The most names for each kind of change in the brief.
MOST_NAMES = 2
BRIEF = {Event.NEW: N_("New: {names}."), Event.AMENDED: N_("Amended: {names}."), Event.ENDED: N_("Ended: {names}.")}
MORE = NN_("{names} and {n} more", "{names} and {n} more")
PROJECTS = "assistance.projects"
Named = Sequence[tuple[Event, str]]
NOTHING = N_(
    "Of the {things} recorded here, none is known to have begun, been amended or ended between {first} and {last}."
)
BETWEEN = N_("Between {first} and {last}, by known dates; undated items count as unchanged")


def law_changed(context: Context) -> tuple[Block, ...]:
    """What changed in law, plans, institutions and contacts from each side to the next, or a sentence that nothing did.
    Empty for countries."""
    if context.sides is None or context.sides.manner is Manner.COUNTRIES:
        return ()
    pairs = list(pairwise(side.edition for side in context.sides.sides))
    provisions = [(pair, law_changes(pair)) for pair in pairs]
    rest = [(pair, plans_and_offices(pair)) for pair in pairs]
    if not any(changes for _, changes in (*provisions, *rest)):
        nothing = _nothing(context, context.sides)
        return (paragraph(nothing),) if nothing else ()
    tables = [_provisions(context, provisions)] if any(changes for _, changes in provisions) else []
    if any(changes for _, changes in rest):
        names = [EVENT, N_("Since"), N_("Until"), N_("Purpose")]
        lines = list[Line]()
        for (first, last), office_changes in rest:
            for kind, title in KINDS.items():
                mine = [change for change in office_changes if isinstance(change.thing, kind)]
                words = context.text(title)
                if len(pairs) > 1:
                    words = context.text("{label}, {year}", label=words, year=f"{first.year}–{last.year}")
                lines += [Line(words, heading=True)] if mine else []
                lines += [_office(context, change) for change in mine]
        caption = N_("Plans, institutions and contacts: new and ended")
        tables.append(_table(context, "offices_changed", caption, names, lines))
    return tuple(tables)


def law_in_brief(context: Context) -> Runs | None:
    """What is new in law and plans, in a narrow column: the first names of each kind, or a sentence that nothing is
    new. None unless the sides are two years."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.YEARS or len(sides.sides) != 2:
        return None
    kinds = _in_kinds(context, (sides.first.edition, sides.last.edition))
    runs = [_run(context, context.text(head), _brief_sentences(context, named)) for head, named in kinds if named]
    runs += _projects(context, sides)
    if not runs and (nothing := _nothing(context, sides)):
        runs = [Run("", nothing)]
    title = context.text("New since {year}", year=sides.first.year)
    return Runs(context.text("Law and plans"), title, tuple(runs), narrow=True) if runs else None


def _nothing(context: Context, sides: Sides) -> str:
    """The statement that no change is known; empty if nothing is recorded that could change."""
    countries = [side.edition.country for side in sides.sides]
    recorded = {
        N_("Legal provisions"): any(country.provisions for country in countries),
        N_("Plans"): any(country.plans for country in countries),
        N_("Institutions"): any(country.institutions for country in countries),
        N_("Contacts"): any(country.contacts for country in countries),
    }
    things = context.locale.listed(
        context.locale.inside(context.text(name)) for name, is_recorded in recorded.items() if is_recorded
    )
    return context.text(NOTHING, things=things, **_years(sides)) if things else ""


def _run(context: Context, head: str, words: str) -> Run:
    return Run(context.locale.put("{}.", head), words)


def _in_kinds(context: Context, editions: Sequence[Vintage]) -> list[tuple[str, Named]]:
    language, last = context.locale.language, editions[-1]
    law = [(change.turn, provision_name(context, change.provision)) for change in law_changes(editions)]
    turned = plans_and_offices(editions)
    plans = []
    for turn, plan in ((change.turn, change.thing) for change in turned if isinstance(change.thing, Plan)):
        years = context.locale.period(str(plan.first), str(plan.last))
        plans.append((turn, context.text("{label}, {year}", label=plan.name.text(language), year=years)))
    bodies = [
        (change.turn, change.thing.name.text(language))
        for change in turned
        if isinstance(change.thing, Institution) and change.is_itself
    ]
    activities = [event for event in last.data.activities if event.kind is ActivityKind.TRAINING and not event.target]
    training = [(Event.NEW, activity.title.text(language)) for activity in activities if activity.year == last.year]
    return [(N_("Plans"), plans), (N_("Law"), law), (N_("Bodies"), bodies), (N_("Training"), training)]


def _brief_sentences(context: Context, named: Named) -> str:
    sentences = []
    for turn, frame in BRIEF.items():
        names = list(dict.fromkeys(name for event, name in named if event is turn))
        left = len(names) - MOST_NAMES
        words = context.locale.joined("; ", names[:MOST_NAMES])
        if left > 0:
            words = context.locale.count(*MORE, left, names=words)
        # An abbreviation's full stop also ends the sentence.
        sentences += [context.text(frame, names=altered(words, lambda text: text.removesuffix(".")))] if names else []
    return context.locale.joined(" ", sentences)


def _projects(context: Context, sides: Sides) -> list[Run]:
    row = next((figure_row for figure_row in context.rows if figure_row.address == PROJECTS), None)
    if row is None or row.overall is None or row.overall.obstacle in (None, Obstacle.MISSING):
        return []
    words = N_("{after} in {last}, {before} in {first} ({reason}).")
    before, after = (context.locale.value(observation) for observation in (row.values[0], row.values[-1]))
    reason = context.text(REASONS[row.overall.obstacle])
    text = context.text(words, after=after, before=before, first=sides.first.year, last=sides.last.year, reason=reason)
    return [_run(context, row.indicator.label.text(context.locale.language), text)]


def _years(sides: Sides) -> dict[str, int]:
    return {"first": sides.first.edition.year, "last": sides.last.edition.year}


def _provisions(context: Context, changed: Sequence[tuple[Pair, Sequence[LawChange]]]) -> Table:
    penalties = any(row for _, changes in changed for change in changes for row in _penalties(context, change))
    names = [EVENT, N_("Since"), N_("Until"), *([N_("Before"), N_("Now")] if penalties else [])]
    lines: list[Line] = []
    for pair, pair_changes in changed:
        if pair_changes and len(changed) > 1:
            lines.append(Line(f"{pair[0].year}–{pair[1].year}", heading=True))
        lines += (line for change in pair_changes for line in _provision(context, change))
    return _table(context, "law_changed", N_("Law: new, amended and ended"), names, lines)


def _provision(context: Context, change: LawChange) -> Iterator[Line]:
    thing, language = change.provision, context.locale.language
    word = _word(context, change.turn, thing.note.text(language))
    label = context.locale.put("{}: {}", provision_name(context, thing), thing.subject.text(language))
    yield Line(label, [word, *_dates(context, thing.since, thing.until), "", ""])
    yield from _penalties(context, change)


def _penalties(context: Context, change: LawChange) -> Iterator[Line]:
    """The rows of a provision's penalties and periods, next to those of the provision that it replaced."""
    before, now = (change.provision, None) if change.turn is Event.ENDED else (change.before, change.provision)
    words = [side.least.text(context.locale.language) if side else "" for side in (before, now)]
    if any(words):
        yield Line(context.text("Lightest penalty"), ["", "", "", *words], level=1)
    values = [{value.indicator: value for value in side.figures} if side else {} for side in (before, now)]
    for code in dict.fromkeys((*values[0], *values[1])):
        cells = (limit(context, side[code]) if code in side else "–" for side in values)
        yield Line(context.label(code), ["", "", "", *cells], level=1)


def _office(context: Context, change: OfficeChange) -> Line:
    thing, language = change.thing, context.locale.language
    name = thing.name.text(language)
    if isinstance(thing, Plan):
        word = _word(context, change.turn, thing.note.text(language))
        return Line(name, [word, str(thing.first), str(thing.last), thing.focus.text(language)])
    if isinstance(thing, Contact):
        return Line(name, [context.text(LISTED[change.turn]), "–", "–", thing.role.text(language)])
    part = change.role or thing
    if not change.is_itself:
        # The role is new or ended, not the body.
        name = context.locale.put("{}: {}", name, part.role.text(language))
    dates = _dates(context, str(part.since or ""), str(part.until or ""))
    role = part.role.text(language) if change.is_itself else ""
    return Line(name, [_word(context, change.turn, part.note.text(language)), *dates, role])


def _word(context: Context, turn: Event, note: str) -> Content:
    return TextWithNote(context.text(TURNS[turn]), note) if note else context.text(TURNS[turn])


def _dates(context: Context, *dates: str) -> list[Content]:
    return [context.locale.date(date) or "–" for date in dates]


def _table(context: Context, code: str, caption: str, names: Sequence[str], lines: Sequence[Line]) -> Table:
    heads = TableHeader(
        code=code,
        caption=context.text(caption),
        unit_line=context.text(BETWEEN, **_years(context.sides)) if context.sides else "",
        stub=context.text("What changed"),
        columns=tuple(Column(context.text(name), text=True) for name in names),
    )
    fitting = [Line(line.label, line.cells[: len(names)], line.level, line.heading) for line in lines]
    return tabulate(heads, fitting, context.vintage, context.locale, (context.vintage.country.source,))
