"""A comparison as JSON and as tidy CSV. The rows and the rules are those of its pages."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporter.analysis.arithmetic import Change, Share
from reporter.comparison.figures import PER, Compared, Extremes, rates
from reporter.comparison.law import LawChange, Turned, law_changes, plans_and_offices
from reporter.comparison.ranking import AlikeGroup, Ranked, is_ranked, rank_figure, rank_figures
from reporter.comparison.sides import Manner, Side, Sides, compare_named
from reporter.context import Context
from reporter.document.document import Revised
from reporter.export.figures_json import CHANGED
from reporter.export.tidy import csv_for, value_fields, value_of
from reporter.files.as_json import as_json, pick
from reporter.model import Observation, Plan, Vintage
from reporter.model.label import ENGLISH
from reporter.prose.change_sentences import relative_of
from reporter.tables.compared import rest_label, sentences, side_names, side_pairs

NO_PLACE = ("", "", "", "")


def ranks_by_side(row: Compared, sides: Sides, whole: Compared | None = None) -> Sequence[tuple[object, ...]]:
    """For each side its group, rank and rate, or the obstacle. Of a part, `whole` is the row that it belongs to. All
    are empty for few countries."""
    if not is_ranked(sides):
        return [NO_PLACE] * len(row.values)
    found = rank_figure(row, sides, whole) if whole else rank_figures((row,), sides)[0]
    values = () if whole else next((each.values for each in rates((row,), sides)), ())
    rated = {place: rate for place, rate in enumerate(values) if rate is not None}
    group = {each.side: (n, each.rank) for n, known in enumerate(found.groups, 1) for each in known.placed}
    apart = dict(found.outside)
    return [
        (*group.get(place, ("", "")), f"{rated[place]:f}" if place in rated else "", str(apart.get(place, "")))
        for place in range(len(row.values))
    ]


def plain_rankings(rows: tuple[Compared, ...], sides: Sides) -> list[dict[str, object]]:
    """Every figure and part of many countries, with its groups. None of few countries."""
    if not is_ranked(sides):
        return []
    made = []
    for each in rank_figures(rows, sides):
        made.append(_plain(each, sides))
        made += [_plain(rank_figure(part, sides, each.row), sides) for part in each.row.parts]
    return made


def _plain(ranked: Ranked, sides: Sides) -> dict[str, object]:
    row = ranked.row
    return {
        "indicator": row.indicator.code,
        "dimension": row.dimension,
        "code": row.code,
        "groups": [_plain_group(ranked, each, sides) for each in ranked.groups],
        "apart": [{"country": _code(sides, place), "reason": why} for place, why in ranked.outside],
    }


def _plain_group(ranked: Ranked, group: AlikeGroup, sides: Sides) -> dict[str, object]:
    first = group.placed[0].side
    seen = ranked.row.values[first]
    return {
        "per": PER if group.by_rate else None,
        "definition": sides.definition(first, seen).text(ENGLISH) if seen else "",
        "lowest": [_code(sides, each.side) for each in group.lowest],
        "median": group.median,
        "highest": [_code(sides, each.side) for each in group.highest],
        "places": [
            {"country": _code(sides, each.side), "rank": each.rank, "value": each.value} for each in group.placed
        ],
    }


def _code(sides: Sides, place: int) -> str:
    return sides.sides[place].figures.country.code


HEADS = (
    "indicator", "dimension", "code", "label", "unit", "country", "year", "edition", "value", "flags", "status",
    "qualifier", "confidentiality", "source", "change", "relative", "obstacle", "file", "line", "share", "points",
    "mean", "mean_obstacle", "lowest", "lowest_year", "highest", "highest_year", "standing", "group", "rank", "rate",
    "apart",
)  # fmt: skip
# What follows the place of a value, empty where nothing is worked out; a rest has no place in a range.
MORE, UNRANKED = 8, ("",) * 4
NOT_STATED = "not_stated"
SMALL_BASE = "small base"


def comparison_csv(context: Context) -> str:
    """Write a comparison as CSV, one value a line. Figure, side, value, and its change from the side before with what
    stands in its way. Raises ValueError when nothing is compared."""
    sides = _sides(context)
    lines = (line for row in context.rows for line in _tidy(context, row, sides))
    return csv_for(context.audience, HEADS, lines)


def comparison_json(context: Context, texts: Sequence[Revised] = ()) -> str:
    """Write a comparison as JSON, with no number rounded. It holds the sides, figures with values and changes,
    countries, law, rates, and `texts` as printed. Numbers are text, so that they stay exact. A share stands on a base
    that is large enough for a percentage, else the reason does. Raises ValueError when nothing is compared."""
    sides = _sides(context)
    parts = []
    for side, name in zip(sides.sides, side_names(context, sides), strict=True):
        country, year, edition = _of_side(side)
        facts = {"name": name, "country": country, "year": year, "edition": edition, "as_of": side.figures.as_of}
        parts.append({**facts, "standing": _standing(side)})
    plain = {
        "manner": sides.manner,
        "language": context.locale.language,
        "audience": context.audience,
        "sides": parts,
        "figures": [_plain_row(context, row, sides) for row in context.rows],
        "countries_named": [
            {"kind": each.kind, "comparable": each.is_comparable, "countries": each.countries}
            for each in (compare_named(sides) if sides.manner is Manner.YEARS else ())
        ],
        "law": [_plain_law(context, each) for each in law_changes(_editions(sides))],
        "offices": [_plain_office(each) for each in plans_and_offices(_editions(sides))],
        "texts": [_plain_text(each) for each in texts],
        "rates": [
            {"indicator": each.row.indicator.code, "per": PER, "values": each.values}
            for each in (rates(context.rows, sides) if sides.manner is Manner.COUNTRIES else ())
        ],
        "rankings": plain_rankings(context.rows, sides),
    }
    return as_json(plain) + "\n"


def _sides(context: Context) -> Sides:
    if context.sides is None:
        raise ValueError("nothing is laid side by side")
    return context.sides


def _tidy(context: Context, row: Compared, sides: Sides, whole: Compared | None = None) -> Iterator[Sequence[object]]:
    ranks = ranks_by_side(row, sides, whole)
    for place, side in enumerate(sides.sides):
        change = row.changes[place - 1] if place and row.changes else None
        yield (
            *_figure(context, row),
            *_of_side(side),
            *_seen(row.values[place]),
            *_changed(context, change),
            *_place(row.values[place]),
            *_shared(context, row, place),
            *(_series(row) if place == len(sides.sides) - 1 else [""] * 6),
            _standing(side),
            *ranks[place],
        )
    for part in row.parts:
        yield from _tidy(context, part, sides, row)
    for dimension, rests in row.rests:
        for side, rest in zip(sides.sides, rests, strict=True):
            if rest:
                words = rest_label(context, row, dimension)
                figure = (row.indicator.code, dimension, NOT_STATED, words, row.indicator.unit.value)
                yield (
                    *figure,
                    *_of_side(side),
                    f"{rest:f}",
                    "",
                    "worked out",
                    *[""] * (8 + MORE),
                    _standing(side),
                    *UNRANKED,
                )


def _standing(side: Side) -> str:
    return CHANGED if side.edition.edition.changed else ""


def _figure(context: Context, row: Compared) -> tuple[str, ...]:
    label = row.indicator.label.text(context.locale.language)
    label = context.locale.put("{}, {}", label, context.code_label(row.dimension, row.code)) if row.code else label
    return (row.indicator.code, row.dimension, row.code, label, row.indicator.unit.value)


def _of_side(side: Side) -> tuple[object, ...]:
    return (side.figures.country.code, side.year, side.edition.year)


def _seen(seen: Observation | None) -> tuple[str, ...]:
    if seen is None:
        return ("", "", "missing", "", "", "")
    return (*value_fields(seen), seen.source)


def _changed(context: Context, change: Change | None) -> tuple[str, ...]:
    if change is None:
        return ("", "", "")
    revised = context.sides is not None and context.sides.manner is Manner.EDITIONS
    relative = None if revised else relative_of(change, context.vintage.settings)
    return (_number(change.difference), _number(relative), change.obstacle.value if change.obstacle else "")


def _place(seen: Observation | None) -> tuple[object, ...]:
    return (seen.mark.path, seen.mark.line) if seen else ("", "")


def _shared(context: Context, row: Compared, place: int) -> tuple[str, str]:
    """The share of a side and its change from the side before. Both only on bases that are large enough for a
    percentage."""
    if not row.shares:
        return ("", "")
    points = _points(context, row, place - 1)[0] if place and row.points else None
    return _number(_share(context, row.shares[place])[0]), _number(points)


def _series(row: Compared) -> Iterator[object]:
    """The mean and the extremes that the last side is compared with. The mean is that of the years before."""
    mean, known = row.mean, row.extremes
    yield _number(mean.value if mean else None)
    yield mean.obstacle.value if mean and mean.obstacle else ""
    for seen in (known.lowest, known.highest) if known else (None, None):
        yield from (value_of(seen), seen.year) if seen else ("", "")


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _plain_row(context: Context, row: Compared, sides: Sides) -> dict[str, object]:
    indicator, dimension, code, label, unit = _figure(context, row)
    return {
        "indicator": indicator,
        "dimension": dimension,
        "code": code,
        "label": label,
        "unit": unit,
        "values": [_plain_value(seen) for seen in row.values],
        "changes": [_plain_change(context, each) for each in row.changes],
        "overall": _plain_change(context, row.overall) if row.overall else None,
        "mean": row.mean,
        "extremes": _plain_extremes(row.extremes),
        "shares": [_named(_share(context, each), "value", "base", "reason") for each in row.shares],
        "points": [_named(_points(context, row, place), "value", "reason") for place in range(len(row.points))],
        "sentences": list(sentences(context, row, sides, label)) if side_pairs(sides) else [],
        "parts": [_plain_row(context, part, sides) for part in row.parts],
        "not_stated": dict(row.rests),
    }


def _named(values: Sequence[object], *names: str) -> dict[str, object]:
    return dict(zip(names, values, strict=True))


def _share(context: Context, share: Share | None) -> tuple[Decimal | None, Decimal | None, str | None]:
    """A share with its base, or the reason for having none. One reason is a base that is too small for a percentage."""
    if share is None or share.value is None:
        return None, None, "value"
    large = context.vintage.settings.allows_percent(share.base)
    return (share.value, share.base, None) if large else (None, share.base, SMALL_BASE)


def _points(context: Context, row: Compared, place: int) -> tuple[Decimal | None, str | None]:
    """The change of a share from a side to the next. Where there is none, the reason: that of the change of the figure
    first."""
    obstacle = row.changes[place].obstacle
    shares = [_share(context, each)[-1] for each in row.shares[place : place + 2]]
    reason = next(filter(None, (obstacle and obstacle.value, *shares)), None)
    return None if reason else row.points[place], reason


def _plain_value(seen: Observation | None) -> dict[str, object]:
    value, flags, status, qualifier, confidentiality, source = _seen(seen)
    path, line = _place(seen)
    known = {"value": value or None, "status": status, "flags": flags, "qualifier": qualifier}
    return known | {"confidentiality": confidentiality, "source": source, "file": path, "line": line or None}


def _plain_change(context: Context, change: Change) -> dict[str, object]:
    return _named([each or None for each in _changed(context, change)], "difference", "relative", "obstacle")


def _plain_extremes(found: Extremes | None) -> dict[str, object] | None:
    if found is None:
        return None
    ends = {"lowest": found.lowest, "highest": found.highest}
    known = {"since": found.years[0], **pick(found, "years", "record")}
    return known | {name: {"year": seen.year, "value": value_of(seen)} for name, seen in ends.items()}


def _editions(sides: Sides) -> list[Vintage]:
    """The editions whose law is compared: those of one country."""
    return [] if sides.manner is Manner.COUNTRIES else [side.edition for side in sides.sides]


def _plain_law(context: Context, each: LawChange) -> dict[str, object]:
    thing, before = each.provision, each.before
    return {
        "turn": each.turn,
        "code": thing.code,
        "law": thing.law.text(context.locale.language),
        "article": thing.article,
        "since": thing.since or None,
        "until": thing.until or None,
        "before": before.code if before else None,
    }


def _plain_office(each: Turned) -> dict[str, object]:
    thing = each.thing
    first, last = (thing.first, thing.last) if isinstance(thing, Plan) else (thing.since, thing.until)
    return {
        "turn": each.turn,
        "kind": type(thing).__name__.lower(),
        "code": thing.code,
        "since": str(first or "") or None,
        "until": str(last or "") or None,
    }


def _plain_text(each: Revised) -> dict[str, object]:
    """A section as it is printed, with what became of its words. A paragraph that stands for others says so."""
    paragraphs = [
        {
            "sort": str(paragraph.sort),
            "moved": paragraph.moved or None,
            "words": [{"text": run.text, "fate": str(run.fate) or None} for run in paragraph.words],
        }
        for paragraph in each.paragraphs
    ]
    return {
        "section": each.title,
        "language": each.language or None,
        "remark": each.remark or None,
        "paragraphs": paragraphs,
    }
