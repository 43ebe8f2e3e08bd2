"""Who the lists of countries name on every side, who is new and who no longer is, kind by kind."""

from collections.abc import Iterator, Sequence
from html import escape

from reporter.charts import Frame
from reporter.charts.beside import side_list, side_names
from reporter.charts.countries import KOSOVO, TITLES, designation
from reporter.comparison import Manner, Named, Sides, compare_named
from reporter.document import Column, Table, Text
from reporter.i18n import N_
from reporter.sections.material import Material
from reporter.tables import Heads, Line, Noted, tabulate

NOTHING = "–"
COLUMNS = (N_("Named in both"), N_("New"), N_("No longer named"))


def countries_changed(material: Material) -> Table | Text | None:
    """The countries named in both of two years, those that are new and those no longer named, for each kind of list.

    A paragraph names them where no two lists are of one kind.
    """
    frame, sides = material.frame, material.frame.sides
    if sides is None or sides.manner is not Manner.YEARS:
        return None
    found = compare_named(sides)
    if not any(each.is_comparable for each in found):
        return _apart(frame, found, sides) if found else None
    lines = [line for each in found for line in _lines(frame, each, sides)]
    heads = Heads(
        "countries_changed",
        frame.text("Countries named: both, new, no longer"),
        frame.text("Only lists of the same kind are compared; nothing is counted"),
        frame.text("List"),
        tuple(Column(frame.text(name), text=True) for name in COLUMNS),
    )
    sources = [listed.source for each in found for listed in each.lists]
    return tabulate(heads, lines, frame.vintage, frame.locale, sources)


def _apart(frame: Frame, found: Sequence[Named], sides: Sides) -> Text:
    """That nothing is compared, and whom each list names, with what is to be known of it."""
    message = N_("For {sides} there are no two lists of countries of the same kind, so none are compared.")
    names = side_names(frame, sides)
    said = [frame.text(message, sides=side_list(frame, sides))]
    for each in sorted(found, key=lambda each: each.listed):
        (place,) = each.listed
        title = f"{frame.text(TITLES[each.kind])}, {names[place]}"
        said.append(f"{title}: {_words(frame, each, place, each.countries[place] or ())}.")
    said += dict.fromkeys(f"{note.removesuffix('.')}." for note in _remarks(frame, found))
    return Text(f"<p>{escape(' '.join(said))}</p>\n")


def _remarks(frame: Frame, found: Sequence[Named]) -> Iterator[str]:
    """What the lists say of themselves, and what Kosovo asks for wherever it is named."""
    notes = (listed.note.text(frame.locale.language) for each in found for listed in each.lists)
    yield from filter(None, notes)
    codes = [code for each in found for listed in each.countries for code in listed or ()]
    yield from (f"{name}: {text}" for name, text in designation(frame, codes, frame.locale.country(KOSOVO)))


def _lines(frame: Frame, each: Named, sides: Sides) -> Iterator[Line]:
    title, names = frame.text(TITLES[each.kind]), side_names(frame, sides)
    if not each.is_comparable:
        (place,) = each.listed
        named = _words(frame, each, place, each.countries[place] or ())
        alone = frame.text("one list only, nothing to compare with: {names}", names=named)
        label = frame.text("{label}, {year}", label=title, year=names[place])
        yield Line(label, [Noted(NOTHING, alone), NOTHING, NOTHING])
    for first, last in zip(each.listed, each.listed[1:], strict=False):
        both, new, gone = (_countries(frame, codes) for codes in each.change(first, last))
        years = frame.text("{label}, {year}", label=title, year=f"{names[first]}–{names[last]}")
        yield Line(years, [both, new, gone])
        if each.groups[first] or each.groups[last]:
            groups = _groups(frame, each, (first, last))
            yield Line(frame.text("Groups, not compared"), [groups, NOTHING, NOTHING], level=1)


def _words(frame: Frame, each: Named, place: int, codes: tuple[str, ...]) -> str:
    return ", ".join(filter(None, (_countries(frame, codes, ""), _groups(frame, each, (place,)))))


def _countries(frame: Frame, codes: tuple[str, ...], none: str = NOTHING) -> str:
    return ", ".join(frame.country(code) for code in frame.locale.ordered(codes)) or none


def _groups(frame: Frame, each: Named, places: tuple[int, ...]) -> str:
    language = frame.locale.language
    return ", ".join(dict.fromkeys(group.text(language) for place in places for group in each.groups[place]))
