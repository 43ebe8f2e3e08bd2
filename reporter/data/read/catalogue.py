"""Read the catalogue of a workspace, and the tables of Eurostat in it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from reporter.data.errors import nearest
from reporter.data.files.sources import Sources
from reporter.data.i18n.po_file import Found
from reporter.data.read.shape_errors import validate
from reporter.data.read.shapes import CatalogueShape, ComponentShape, DataflowShape, TransmissionShape
from reporter.data.read.yaml_tree import Tree, read_yaml
from reporter.data.records import Catalogue, Component, Dataflow, Dimension, Holds, Indicator, Split, Transmission
from reporter.data.records.label import ENGLISH, Label

KEY = "eurostat"
T = TypeVar("T")


def apply_decisions(tree: Tree, shape: TransmissionShape, dimensions: Iterable[Dimension]) -> tuple[Dimension, ...]:
    decisions: dict[str, dict[str, tuple[str, str]]] = {}
    for name, component_shape in shape.dimensions.items():
        component = component_shape.build(tree, KEY, "dimensions", name)
        own = decisions.setdefault(component.axis, {})
        own |= {code: (component.mapping, answer) for code, answer in component_shape.decisions.items()}
    mapped_dimensions = []
    for axis in dimensions:
        decided = decisions.get(axis.code, {})
        codes = (
            replace(member, mappings=tuple((dict(member.mappings) | dict([decided[member.code]])).items()))
            if member.code in decided
            else member
            for member in axis.codes
        )
        mapped_dimensions.append(replace(axis, codes=tuple(codes)))
    return tuple(mapped_dimensions)


def read_transmission(tree: Tree, shape: TransmissionShape, catalogue: Catalogue) -> Transmission:
    """Read what goes to Eurostat; unknown names become errors of the tree."""
    axes = {dimension.code: dimension for dimension in catalogue.dimensions}
    indicators = [indicator.code for indicator in catalogue.indicators]
    for code, names in shape.figures.items():
        for name in names:
            _knows(tree, ("figures", code), f"unknown indicator {name!r}", name, indicators)
    if not tree.frozen:  # what was not sent then is not added later
        _check_answers(tree, shape, catalogue.indicators)
    transmission = shape.build(tree, KEY)
    for name in transmission.differs:
        _knows(tree, ("differs", name), f"unknown indicator {name!r}", name, indicators)
    components = {code: _component(tree, code, entry, axes) for code, entry in shape.dimensions.items()}
    flows = (_dataflow(tree, code, entry, shape, components) for code, entry in shape.dataflows.items())
    return replace(transmission, dataflows=tuple(flows))


def _knows(tree: Tree, place: tuple[str, ...], message: str, name: str, names: Iterable[str]) -> bool:
    return tree.knows(tree.mark(KEY, *place), message, name, names, where=KEY)


def _check_answers(tree: Tree, shape: TransmissionShape, indicators: Iterable[Indicator]) -> None:
    """Check that every mapped indicator is listed with its kind of person: otherwise it would never be sent."""
    for indicator in indicators:
        name, kind = indicator.code, dict(indicator.mappings).get(KEY, "")
        if kind in shape.figures and name not in shape.figures[kind]:
            mark = tree.mark("indicators", name, "mappings", KEY)
            message = f"{name} is mapped to {kind!r}, but {KEY}.figures does not list it"
            hint = f"add {name} to {KEY}.figures.{kind}, or remove the mapping"
            tree.error(mark, "contradiction", message, hint)


def _component(tree: Tree, code: str, shape: ComponentShape, axes: Mapping[str, Dimension]) -> Component:
    place = ("dimensions", code)
    component = shape.build(tree, KEY, *place)
    if component.axis or component.holds is Holds.BREAKDOWN:
        component = replace(component, holds=Holds.BREAKDOWN)
        if _knows(tree, (*place, "axis"), f"unknown dimension {component.axis!r}", component.axis, axes):
            _check_mapped_codes(tree, component, shape.decisions, axes[component.axis])
    elif component.holds is Holds.VALUE and not component.value:
        hint = "write value: A, or axis: and mapping: of a breakdown, or holds: country"
        tree.error(tree.key(KEY, *place), "missing-key", f"{code} has neither a value nor a breakdown", hint)
    return component


def _check_mapped_codes(tree: Tree, component: Component, decisions: Mapping[str, str], axis: Dimension) -> None:
    place = ("dimensions", component.code)
    _knows(tree, (*place, "total"), f"unknown code {component.total!r}", component.total, component.codes)
    for name, answer in decisions.items():
        message = f"unknown code {name!r} of the dimension {axis.code!r}"
        _knows(tree, (*place, "decisions"), message, name, [code.code for code in axis.codes])
        _knows(tree, (*place, "decisions", name), f"unknown code {answer!r}", answer, component.codes)
    for member in axis.codes:
        answer = dict(member.mappings).get(component.mapping, component.total)
        if answer not in component.codes and member.code not in decisions:
            mark = tree.mark("dimensions", axis.code, "codes", member.code, "mappings", component.mapping)
            message = f"{member.code} is mapped to {answer!r}, which is not a code of {KEY}.{'.'.join(place)}"
            tree.error(mark, "unknown-code", message, nearest(answer, component.codes))


def _dataflow(
    tree: Tree, code: str, shape: DataflowShape, whole: TransmissionShape, components: Mapping[str, Component]
) -> Dataflow:
    place = ("dataflows", code)
    for name in shape.dimensions:
        _knows(tree, (*place, "dimensions"), f"unknown dimension {name!r} of {KEY}", name, components)
    for name in shape.figures:
        _knows(tree, (*place, "figures"), f"unknown kind of person {name!r}", name, whole.figures)
    own_components = tuple(components[name] for name in shape.dimensions if name in components)
    for message, hint in _contradictions(code, shape, own_components):
        tree.error(tree.mark(KEY, *place), "contradiction", message, hint)
    figures = tuple((name, tuple(whole.figures[name])) for name in shape.figures if name in whole.figures)
    return shape.build(tree, KEY, *place, components=own_components, figures=figures)


def _contradictions(code: str, shape: DataflowShape, components: tuple[Component, ...]) -> Iterator[tuple[str, str]]:
    axes = dict.fromkeys(component.axis for component in components if component.holds is Holds.BREAKDOWN)
    if len(axes) > 1:
        yield f"{code} is broken down by {' and by '.join(axes)} together", "split it into two tables"
    has_kinds = any(component.holds is Holds.FIGURES for component in components)
    if len(shape.figures) > 1 and not has_kinds:
        yield f"no dimension of {code} distinguishes its {len(shape.figures)} kinds of persons", "name one, or add it"


DUTY, ANSWER = "article_19a", "art19a"


def check_duty(tree: Tree, catalogue: Catalogue) -> None:
    """Check that items and breakdowns have known names, and indicators a listed item."""
    splits = [entry.code for entry in catalogue.article_19a.splits]
    items = [entry.code for entry in catalogue.article_19a.items]
    for split in catalogue.article_19a.splits:
        _check_split(tree, split, catalogue)
    for item in catalogue.article_19a.items:
        mark = tree.mark(DUTY, "items", item.code, "breakdowns")
        for name in item.splits:
            tree.knows(mark, f"unknown breakdown {name!r}", name, splits, where=DUTY)
    for indicator in catalogue.indicators:
        answer = dict(indicator.mappings).get(ANSWER)
        if answer is not None:
            mark = tree.mark("indicators", indicator.code, "mappings", ANSWER)
            tree.knows(mark, f"unknown item {answer!r} of Article 19a", answer, items, where=DUTY)


def _check_split(tree: Tree, split: Split, catalogue: Catalogue) -> None:
    place = (DUTY, "breakdowns", split.code)
    if not split.dimension:
        return
    axis = catalogue.dimension(split.dimension)
    names = [dimension.code for dimension in catalogue.dimensions]
    tree.knows(
        tree.mark(*place, "dimension"), f"unknown dimension {split.dimension!r}", split.dimension, names, where=DUTY
    )
    members = [member.code for member in axis.codes] if axis else split.codes
    for name in split.codes:
        message = f"unknown code {name!r} of the dimension {split.dimension!r}"
        tree.knows(tree.mark(*place, "codes"), message, name, members, where=DUTY)


CATALOGUE = "data/catalogue.yaml"
# What the program reads under `mappings:`; the tables of Eurostat in the catalogue name further keys.
MAPPED = (
    "age",
    "art19a",
    "eurostat",
    "glotip",
    "glotip_age",
    "glotip_category",
    "glotip_definition",
    "glotip_sex",
    "ictip",
    "sex",
)


def read_catalogue(sources: Sources, *, frozen: bool = False) -> tuple[Catalogue | None, Tree]:
    """Read `data/catalogue.yaml`; None with the errors in the tree."""
    tree = read_yaml(sources, CATALOGUE, frozen=frozen)
    shape = validate(tree, CatalogueShape)
    if shape is None:
        return None, tree
    tree.unsure = bool(tree.dropped)
    catalogue = shape.build(tree, eurostat=Transmission())
    for dimension in catalogue.dimensions:
        _check_codes(tree, dimension)
    dimensions = tuple(apply_decisions(tree, shape.eurostat, catalogue.dimensions))
    codes = [axis.code for axis in dimensions]
    indicators: list[Indicator] = []
    for entry in catalogue.indicators:
        mark = tree.mark("indicators", entry.code, "dimensions")
        names = tuple(name for name in entry.dimensions if tree.knows(mark, f"unknown dimension {name!r}", name, codes))
        indicators.append(replace(entry, dimensions=names))
    for indicator in indicators:
        _check_addresses(tree, indicator, dimensions, {other.code for other in indicators})
    catalogue = replace(catalogue, dimensions=dimensions, indicators=tuple(indicators))
    check_duty(tree, catalogue)
    catalogue = replace(catalogue, eurostat=read_transmission(tree, shape.eurostat, catalogue))
    check_mapping_names(tree, catalogue)
    return catalogue, tree


def translated(value: T, languages: Sequence[str], messages: Callable[[str], Found]) -> T:
    """A value with its labels in further languages, if the messages of these have their English text."""

    def inner(part: Any) -> Any:
        if isinstance(part, Label):
            texts = dict(part.texts)
            english = texts.get(ENGLISH, "")
            lacking = ((code, messages(code)) for code in languages if english and code not in texts)
            translations = ((code, words.gettext(english)) for code, (words, names, _) in lacking if english in names)
            return Label((*part.texts, *translations))
        if isinstance(part, tuple):
            return tuple(map(inner, part))
        if isinstance(part, Mapping):
            return {key: inner(item) for key, item in part.items()}
        if is_dataclass(part) and not isinstance(part, type):
            names = (field.name for field in fields(part) if field.init)
            return replace(part, **{name: inner(getattr(part, name)) for name in names})
        return part

    return cast(T, inner(value))


def check_mapping_names(tree: Tree, catalogue: Catalogue) -> None:
    """Refuse keys of mappings that neither the program nor a table of Eurostat in the catalogue reads."""
    components = (component for flow in catalogue.eurostat.dataflows for component in flow.components)
    mapping_keys = sorted({*MAPPED, *(component.mapping for component in components if component.mapping)})
    for path, mark in tree.keys.items():
        if path[-2:-1] == ("mappings",) and not tree.frozen:
            value = path[-1]
            tree.knows(mark, f"unknown key {value!r}", value, mapping_keys, code="unknown-key")


def _check_codes(tree: Tree, dimension: Dimension) -> None:
    codes = [code.code for code in dimension.codes]
    for member in dimension.codes:
        for other in (*member.combines, *([member.within] if member.within else [])):
            if other not in codes:
                mark = tree.mark("dimensions", dimension.code, "codes", member.code)
                message = f"{member.code} names an unknown code {other!r}"
                tree.error(mark, "unknown-code", message, nearest(other, codes))


def _check_addresses(
    tree: Tree, indicator: Indicator, dimensions: Iterable[Dimension], indicators: Collection[str]
) -> None:
    """Check that each value has an address of its own (`investigations.opened.sexual`)."""
    owners: dict[str, str] = {}
    for axis in dimensions:
        for code in (member.code for member in axis.codes if axis.code in indicator.dimensions):
            if code in owners:
                message = (
                    f"{code!r} is a code of {owners[code]} and of {axis.code}, both dimensions of {indicator.code}"
                )
                mark = tree.key("dimensions", axis.code, "codes", code)
                tree.error(mark, "shared-code", message, "give one of the two another code")
            owners.setdefault(code, axis.code)
            if f"{indicator.code}.{code}" in indicators:
                message = f"{indicator.code}.{code} is also the code {code!r} of {indicator.code} by {axis.code}"
                mark = tree.key("indicators", f"{indicator.code}.{code}")
                tree.error(mark, "shared-code", message, "give the indicator or the code another name")
