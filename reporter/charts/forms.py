"""Forms of exploitation of the investigations opened: of the year as units or bars, over the years as a stack."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.charts.division import Division, largest, others, stacked
from reporter.charts.frame import MOST_BARS, MOST_LAYERS, MOST_SYMBOLS, Frame, Words, bars, build
from reporter.document import Column, Figure
from reporter.model import Observation, is_given
from reporter.plot import Pile, Ranking, Span, Units
from reporter.prose.headlines import fitting, leading_part, part_headline
from reporter.tables import Line

OPENED, FORM = "investigations.opened", "form"


def forms_year(frame: Frame) -> Figure | None:
    """The investigations opened in the edition's year by form, one square a case; bars when there are many."""
    parts = sorted(frame.vintage.parts(OPENED, FORM), key=lambda seen: -(seen.value or 0))
    total = frame.vintage.observation(OPENED)
    rest = _division(frame).remainder(frame, frame.vintage.year)
    piles = (*_piles(frame, parts), *_rest_pile(frame, rest))
    if not piles or total is None or not is_given(total):
        return None
    many = sum(pile.count for pile in piles) > MOST_SYMBOLS or len(piles) > MOST_LAYERS
    words, plot = (_as_bars if many else _as_units)(frame, total, piles)
    named = [(frame.code_label(FORM, seen.code), seen) for seen in parts]
    words = replace(words, headline=part_headline(named, total, rest, frame.vintage, frame.locale))
    alt = f"{words.drawing} {'; '.join(f'{pile.label}: {pile.text}' for pile in piles)}."
    lines = [Line(frame.label(OPENED), [total])]
    lines += [Line(label, [seen], level=1) for label, seen in named]
    lines += [Line(frame.text("Form not stated"), [rest], level=1)] if rest else []
    column = (Column(str(frame.vintage.year), current=True),)
    labelled = [(str(frame.vintage.year), total), *((label, seen) for label, seen in named if seen.notes)]
    return build(frame, "forms_year", words, plot, alt, lines, column, labelled)


def forms_over_years(frame: Frame) -> Figure | None:
    """The investigations opened by form, stacked for each year; what no form is stated for is its own layer."""
    division = _division(frame)
    if not division.parts(frame):
        return None
    words = Words(
        frame.text("Investigations opened by form of exploitation, {span}", span=frame.span),
        frame.text("Number of investigations; combined forms are categories of their own"),
        frame.text("Stacked column chart by year."),
        _leader_headline(frame, division),
    )
    totals = bars(frame, frame.vintage.series(OPENED), ())
    return stacked(frame, "forms_over_years", words, division, totals, 70)


def _leader_headline(frame: Frame, division: Division) -> str:
    """The form that was the largest in the most of several years; those in which none is known to be count too."""
    years = [year for year in frame.vintage.years if frame.vintage.parts(OPENED, FORM, year)]
    found = (leading_part(frame.vintage.parts(OPENED, FORM, year), division.remainder(frame, year)) for year in years)
    ranks = Counter(seen.code for seen in found if seen).most_common(2)
    if len(years) < 2 or not ranks or (len(ranks) > 1 and ranks[0][1] == ranks[1][1]):
        return ""
    code, count = ranks[0]
    words = frame.locale.count(
        "{label}: the largest form in {n} of {total} years",
        "{label}: the largest form in {n} of {total} years",
        count,
        label=frame.code_label(FORM, code),
        total=frame.locale.number(len(years)),
    )
    return fitting(words)


def _division(frame: Frame) -> Division:
    return Division(OPENED, FORM, frame.text("Form not stated"))


def _caption(frame: Frame) -> str:
    return frame.text("Forms of exploitation, {year}", year=frame.vintage.year)


def _as_units(frame: Frame, total: Observation, piles: tuple[Pile, ...]) -> tuple[Words, Units]:
    unit = frame.text("One square, one investigation opened ({n})", n=frame.locale.value(total))
    drawing = frame.text("Unit chart with one square for each investigation.")
    return Words(_caption(frame), unit, drawing), Units(piles)


def _as_bars(frame: Frame, total: Observation, piles: tuple[Pile, ...]) -> tuple[Words, Ranking]:
    unit = frame.text("Number of investigations opened ({n})", n=frame.locale.value(total))
    ranked = tuple(_gathered(frame, piles))
    spans = [
        Span(pile.label, None, Decimal(pile.count), pile.text, True, pile.accent, pile.remainder) for pile in ranked
    ]
    return Words(_caption(frame), unit, frame.text("Bar chart with one bar for each form.")), Ranking(tuple(spans))


def _piles(frame: Frame, parts: Iterable[Observation]) -> Iterator[Pile]:
    for seen in parts:
        if seen.value is not None and is_given(seen):
            accent = frame.code_accent(FORM, seen.code)
            yield Pile(frame.code_label(FORM, seen.code), int(seen.value), frame.locale.value(seen), accent)


def _gathered(frame: Frame, piles: Sequence[Pile]) -> Iterator[Pile]:
    """The piles; of more than stand on a page the smallest are one at the end, and the data table has them all."""
    # A value with a sign before it (≥, ≈) is no exact one and stays by itself.
    sizes = [Decimal(pile.count) if pile.text[:1].isdigit() else Decimal("Infinity") for pile in piles]
    shown = largest(sizes, MOST_BARS)
    yield from (pile for n, pile in enumerate(piles) if n in shown)
    small = [pile for n, pile in enumerate(piles) if n not in shown]
    if small:
        total = sum(pile.count for pile in small)
        accent = max(pile.accent for pile in piles) + 1
        yield Pile(others(frame, len(small)), total, frame.locale.number(total), accent)


def _rest_pile(frame: Frame, rest: Decimal | None) -> list[Pile]:
    if not rest or not frame.vintage.parts(OPENED, FORM):
        return []
    return [Pile(frame.text("Form not stated"), int(rest), frame.locale.number(rest), 0, remainder=True)]
