"""Turn figures as written into observations, typed by the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from reporter.data.errors import Mark, nearest
from reporter.data.read.amount import UNANSWERED
from reporter.data.read.fields import label
from reporter.data.read.shapes import FigureShape, PartShape, is_part_of_figure, misplaced_part
from reporter.data.read.yaml_tree import Tree
from reporter.data.records import Catalogue, Dimension, Indicator, Observation

FAMILIES = {"activities": "activity", "law": "law"}
PLACES = {"activities": "activities", "law": "provisions"}


@dataclass(frozen=True, slots=True)
class FileOrigin:
    """The file that observations come from; its tree takes their errors. `source` is that of all that names none, empty
    until the file is read."""

    tree: Tree
    catalogue: Catalogue
    country: str
    year: int
    source: str = ""


def read_figures(origin: FileOrigin, figures: dict[str, FigureShape]) -> tuple[Observation, ...]:
    """Read the `figures:` of a year; unknown names become errors."""
    return tuple(seen for code, shape in figures.items() for seen in _figure(origin, code, shape))


def read_counts(origin: FileOrigin, owner: str, figures: dict[str, PartShape]) -> tuple[Observation, ...]:
    """Read the counts of an activity (`activities.CODE`) or provision (`law.CODE`)."""
    family, _, name = owner.partition(".")
    place = (PLACES[family], name, "figures")
    counts = []
    for code, shape in figures.items():
        indicator = find_indicator(origin, f"{FAMILIES[family]}.{code}", origin.tree.key(*place, code))
        if indicator:
            counts.append(replace(observation(origin, indicator, shape, origin.tree.mark(*place, code)), owner=owner))
    return tuple(counts)


def find_indicator(origin: FileOrigin, code: str, mark: Mark) -> Indicator | None:
    indicator = origin.catalogue.indicator(code)
    if indicator is None:
        family = code.partition(".")[0] + "."
        known = [each.code for each in origin.catalogue.indicators]
        names = [each for each in known if each.startswith(family)] or known
        short = family in ("activity.", "law.")
        word, words = (
            (code.removeprefix(family), [each.removeprefix(family) for each in names]) if short else (code, names)
        )
        origin.tree.error(mark, "unknown-indicator", f"unknown indicator {word!r}", nearest(word, words))
    return indicator


def check_whole(origin: FileOrigin, indicator: Indicator, value: Decimal | None, mark: Mark) -> None:
    if value is None or origin.tree.frozen or not indicator.unit.is_whole:
        return
    whole = value.to_integral_value()
    if value == whole and str(value) != str(whole):
        message = f"{indicator.code}: {value} is no whole number, but {indicator.unit} are counted"
        origin.tree.error(mark, "wrong-type", message, f"write {whole}")


def check_source(origin: FileOrigin, code: str, mark: Mark, *, may_wait: bool = False) -> None:
    """Report a source that nobody knows. What `may_wait` can be unanswered in a draft."""
    if code and not (may_wait and code == UNANSWERED):
        known = (each.code for each in origin.catalogue.sources)
        origin.tree.knows(mark, f"unknown source {code!r}", code, known, code="unknown-source")


def _figure(origin: FileOrigin, code: str, shape: FigureShape) -> Iterator[Observation]:
    place = ("figures", code)
    if is_part_of_figure(code):
        origin.tree.error(origin.tree.key(*place), *misplaced_part(code))
        return
    indicator = find_indicator(origin, code, origin.tree.key(*place))
    if indicator is None:
        return
    _check_names(origin, indicator, shape, place)
    names = ("note", "flags", "confidentiality", "part_of")
    part = PartShape.model_construct(value=shape.total, **{name: getattr(shape, name) for name in names})
    mark = origin.tree.mark(*place, "total") if "total" in shape.model_fields_set else origin.tree.key(*place)
    since, _, until = shape.period.partition("/")
    source, until = shape.source or origin.source, until or since
    of_figure = partial(replace, source=source, definition=shape.definition, since=since, until=until)
    total = of_figure(observation(origin, indicator, part, mark))
    yield replace(total, incomplete=tuple(shape.incomplete))
    for key, parts in (shape.model_extra or {}).items():
        axis = _axis(origin, indicator, key, (*place, key))
        for seen in _parts(origin, indicator, axis, parts, (*place, key)) if axis else ():
            yield of_figure(seen, flags=total.flags | seen.flags)


def _parts(
    origin: FileOrigin, indicator: Indicator, axis: Dimension, parts: dict[str, PartShape], place: tuple[str, ...]
) -> Iterator[Observation]:
    for code, shape in parts.items():
        seen = observation(origin, indicator, shape, origin.tree.mark(*place, code))
        if axis.get(code):
            yield replace(seen, dimension=axis.code, code=code)
            continue
        labels = {text.lower(): member.code for member in axis.codes for _, text in member.label.texts}
        hint = nearest(labels.get(code.lower(), code), (member.code for member in axis.codes))
        key = origin.tree.key(*place, code)
        origin.tree.error(key, "unknown-code", f"unknown code {code!r} of the dimension {axis.code!r}", hint)


def observation(origin: FileOrigin, indicator: Indicator, shape: PartShape, mark: Mark) -> Observation:
    check_whole(origin, indicator, shape.value.value, mark)
    return Observation(
        country=origin.country,
        year=origin.year,
        indicator=indicator.code,
        value=shape.value.value,
        mark=mark,
        vintage=origin.year,
        source=origin.source,
        status=shape.value.status,
        qualifier=shape.value.qualifier,
        flags=frozenset(shape.flags),
        confidentiality=shape.confidentiality,
        notes=(label(shape.note),) if shape.note else (),
        part_of=shape.part_of,
    )


def _axis(origin: FileOrigin, indicator: Indicator, key: str, place: tuple[str, ...]) -> Dimension | None:
    allowed = [f"by {name}" for name in indicator.dimensions]
    if key not in allowed:
        known = [*allowed, *FigureShape.model_fields]
        message = f"unknown key {key!r} of {indicator.code}"
        origin.tree.error(origin.tree.key(*place), "unknown-key", message, nearest(key, known))
        return None
    return origin.catalogue.dimension(key.removeprefix("by "))


def _check_names(origin: FileOrigin, indicator: Indicator, shape: FigureShape, place: tuple[str, ...]) -> None:
    definitions = [code for code, _ in indicator.definitions[1:]]
    tree, code = origin.tree, indicator.code
    if shape.definition:
        mark = tree.mark(*place, "definition")
        tree.knows(mark, f"unknown definition {shape.definition!r} of {code}", shape.definition, definitions)
    for name in shape.incomplete:
        tree.knows(tree.mark(*place, "incomplete"), f"unknown dimension {name!r} of {code}", name, indicator.dimensions)
    check_source(origin, shape.source, origin.tree.mark(*place, "source"), may_wait=True)
