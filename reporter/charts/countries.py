"""Countries named, year by year; each kind of list (target, destination …) has a sign of its own."""

from collections import Counter
from collections.abc import Iterable

from reporter.charts.frame import Frame, Words, figure
from reporter.document import Column, Figure
from reporter.i18n import N_
from reporter.model import CountryList, ListKind
from reporter.plot import Dot, Matrix
from reporter.prose.headlines import fitting, names_headline
from reporter.tables import Heads, Line, tabulate

KINDS = {
    ListKind.TARGET: N_("named as target country"),
    ListKind.DESTINATION: N_("named as country of destination"),
    ListKind.EXPLOITATION: N_("named as country of exploitation"),
    ListKind.COOPERATION: N_("named for police cooperation only"),
    ListKind.ORIGIN: N_("named as country of origin"),
}
TITLES = {
    ListKind.TARGET: N_("Target countries"),
    ListKind.DESTINATION: N_("Countries of destination"),
    ListKind.EXPLOITATION: N_("Countries of exploitation"),
    ListKind.COOPERATION: N_("Police cooperation only"),
    ListKind.ORIGIN: N_("Countries of origin"),
}

KOSOVO = "XK"
DESIGNATION = N_(
    "This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ "
    "Opinion on the Kosovo declaration of independence"
)


def countries_named(frame: Frame) -> Figure | None:
    """Which countries were named in which year, and as what; nothing is counted across kinds of lists."""
    lists = frame.vintage.data.lists
    if not lists:
        return None
    codes = frame.locale.ordered({code for each in lists for code in each.countries})
    groups = list(dict.fromkeys(group for each in lists for group in groups_of(frame, each)))
    words, plot = _words(frame), _matrix(frame, codes, groups)
    head = Heads("data-countries_named", words.caption, words.unit_line, frame.text("Year"), _columns(frame))
    lines = [_line(frame, each) for each in lists]
    table = tabulate(head, lines, frame.vintage, frame.locale, [each.source for each in lists])
    notes: tuple[tuple[str, str], ...] = tuple(
        (str(each.year), each.note.text(frame.locale.language)) for each in lists if each.note
    )
    notes += designation(frame, codes, frame.country(KOSOVO))
    alt = f"{words.drawing} {' '.join(sentence(frame, each) for each in lists)}"
    return figure("countries_named", words, plot, alt, table, notes)


def _matrix(frame: Frame, codes: list[str], groups: list[str]) -> Matrix:
    lists, kinds = frame.vintage.data.lists, kinds_named(frame)
    return Matrix(
        (*map(frame.country, codes), *groups),
        frame.years,
        tuple(frame.text(KINDS[kind]) for kind in kinds),
        tuple(dot for each in lists for dot in _dots(frame, each, codes, groups, kinds)),
        tuple(n for n, year in enumerate(frame.vintage.years) if year not in {each.year for each in lists}),
    )


def _words(frame: Frame) -> Words:
    return Words(
        frame.text("Countries named in national reports, {span}", span=frame.span),
        frame.text("A sign for each year and kind of list; a ring marks a main country; (:) no list for the year"),
        frame.text("Matrix of countries by year."),
        _headline(frame),
    )


def _headline(frame: Frame) -> str:
    """Who is named most often, for the two kinds with the most lists."""
    listed = Counter(each.kind for each in frame.vintage.data.lists)
    found = list(filter(None, (_leaders(frame, kind) for kind, _ in listed.most_common(2))))
    return fitting(". ".join(found), *found[:1])


def _leaders(frame: Frame, kind: ListKind) -> str:
    """Who is in the most lists of a kind, if that is more than one of them; never counted across kinds."""
    lists = [each for each in frame.vintage.data.lists if each.kind is kind]
    counts = Counter(code for each in lists for code in set(each.countries))
    most = max(counts.values(), default=0)
    if most < 2:
        return ""
    leaders = frame.locale.ordered(code for code, count in counts.items() if count == most)
    named = names_headline(frame.text(TITLES[kind]), list(map(frame.country, leaders)), frame.locale)
    return frame.locale.count(
        "{named} ({count} of {n} list)",
        "{named} ({count} of {n} lists)",
        len(lists),
        named=named,
        count=frame.locale.number(most),
    )


def _columns(frame: Frame) -> tuple[Column, ...]:
    return (Column(frame.text("Kind of list"), text=True), Column(frame.text("Countries and groups"), text=True))


def _line(frame: Frame, each: CountryList) -> Line:
    return Line(str(each.year), [frame.text(KINDS[each.kind]), ", ".join(names(frame, each))])


def kinds_named(frame: Frame) -> list[ListKind]:
    """The kinds of lists there are; their numbers are those of their signs and colours in every chart."""
    return [kind for kind in KINDS if any(each.kind is kind for each in frame.vintage.data.lists)]


def groups_of(frame: Frame, each: CountryList) -> list[str]:
    """The groups that a list names."""
    return [group.text(frame.locale.language) for group in each.groups]


def names(frame: Frame, each: CountryList) -> list[str]:
    """The countries of a list in the order of the EU, then its groups."""
    groups = groups_of(frame, each)
    return [*map(frame.country, frame.locale.ordered(each.countries)), *groups]


def sentence(frame: Frame, each: CountryList) -> str:
    """A list in words: year, kind, and who is named."""
    named = ", ".join(names(frame, each))
    return frame.text("{year}, {kind}: {names}.", year=each.year, kind=frame.text(KINDS[each.kind]), names=named)


def map_label(code: str) -> str:
    """What stands on a map for a country: its code, with the mark of the note that Kosovo asks for."""
    return f"{code}*" if code == KOSOVO else code


def designation(frame: Frame, codes: Iterable[str], mark: str) -> tuple[tuple[str, str], ...]:
    """The note that Kosovo asks for wherever it is named."""
    return ((mark, frame.text(DESIGNATION)),) if KOSOVO in codes else ()


def _dots(frame: Frame, each: CountryList, codes: list[str], groups: list[str], kinds: list[ListKind]) -> list[Dot]:
    column, kind = each.year - frame.vintage.years[0], kinds.index(each.kind)
    dots = [Dot(codes.index(code), column, kind, code in each.main) for code in each.countries]
    return dots + [Dot(len(codes) + groups.index(name), column, kind) for name in groups_of(frame, each)]
