"""Reconcile a total and its breakdown: a table repeats with each value what a file of a year states once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.data.i18n.words import N_
from reporter.data.read.amount import Amount, parse_amount
from reporter.data.records import Catalogue, Dimension, Qualifier, Status
from reporter.data.records.imported import ImportedValue
from reporter.data.records.message import Told, tell
from reporter.figures.analysis.equations import Equation, derivable

# The part, the column, the problem and a remedy.
Disagreement = tuple[ImportedValue, str, str, str]
# Stated once for a figure, so for its total and each part.
OF_FIGURE = ("source", "definition", "period")
SILENT = (Status.MISSING, Status.NOT_COLLECTED)


def disagreements(values: Iterable[ImportedValue], catalogue: Catalogue) -> Iterator[Disagreement]:
    every = tuple(values)
    totals = {(each.figure, each.year): each for each in every}
    for part in every:
        total = totals.get((_figure_of(part, catalogue), part.year), part)
        if total is part or part.vintage or total.vintage:
            # A later file that revises a value has its own source.
            continue
        for name in OF_FIGURE:
            if getattr(part, name) != getattr(total, name):
                told = f"{name} {getattr(part, name)!r}, and its total {getattr(total, name)!r} ({total.place})"
                remedy = f"a total and its parts have one {name}: write the same, or leave out the parts"
                yield part, name, f"{part.figure} of {part.year} has {told}", remedy
        if lacking := sorted({*total.flags} - {*part.flags}):
            told = f"{part.figure} of {part.year} has no flag {lacking[0]}, and its total has ({total.place})"
            yield part, "flags", told, "a flag of a total holds for its parts: write it here too, or delete it there"


def with_incomplete(
    values: Iterable[ImportedValue], catalogue: Catalogue
) -> tuple[tuple[ImportedValue, ...], tuple[Told, ...]]:
    """Mark incomplete breakdowns, which a table does not state: parts fall short, or would reveal withheld values."""
    every = tuple(values)
    parts: dict[tuple[str, int, str], list[ImportedValue]] = {}
    for each in every:
        indicator, part_axis, _ = catalogue.split(each.figure)
        if indicator and part_axis:
            parts.setdefault((indicator.code, each.year, part_axis.code), []).append(each)
    made: list[ImportedValue] = []
    plain_values: dict[str, list[int]] = {}
    for total in every:
        found = [
            axis.code
            for axis in catalogue.dimensions
            if _is_incomplete(total, parts.get((total.figure, total.year, axis.code), ()), axis)
        ]
        made.append(replace(total, incomplete=tuple(found)) if found else total)
        for axis_code in found:
            plain_values.setdefault(f"{total.figure} by {axis_code}", []).append(total.year)
    lists = "; ".join(f"{name} ({', '.join(map(str, years))})" for name, years in plain_values.items())
    words = N_("The parts do not make their total, so some are not stated (incomplete): {lists}")
    return tuple(made), ((tell(words, lists=lists),) if plain_values else ())


def as_written(values: Iterable[ImportedValue], catalogue: Catalogue) -> tuple[ImportedValue, ...]:
    """Values as the files state them, each fact once: flags of a total are not repeated at its parts. A revised value
    is missing in the file of its own year, since the table does not contain it, and keeps what holds for any number."""
    every = tuple(values)
    totals = {(each.figure, each.year): each for each in every}
    sources = {(_figure_of(each, catalogue), each.year): each.source for each in every if not each.vintage}
    made: list[ImportedValue] = []
    for each in every:
        figure = _figure_of(each, catalogue)
        total = totals.get((figure, each.year))
        repeated = total.flags if total and total is not each else ()
        own = replace(each, flags=tuple(flag for flag in each.flags if flag not in repeated))
        if own.vintage:
            # A part that the later file adds takes nothing from its total.
            if total and (
                (each.definition, each.period) == (total.definition, total.period) and {*total.flags} <= {*each.flags}
            ):
                source = sources.get((figure, each.year), "")
                made.append(replace(own, value=Status.MISSING.value, source=source, notes=(), vintage=None))
            own = replace(own, flags=(), confidentiality="", definition="", period="", incomplete=())
        made.append(own)
    return tuple(made)


def _figure_of(value: ImportedValue, catalogue: Catalogue) -> str:
    indicator = catalogue.split(value.figure)[0]
    return indicator.code if indicator else value.figure


def _is_incomplete(total: ImportedValue, parts: Sequence[ImportedValue], axis: Dimension) -> bool:
    if not parts or axis.subset:
        return False
    codes = {each.figure.rpartition(".")[2]: each for each in parts}
    top = {code: each for code, each in codes.items() if codes.keys().isdisjoint(axis.around(code))}
    whole = parse_amount(total.value)
    masked = [code for code, each in top.items() if each.confidentiality or each.value == Status.SUPPRESSED.value]
    given = [amount for code, each in top.items() if (amount := parse_amount(each.value)).value is not None]
    if whole.status in SILENT:
        return any(each.value for each in given)
    if whole.value is None:
        return False
    if len(given) == len(top):
        rest = _rest(whole, given)
        rounded = all(each.qualifier is Qualifier.ABOUT for each in (*given, whole)) and rest == 0
        inexact = any(each.qualifier is not Qualifier.EXACT for each in (*given, whole))
        if rest > 0 or (inexact and not rounded):
            return True
    public = [parse_amount(each.value) for code, each in top.items() if code not in masked]
    inexact = any(each.value is None or each.qualifier is not Qualifier.EXACT for each in (whole, *public))
    rest = _rest(whole, public)
    if not masked or total.confidentiality or inexact or rest < 0 or rest != rest.to_integral_value():
        return False
    # Whether withheld values could be derived.
    unknown = dict.fromkeys(((code, 0) for code in masked), (0, None))
    return bool(derivable([Equation(tuple((each, 1) for each in unknown), int(rest), int(rest))], unknown))


def _rest(whole: Amount, parts: Iterable[Amount]) -> Decimal:
    return (whole.value or Decimal(0)) - sum((each.value or Decimal(0) for each in parts), Decimal(0))
