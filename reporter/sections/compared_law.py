"""What of the law, the plans and the offices is new, amended or ended between two sides."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from reporter.charts import Frame
from reporter.comparison import Manner
from reporter.comparison.law import Law, Turn, Turned, law, plans_and_offices
from reporter.document import Block, Column, Table, Text
from reporter.i18n import N_
from reporter.model import Contact, Institution, Observation, Plan
from reporter.sections.material import Material
from reporter.sections.tables import limit, provision_name
from reporter.tables import Content, Heads, Line, Noted, tabulate

TURNS = {Turn.NEW: N_("new"), Turn.AMENDED: N_("amended"), Turn.ENDED: N_("ended")}
KINDS: Mapping[type[Plan | Institution | Contact], str] = {
    Plan: N_("Plans"),
    Institution: N_("Institutions"),
    Contact: N_("Contacts"),
}
NOTHING = N_("Between {first} and {last}, no provision, plan, institution or contact began, was amended or ended.")
BETWEEN = N_("Between {first} and {last}, by the dates known; what has no date counts as unchanged")


def law_changed(material: Material) -> tuple[Block, ...]:
    """Provisions, plans, institutions and contacts that differ between the first and the last side."""
    frame = material.frame
    if frame.sides is None or frame.sides.manner is Manner.COUNTRIES:
        return ()
    editions = [side.edition for side in frame.sides.sides]
    provisions, rest = law(editions), plans_and_offices(editions)
    if not (provisions or rest):
        return (Text(f"<p>{escape(_between(frame, NOTHING))}</p>"),)
    tables = (
        _provisions(frame, provisions) if provisions else None,
        _plans_and_offices(frame, rest) if rest else None,
    )
    return tuple(each for each in tables if each)


def _between(frame: Frame, message: str) -> str:
    if frame.sides is None:
        return ""
    return frame.text(message, first=frame.sides.first.edition.year, last=frame.sides.last.edition.year)


def _provisions(frame: Frame, found: Sequence[Law]) -> Table:
    """The law: each provision with its penalties before and now."""
    penalties = any(row for each in found for row in _penalties(frame, each))
    names = [N_("Change"), N_("Since"), N_("Until"), *([N_("Before"), N_("Now")] if penalties else [])]
    lines = [line for each in found for line in _provision(frame, each)]
    return _table(frame, "law_changed", N_("Law: new, amended and ended"), names, lines)


def _provision(frame: Frame, each: Law) -> Iterator[Line]:
    thing, language = each.provision, frame.locale.language
    word = _word(frame, each.turn, thing.note.text(language))
    label = f"{provision_name(frame, thing)}: {thing.subject.text(language)}"
    yield Line(label, [word, *_dates(frame, thing.since, thing.until), "", ""])
    yield from _penalties(frame, each)


def _penalties(frame: Frame, each: Law) -> Iterator[Line]:
    """The penalties and periods of a provision, those of the one it replaced beside them."""
    before, now = (each.provision, None) if each.turn is Turn.ENDED else (each.before, each.provision)
    words = [side.least.text(frame.locale.language) if side else "" for side in (before, now)]
    if any(words):
        yield Line(frame.text("Lightest penalty"), ["", "", "", *words], level=1)
    values = [{seen.indicator: seen for seen in side.figures} if side else {} for side in (before, now)]
    for code in dict.fromkeys((*values[0], *values[1])):
        yield Line(frame.label(code), ["", "", "", *(_value(frame, side.get(code)) for side in values)], level=1)


def _value(frame: Frame, seen: Observation | None) -> Content:
    return limit(frame, seen) if seen else "–"


def _plans_and_offices(frame: Frame, found: Sequence[Turned]) -> Table:
    """Plans, institutions and contacts, a group each."""
    names = [N_("Change"), N_("Since"), N_("Until"), N_("What it is for")]
    lines = [line for kind, title in KINDS.items() for line in _group(frame, kind, title, found)]
    return _table(frame, "offices_changed", N_("Plans and offices: new and ended"), names, lines)


def _group(
    frame: Frame, kind: type[Plan | Institution | Contact], title: str, found: Sequence[Turned]
) -> Iterator[Line]:
    mine = [each for each in found if isinstance(each.thing, kind)]
    if mine:
        yield Line(frame.text(title), heading=True)
    yield from (_office(frame, each) for each in mine)


def _office(frame: Frame, each: Turned) -> Line:
    thing, language = each.thing, frame.locale.language
    name = thing.name.text(language)
    if isinstance(thing, Plan):
        word = _word(frame, each.turn, thing.note.text(language))
        return Line(name, [word, str(thing.first), str(thing.last), thing.focus.text(language)])
    dates = _dates(frame, str(thing.since or ""), str(thing.until or ""))
    return Line(name, [frame.text(TURNS[each.turn]), *dates, thing.role.text(language)])


def _word(frame: Frame, turn: Turn, note: str) -> Content:
    return Noted(frame.text(TURNS[turn]), note) if note else frame.text(TURNS[turn])


def _dates(frame: Frame, *dates: str) -> list[Content]:
    return [frame.locale.date(date) or "–" for date in dates]


def _table(frame: Frame, code: str, caption: str, names: Sequence[str], lines: Sequence[Line]) -> Table:
    columns = tuple(Column(frame.text(name), text=True) for name in names)
    heads = Heads(code, frame.text(caption), _between(frame, BETWEEN), frame.text("What changed"), columns)
    fitting = [Line(each.label, each.cells[: len(names)], each.level, each.heading) for each in lines]
    return tabulate(heads, fitting, frame.vintage, frame.locale, (frame.vintage.country.source,))
