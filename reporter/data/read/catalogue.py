"""Read the catalogue of a workspace."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from reporter.data.errors import nearest
from reporter.data.files.sources import Sources
from reporter.data.read.dataflows import apply_decisions, read_transmission
from reporter.data.read.shape_errors import validate
from reporter.data.read.shapes import CatalogueShape
from reporter.data.read.yaml_tree import Tree, read_yaml
from reporter.data.records import Catalogue, Dimension, Indicator, Split, Transmission

DUTY, ANSWER = "article_19a", "art19a"


def check_duty(tree: Tree, catalogue: Catalogue) -> None:
    """Check that no name among items and breakdowns leads nowhere, and no indicator to an item that is not listed."""
    splits = [each.code for each in catalogue.article_19a.splits]
    items = [each.code for each in catalogue.article_19a.items]
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
    known = [each.code for each in catalogue.dimensions]
    tree.knows(
        tree.mark(*place, "dimension"), f"unknown dimension {split.dimension!r}", split.dimension, known, where=DUTY
    )
    members = [each.code for each in axis.codes] if axis else split.codes
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
    "sex",
)


def read_catalogue(sources: Sources, *, frozen: bool = False) -> tuple[Catalogue | None, Tree]:
    """Read `data/catalogue.yaml`; None with the errors in the tree."""
    tree = read_yaml(sources, CATALOGUE, frozen=frozen)
    shape = validate(tree, CatalogueShape)
    if shape is None:
        return None, tree
    tree.unsure = bool(tree.dropped)
    catalogue = shape.made(tree, eurostat=Transmission())
    for dimension in catalogue.dimensions:
        _check_codes(tree, dimension)
    dimensions = tuple(apply_decisions(tree, shape.eurostat, catalogue.dimensions))
    known = [each.code for each in dimensions]
    indicators: list[Indicator] = []
    for each in catalogue.indicators:
        mark = tree.mark("indicators", each.code, "dimensions")
        names = tuple(name for name in each.dimensions if tree.knows(mark, f"unknown dimension {name!r}", name, known))
        indicators.append(replace(each, dimensions=names))
    for indicator in indicators:
        _check_addresses(tree, indicator, dimensions, {each.code for each in indicators})
    catalogue = replace(catalogue, dimensions=dimensions, indicators=tuple(indicators))
    check_duty(tree, catalogue)
    catalogue = replace(catalogue, eurostat=read_transmission(tree, shape.eurostat, catalogue))
    check_mapping_names(tree, catalogue)
    return catalogue, tree


def check_mapping_names(tree: Tree, catalogue: Catalogue) -> None:
    """Refuse keys of mappings that neither the program reads nor a table of Eurostat in the catalogue."""
    components = (each for flow in catalogue.eurostat.dataflows for each in flow.components)
    known = sorted({*MAPPED, *(each.mapping for each in components if each.mapping)})
    for path, mark in tree.keys.items():
        if path[-2:-1] == ("mappings",) and not tree.frozen:
            value = path[-1]
            tree.knows(mark, f"unknown key {value!r}", value, known, code="unknown-key")


def _check_codes(tree: Tree, dimension: Dimension) -> None:
    codes = [each.code for each in dimension.codes]
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
        for code in (each.code for each in axis.codes if axis.code in indicator.dimensions):
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
