"""Victims: of the year by person as symbols, and the populations of victims in panels of their own."""

from decimal import Decimal

from reporter import analysis
from reporter.charts.frame import MOST_SYMBOLS, Frame, Words, build, columns, over_years, side_by_side
from reporter.document import Column, Figure
from reporter.model import Observation, is_given
from reporter.plot import Pile, Units
from reporter.prose.headlines import part_headline
from reporter.tables import Line

POPULATIONS = ("victims.presumed", "victims.identified", "victims.recognised")
# Where a source counts identified and presumed victims together.
REGISTERED = "victims.registered"
# From here on the numbers of colours stand for the muted hues.
MUTED = 8
SYMBOLS = {
    "women": ("woman", 3),
    "men": ("man", 0),
    "children": ("child", 1),
    "girls": ("girl", MUTED + 3),
    "boys": ("boy", MUTED),
}


def victims_year(frame: Frame) -> Figure | None:
    """The victims of the edition's year by person, one symbol a person, of the first population that has a split."""
    return next((figure for code in (*POPULATIONS[1:], REGISTERED) if (figure := _victims_year(frame, code))), None)


def victims_over_years(frame: Frame) -> Figure | None:
    """Presumed, identified and recognised victims: three populations, three panels, no sum."""
    words = Words(
        frame.text("Victims by population, {span}", span=frame.span),
        frame.text("Number of persons; three different populations, never added; (:) not available"),
        headline=_headline(frame),
    )
    return side_by_side(frame, "victims_over_years", words, POPULATIONS) or _registered_over_years(frame)


def _registered_over_years(frame: Frame) -> Figure | None:
    """Registered victims where no other population is known."""
    if not frame.known((REGISTERED,)):
        return None
    label = frame.label(REGISTERED)
    words = Words(
        frame.text("{label}, {span}", label=label, span=frame.span),
        frame.text("Number of persons; (:) not available"),
        frame.text("Column chart by year."),
        frame.headline(REGISTERED),
    )
    series = [(label, frame.vintage.series(REGISTERED))]
    return over_years(frame, "victims_over_years", words, columns(frame, REGISTERED), series)


def _headline(frame: Frame) -> str:
    """What is said of the first population that has a value in the edition's year."""
    counted = (code for code in frame.known(POPULATIONS) if is_given(frame.vintage.observation(code)))
    return next((frame.headline(code) for code in counted), "")


def _victims_year(frame: Frame, indicator: str) -> Figure | None:
    total = frame.vintage.observation(indicator)
    persons = _finest(frame, indicator)
    if total is None or not persons or not all(map(analysis.is_exact, (total, *persons))):
        return None
    if analysis.total_of(persons) != total.value or sum(int(seen.value or 0) for seen in persons) > MOST_SYMBOLS:
        return None
    piles = tuple(_pile(frame, seen) for seen in persons)
    label, year = frame.label(indicator), frame.vintage.year
    named = [(pile.label, seen) for pile, seen in zip(piles, persons, strict=True)]
    words = Words(
        frame.text("{label}, {year}", label=label, year=year),
        frame.text("One symbol, one person ({n})", n=frame.locale.value(total)),
        frame.text("Pictogram with one symbol for each person."),
        part_headline(named, total, Decimal(0), frame.vintage, frame.locale),
    )
    alt = f"{words.drawing} {'; '.join(f'{pile.label}: {pile.text}' for pile in piles)}."
    lines = [Line(label, [total]), *(Line(name, [seen], level=1) for name, seen in named)]
    column, labelled = (Column(str(year), current=True),), [(label, total), *named]
    return build(frame, "victims_year", words, Units(piles), alt, lines, column, labelled)


def _finest(frame: Frame, indicator: str) -> list[Observation]:
    """The parts that no other part divides further: girls and boys rather than children."""
    axis = frame.vintage.catalogue.dimension("person")
    parts = frame.vintage.parts(indicator, "person")
    divided = {member.within for seen in parts if axis and (member := axis.get(seen.code))}
    return [seen for seen in parts if seen.code not in divided and is_given(seen)]


def _pile(frame: Frame, seen: Observation) -> Pile:
    symbol, accent = SYMBOLS.get(seen.code, ("square", 4))
    return Pile(frame.code_label("person", seen.code), int(seen.value or 0), frame.locale.value(seen), accent, symbol)
