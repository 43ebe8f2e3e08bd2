"""Read the tables of Eurostat that the catalogue lists. They are checked against the indicators and codes of the
catalogue."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reporter.data.errors import nearest
from reporter.data.read.shapes import ComponentShape, DataflowShape, TransmissionShape
from reporter.data.read.yaml_tree import Tree
from reporter.data.records import Catalogue, Component, Dataflow, Dimension, Holds, Indicator, Transmission

KEY = "eurostat"


def apply_decisions(tree: Tree, shape: TransmissionShape, dimensions: Iterable[Dimension]) -> tuple[Dimension, ...]:
    decisions: dict[str, dict[str, tuple[str, str]]] = {}
    for name, each in shape.dimensions.items():
        component = each.made(tree, KEY, "dimensions", name)
        own = decisions.setdefault(component.axis, {})
        own |= {code: (component.mapping, answer) for code, answer in each.decisions.items()}
    made = []
    for axis in dimensions:
        decided = decisions.get(axis.code, {})
        codes = (
            replace(each, mappings=tuple((dict(each.mappings) | dict([decided[each.code]])).items()))
            if each.code in decided
            else each
            for each in axis.codes
        )
        made.append(replace(axis, codes=tuple(codes)))
    return tuple(made)


def read_transmission(tree: Tree, shape: TransmissionShape, catalogue: Catalogue) -> Transmission:
    """Read what goes to Eurostat; unknown names become errors of the tree."""
    axes = {each.code: each for each in catalogue.dimensions}
    indicators = [each.code for each in catalogue.indicators]
    for code, names in shape.figures.items():
        for name in names:
            _knows(tree, ("figures", code), f"unknown indicator {name!r}", name, indicators)
    if not tree.frozen:  # what was not sent then is not sent afterwards
        _check_answers(tree, shape, catalogue.indicators)
    transmission = shape.made(tree, KEY)
    for name in transmission.differs:
        _knows(tree, ("differs", name), f"unknown indicator {name!r}", name, indicators)
    components = {code: _component(tree, code, each, axes) for code, each in shape.dimensions.items()}
    flows = (_dataflow(tree, code, each, shape, components) for code, each in shape.dataflows.items())
    return replace(transmission, dataflows=tuple(flows))


def _knows(tree: Tree, place: tuple[str, ...], message: str, name: str, known: Iterable[str]) -> bool:
    return tree.knows(tree.mark(KEY, *place), message, name, known, where=KEY)


def _check_answers(tree: Tree, shape: TransmissionShape, indicators: Iterable[Indicator]) -> None:
    """Check that every mapped indicator is listed with its kind of person. One that is not listed would never be
    sent."""
    for each in indicators:
        name, kind = each.code, dict(each.mappings).get(KEY, "")
        if kind in shape.figures and name not in shape.figures[kind]:
            mark = tree.mark("indicators", name, "mappings", KEY)
            message = f"{name} is mapped to {kind!r}, whose list in {KEY}.figures does not name it"
            hint = f"write {name} into {KEY}.figures.{kind}, or take the mapping out"
            tree.error(mark, "contradiction", message, hint)


def _component(tree: Tree, code: str, shape: ComponentShape, axes: Mapping[str, Dimension]) -> Component:
    place = ("dimensions", code)
    component = shape.made(tree, KEY, *place)
    if component.axis or component.holds is Holds.BREAKDOWN:
        component = replace(component, holds=Holds.BREAKDOWN)
        if _knows(tree, (*place, "axis"), f"unknown dimension {component.axis!r}", component.axis, axes):
            _check_codes(tree, component, shape.decisions, axes[component.axis])
    elif component.holds is Holds.VALUE and not component.value:
        hint = "write value: A, or axis: and mapping: of a breakdown, or holds: country"
        tree.error(tree.key(KEY, *place), "missing-key", f"{code} has neither a value nor a breakdown", hint)
    return component


def _check_codes(tree: Tree, component: Component, decisions: Mapping[str, str], axis: Dimension) -> None:
    """Check that all codes of a dimension map into the code list. So must the code of the whole."""
    place = ("dimensions", component.code)
    _knows(tree, (*place, "total"), f"unknown code {component.total!r}", component.total, component.codes)
    for name, answer in decisions.items():
        message = f"unknown code {name!r} of the dimension {axis.code!r}"
        _knows(tree, (*place, "decisions"), message, name, [each.code for each in axis.codes])
        _knows(tree, (*place, "decisions", name), f"unknown code {answer!r}", answer, component.codes)
    for each in axis.codes:
        answer = dict(each.mappings).get(component.mapping, component.total)
        if answer not in component.codes and each.code not in decisions:
            mark = tree.mark("dimensions", axis.code, "codes", each.code, "mappings", component.mapping)
            message = f"{each.code} is mapped to {answer!r}, which is no code of {KEY}.{'.'.join(place)}"
            tree.error(mark, "unknown-code", message, nearest(answer, component.codes))


def _dataflow(
    tree: Tree, code: str, shape: DataflowShape, whole: TransmissionShape, components: Mapping[str, Component]
) -> Dataflow:
    place = ("dataflows", code)
    for name in shape.dimensions:
        _knows(tree, (*place, "dimensions"), f"unknown dimension {name!r} of {KEY}", name, components)
    for name in shape.figures:
        _knows(tree, (*place, "figures"), f"unknown kind of person {name!r}", name, whole.figures)
    found = tuple(components[name] for name in shape.dimensions if name in components)
    for message, hint in _contradictions(code, shape, found):
        tree.error(tree.mark(KEY, *place), "contradiction", message, hint)
    figures = tuple((name, tuple(whole.figures[name])) for name in shape.figures if name in whole.figures)
    return shape.made(tree, KEY, *place, components=found, figures=figures)


def _contradictions(code: str, shape: DataflowShape, found: tuple[Component, ...]) -> Iterator[tuple[str, str]]:
    axes = dict.fromkeys(each.axis for each in found if each.holds is Holds.BREAKDOWN)
    if len(axes) > 1:
        yield f"{code} is broken down by {' and by '.join(axes)} at once", "make two tables of it"
    told_apart = any(each.holds is Holds.FIGURES for each in found)
    if len(shape.figures) > 1 and not told_apart:
        yield f"no dimension of {code} tells its {len(shape.figures)} kinds of persons apart", "name one, or add it"
