"""A comparison as JSON, as tidy CSV, and as plain text; the same rows as on its pages."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporter.analysis import Change
from reporter.charts import Frame
from reporter.charts.beside import (
    all_columns,
    caption,
    full_line,
    pairs,
    rest_label,
    sentences,
    side_names,
)
from reporter.comparison import Compared, Extremes, Manner, Mean, Named, Side, Sides, compare_named
from reporter.export.plain import table_text
from reporter.export.tidy import as_csv, said_of, value_of
from reporter.model import Observation
from reporter.prose.sentences import relative_of
from reporter.tables import Heads, Line, tabulate

HEADS = (
    "indicator", "dimension", "code", "label", "unit", "country", "year", "edition", "value", "flags", "status",
    "qualifier", "confidentiality", "source", "change", "relative", "obstacle", "file", "line",
)  # fmt: skip
NOT_STATED = "not_stated"


def comparison_text(frame: Frame) -> str:
    """Every figure and its parts side by side, for a terminal of 80 columns; a sentence for each change below."""
    sides = _sides(frame)
    lines = [line for row in frame.rows for line in _lines(frame, row, sides)]
    heads = Heads(
        "comparison",
        caption(frame, sides, frame.text("All figures")),
        "",
        frame.text("Number of"),
        all_columns(frame, sides),
    )
    return table_text(tabulate(heads, lines, frame.vintage, frame.locale))


def comparison_csv(frame: Frame) -> str:
    """One value a line: figure, side, value, and its change from the side before with what stands in its way."""
    sides = _sides(frame)
    return as_csv(HEADS, (line for row in frame.rows for line in _tidy(frame, row, sides)))


def comparison_json(frame: Frame) -> str:
    """Sides, figures with values and changes, countries named; numbers as text, so that none is rounded."""
    sides = _sides(frame)
    plain = {
        "manner": sides.manner.value,
        "language": frame.locale.language,
        "sides": [_plain_side(side, name) for side, name in zip(sides.sides, side_names(frame, sides), strict=True)],
        "figures": [_plain_row(frame, row, sides) for row in frame.rows],
        "countries_named": [_plain_named(each) for each in compare_named(sides)]
        if sides.manner is Manner.YEARS
        else [],
    }
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def _sides(frame: Frame) -> Sides:
    if frame.sides is None:
        raise ValueError("nothing is laid side by side")
    return frame.sides


def _lines(frame: Frame, row: Compared, sides: Sides) -> Iterator[Line]:
    yield full_line(frame, row, sides, _label(frame, row))
    for part in row.parts:
        yield full_line(frame, part, sides, frame.code_label(part.dimension, part.code), level=1)


def _label(frame: Frame, row: Compared) -> str:
    label = row.indicator.label.text(frame.locale.language)
    return f"{label}, {frame.code_label(row.dimension, row.code)}" if row.code else label


def _tidy(frame: Frame, row: Compared, sides: Sides) -> Iterator[Sequence[object]]:
    for place, side in enumerate(sides.sides):
        change = row.changes[place - 1] if place and row.changes else None
        yield (
            *_figure(frame, row),
            *_of_side(side),
            *_seen(row.values[place]),
            *_changed(frame, change),
            *_place(row.values[place]),
        )
    for part in row.parts:
        yield from _tidy(frame, part, sides)
    for dimension, rests in row.rests:
        for side, rest in zip(sides.sides, rests, strict=True):
            if rest:
                words = rest_label(frame, row, dimension)
                figure = (row.indicator.code, dimension, NOT_STATED, words, row.indicator.unit.value)
                yield (*figure, *_of_side(side), f"{rest:f}", "", "worked out", *[""] * 8)


def _figure(frame: Frame, row: Compared) -> tuple[str, ...]:
    return (row.indicator.code, row.dimension, row.code, _label(frame, row), row.indicator.unit.value)


def _of_side(side: Side) -> tuple[object, ...]:
    return (side.figures.country.code, side.year, side.edition.year)


def _seen(seen: Observation | None) -> tuple[str, ...]:
    if seen is None:
        return ("", "", "missing", "", "", "")
    return (*said_of(seen), seen.source)


def _changed(frame: Frame, change: Change | None) -> tuple[str, ...]:
    if change is None:
        return ("", "", "")
    revised = frame.sides is not None and frame.sides.manner is Manner.EDITIONS
    relative = None if revised else relative_of(change, frame.vintage.settings)
    return (_number(change.difference), _number(relative), change.obstacle.value if change.obstacle else "")


def _place(seen: Observation | None) -> tuple[object, ...]:
    return (seen.mark.path, seen.mark.line) if seen else ("", "")


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _plain_side(side: Side, name: str) -> dict[str, object]:
    country, year, edition = _of_side(side)
    return {"name": name, "country": country, "year": year, "edition": edition, "as_of": side.figures.as_of}


def _plain_row(frame: Frame, row: Compared, sides: Sides) -> dict[str, object]:
    indicator, dimension, code, label, unit = _figure(frame, row)
    return {
        "indicator": indicator,
        "dimension": dimension,
        "code": code,
        "label": label,
        "unit": unit,
        "values": [_plain_value(seen) for seen in row.values],
        "changes": [_plain_change(frame, each) for each in row.changes],
        "overall": _plain_change(frame, row.overall) if row.overall else None,
        "mean": _plain_mean(row.mean),
        "extremes": _plain_extremes(row.extremes),
        "shares": [_text(each.value if each else None) for each in row.shares],
        "points": [_text(each) for each in row.points],
        "sentences": list(sentences(frame, row, sides, label)) if pairs(sides) else [],
        "parts": [_plain_row(frame, part, sides) for part in row.parts],
        "not_stated": {dimension: [_text(rest) for rest in rests] for dimension, rests in row.rests},
    }


def _plain_value(seen: Observation | None) -> dict[str, object]:
    value, flags, status, qualifier, confidentiality, source = _seen(seen)
    path, line = _place(seen)
    known = {"value": value or None, "status": status, "flags": flags, "qualifier": qualifier}
    return known | {"confidentiality": confidentiality, "source": source, "file": path, "line": line or None}


def _plain_change(frame: Frame, change: Change) -> dict[str, object]:
    difference, relative, obstacle = _changed(frame, change)
    return {"difference": difference or None, "relative": relative or None, "obstacle": obstacle or None}


def _plain_mean(mean: Mean | None) -> dict[str, object] | None:
    if mean is None:
        return None
    obstacle = mean.obstacle.value if mean.obstacle else None
    return {"first": mean.first, "last": mean.last, "value": _text(mean.value), "obstacle": obstacle}


def _plain_extremes(found: Extremes | None) -> dict[str, object] | None:
    if found is None:
        return None
    ends = {"lowest": found.lowest, "highest": found.highest}
    known = {"since": found.years[0], "years": list(found.years), "record": found.record and found.record.value}
    return known | {name: {"year": seen.year, "value": value_of(seen)} for name, seen in ends.items()}


def _plain_named(each: Named) -> dict[str, object]:
    return {
        "kind": each.kind.value,
        "comparable": each.is_comparable,
        "countries": [codes and list(codes) for codes in each.countries],
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
