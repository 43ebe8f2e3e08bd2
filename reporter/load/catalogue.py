"""Read the catalogue and the settings of a workspace."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from reporter.errors import nearest
from reporter.files.sources import SETTINGS, Sources
from reporter.load.dataflows import apply_decisions, read_transmission
from reporter.load.fields import label
from reporter.load.recipient import read_mail, read_permissions, read_recipients
from reporter.load.shape_errors import validate
from reporter.load.shapes import CatalogueShape, WorkspaceShape
from reporter.load.written import Written
from reporter.load.yaml_tree import Tree, read_yaml
from reporter.model import (
    Catalogue,
    ChartChoice,
    Deadline,
    Dimension,
    DisclosureRules,
    FigureWeight,
    Indicator,
    Recipient,
    Settings,
    Split,
    Threshold,
    Transmission,
)
from reporter.model.disclosure_rules import ENOUGH
from reporter.model.label import ENGLISH

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


KEY = "disclosure"
HIGHEST = 100
VICTIMS = "victims.identified"


def read_disclosure_rules(tree: Tree, shape: Written[DisclosureRules] | None) -> DisclosureRules:
    """Read the rules of `reporter.yaml`, without those that have errors."""
    rules = shape.made(tree, KEY) if shape else DisclosureRules()
    if rules.width < ENOUGH:
        message = f"width: {rules.width} possible values protect nobody"
        tree.error(tree.mark(KEY, "width"), "wrong-type", message, f"write width: {ENOUGH} or more")
    return replace(
        rules,
        width=max(rules.width, ENOUGH),
        thresholds=tuple(each for number, each in enumerate(rules.thresholds) if _threshold(tree, str(number), each)),
        weights=tuple(each for number, each in enumerate(rules.weights) if _weight(tree, str(number), each)),
    )


def _threshold(tree: Tree, number: str, each: Threshold) -> bool:
    place = (KEY, "thresholds", number)
    if each.below < 2:
        message = f"below: {each.below} withholds nothing, as only counts from 1 on are withheld"
        tree.error(tree.mark(*place, "below"), "wrong-type", message, "write below: 10, say, or take the entry out")
    return _names(tree, place, each) and each.below > 1


def _weight(tree: Tree, number: str, each: FigureWeight) -> bool:
    place, fits = (KEY, "weights", number), 1 <= each.weight <= HIGHEST
    if not fits:
        hint = f"write a number from 1, withheld first, to {HIGHEST}, withheld last"
        tree.error(tree.mark(*place, "weight"), "wrong-type", f"weight: {each.weight} is no weight", hint)
    return _names(tree, place, each) and fits


def _names(tree: Tree, place: tuple[str, ...], each: Threshold | FigureWeight) -> bool:
    if not each.figures:
        tree.error(tree.mark(*place, "figures"), "missing-key", "no figure is named", f"write figures: [{VICTIMS}]")
    return bool(each.figures)


YEARS = range(1900, 2101)


def _deadline(tree: Tree, code: str, shape: Written[Deadline], recipients: tuple[Recipient, ...]) -> Deadline:
    deadline = shape.made(tree, "deadlines", code, mark=tree.key("deadlines", code))
    known = [each.code for each in recipients]
    for name in (each for each in deadline.recipients if each not in known):
        place = tree.mark("deadlines", code, "to")
        tree.error(place, "unknown-code", f"{code}: reporter.yaml knows no recipient {name!r}", nearest(name, known))
    if deadline.first not in YEARS:
        place = tree.mark("deadlines", code, "first")
        tree.error(place, "wrong-type", f"first: there is no year {deadline.first}", "write a year, such as 2025")
    if deadline.after not in range(11):
        place = tree.mark("deadlines", code, "after")
        tree.error(place, "wrong-type", f"after: {deadline.after} is no number of years from 0 to 10", "write 1")
    return replace(deadline, recipients=tuple(dict.fromkeys(deadline.recipients)))


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


def read_settings(sources: Sources, *, frozen: bool = False) -> tuple[Settings | None, Tree]:
    """Read `reporter.yaml`; None with the errors in the tree."""
    tree = read_yaml(sources, SETTINGS, frozen=frozen)
    shape = validate(tree, WorkspaceShape, {"title": {}, "languages": [ENGLISH]})
    if shape is None:
        return None, tree
    tree.unsure = bool(tree.dropped)
    if not shape.languages:
        tree.error(tree.mark("languages"), "wrong-type", "languages: no language is listed", "write languages: [en]")
    limits, mail = shape.thresholds, read_mail(tree, shape.mail)
    recipients = read_recipients(tree, shape.recipients, shape.languages, mail)
    return Settings(
        title=label(shape.title),
        languages=tuple(shape.languages),
        theme=shape.theme,
        theme_mark=tree.mark("theme"),
        percent_base=limits.percent_base,
        jump=limits.jump,
        jump_count=limits.jump_count,
        licence=shape.licence,
        reuse=label(shape.reuse),
        mail=mail,
        recipients=recipients,
        small_counts=read_permissions(tree, shape.publish_small_counts),
        deadlines=tuple(_deadline(tree, code, each, recipients) for code, each in shape.deadlines.items()),
        charts=shape.charts.made(tree, "charts") if shape.charts else ChartChoice(),
        annexes=shape.annexes,
        disclosure=read_disclosure_rules(tree, shape.disclosure),
        approvals=shape.approvals,
    ), tree


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
