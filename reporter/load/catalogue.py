"""Read the catalogue and the settings of a workspace."""

from collections.abc import Collection, Iterable

from reporter.errors import nearest
from reporter.files.sources import SETTINGS, Sources
from reporter.load.dataflows import apply_decisions, read_transmission
from reporter.load.deadline import read_deadlines
from reporter.load.duty import read_duty
from reporter.load.figures import label
from reporter.load.recipient import read_mail, read_recipients
from reporter.load.shape_errors import validate
from reporter.load.shapes import CatalogueShape, CodeShape, DimensionShape, IndicatorShape, SourceShape, WorkspaceShape
from reporter.load.yaml_tree import Tree, read_yaml
from reporter.model import Abbreviation, Catalogue, Code, Dimension, Indicator, Label, Settings, Source

CATALOGUE = "data/catalogue.yaml"


def read_settings(sources: Sources, *, frozen: bool = False) -> tuple[Settings | None, Tree]:
    """Read `reporter.yaml`; None with the errors in the tree."""
    tree = read_yaml(sources, SETTINGS)
    tree.frozen = frozen
    shape = validate(tree, WorkspaceShape, {"title": {}, "languages": ["en"]})
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
        mail=mail,
        recipients=recipients,
        small_counts=label(shape.publish_small_counts.reason) if shape.publish_small_counts else Label(),
        deadlines=read_deadlines(tree, shape.deadlines, recipients),
    ), tree


def read_catalogue(sources: Sources, *, frozen: bool = False) -> tuple[Catalogue | None, Tree]:
    """Read `data/catalogue.yaml`; None with the errors in the tree."""
    tree = read_yaml(sources, CATALOGUE)
    tree.frozen = frozen
    shape = validate(tree, CatalogueShape)
    if shape is None:
        return None, tree
    tree.unsure = bool(tree.dropped)
    listed = (_dimension(tree, code, each) for code, each in shape.dimensions.items())
    dimensions = apply_decisions(shape.eurostat, listed)
    names = {each.code for each in dimensions}
    indicators = tuple(_indicator(tree, code, each, names) for code, each in shape.indicators.items())
    for indicator in indicators:
        _check_addresses(tree, indicator, dimensions, shape.indicators.keys())
    return Catalogue(
        indicators=indicators,
        dimensions=dimensions,
        sources=tuple(_source(code, each) for code, each in shape.sources.items()),
        mark=tree.mark(),
        abbreviations=tuple(
            Abbreviation(code, label(each.short), label(each.full)) for code, each in shape.abbreviations.items()
        ),
        article_19a=read_duty(tree, shape, dimensions),
        eurostat=read_transmission(tree, shape.eurostat, dimensions, shape.indicators),
    ), tree


def _indicator(tree: Tree, code: str, shape: IndicatorShape, dimensions: set[str]) -> Indicator:
    for name in shape.dimensions:
        if name not in dimensions:
            mark = tree.mark("indicators", code, "dimensions")
            tree.error(mark, "unknown-code", f"unknown dimension {name!r}", nearest(name, dimensions))
    return Indicator(
        code=code,
        label=label(shape.label),
        unit=shape.unit,
        kind=shape.kind,
        population=shape.population,
        definitions=(
            ("", label(shape.definition)),
            *((name, label(words)) for name, words in shape.definitions.items()),
        ),
        dimensions=tuple(name for name in shape.dimensions if name in dimensions),
        terms=tuple((language, tuple(words)) for language, words in shape.terms.items()),
        mappings=tuple(shape.mappings.items()),
        key=shape.key,
        icon=shape.icon,
        accent=shape.accent,
    )


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


def _dimension(tree: Tree, code: str, shape: DimensionShape) -> Dimension:
    for name, member in shape.codes.items():
        for other in (*member.combines, *([member.within] if member.within else [])):
            if other not in shape.codes:
                mark = tree.mark("dimensions", code, "codes", name)
                tree.error(mark, "unknown-code", f"{name} names an unknown code {other!r}", nearest(other, shape.codes))
    return Dimension(
        code=code,
        label=label(shape.label),
        codes=tuple(_code(*each) for each in shape.codes.items()),
        subset=shape.subset,
        mappings=tuple(shape.mappings.items()),
    )


def _code(code: str, shape: CodeShape) -> Code:
    return Code(
        code=code,
        label=label(shape.label),
        within=shape.within,
        combines=tuple(shape.combines),
        mappings=tuple(shape.mappings.items()),
    )


def _source(code: str, shape: SourceShape) -> Source:
    return Source(
        code=code,
        title=label(shape.title),
        publisher=label(shape.publisher),
        url=shape.url,
        published=shape.published,
        accessed=shape.accessed,
        note=label(shape.note),
        layout=shape.layout,
    )
