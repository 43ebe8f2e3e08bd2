"""Lay what a country has of its own over the catalogue. Its sources, what its figures count, and its codes: everybody
else reads one catalogue for each country."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reporter.errors import nearest
from reporter.load.shapes import CountryShape
from reporter.load.yaml_tree import Tree
from reporter.model import Catalogue, Code, Dimension, Indicator, OwnMeaning, Source
from reporter.model.label import NO_WORDS

SOURCES, INDICATORS, CODES = OWN = ("sources", "indicators", "codes")


def own_catalogue(tree: Tree, shape: CountryShape, country: str, catalogue: Catalogue) -> Catalogue:
    """The catalogue as a country uses it. What has a name of the catalogue takes its place there, what has none is
    added. Unknown names become errors."""
    sources = {code: each.made(tree, SOURCES, code, country=country) for code, each in shape.sources.items()}
    meanings = {code: each.made(tree, INDICATORS, code) for code, each in shape.indicators.items()}
    for code in meanings:
        _known(tree, (INDICATORS, code), "indicator", code, [each.code for each in catalogue.indicators])
    for name in shape.codes:
        _known(tree, (CODES, name), "dimension", name, [each.code for each in catalogue.dimensions])
    own = {
        axis.code: tuple(each.made(tree, CODES, axis.code, code) for code, each in shape.codes[axis.code].items())
        for axis in catalogue.dimensions
        if axis.code in shape.codes
    }
    for axis in catalogue.dimensions:
        _check(tree, catalogue, axis, own.get(axis.code, ()))
    differs = {code: each.differs for code, each in meanings.items() if each.differs}
    return replace(
        catalogue,
        sources=tuple(_sources(sources, catalogue.sources)),
        indicators=tuple(_meant(each, meanings.get(each.code)) for each in catalogue.indicators),
        dimensions=tuple(_with_codes(each, own.get(each.code, ())) for each in catalogue.dimensions),
        eurostat=replace(catalogue.eurostat, differs={**catalogue.eurostat.differs, **differs}),
    )


def _sources(own: Mapping[str, Source], shared: Iterable[Source]) -> Iterator[Source]:
    yield from own.values()
    yield from (each for each in shared if each.code not in own)


def _meant(indicator: Indicator, own: OwnMeaning | None) -> Indicator:
    if own is None:
        return indicator
    further = tuple((dict(indicator.further) | dict(own.further)).items())
    # A few words on what all others count say nothing of a definition of one's own.
    short = own.short or (NO_WORDS if own.definition else indicator.short)
    return replace(indicator, definition=own.definition or indicator.definition, further=further, short=short)


def _with_codes(axis: Dimension, own: tuple[Code, ...]) -> Dimension:
    """A dimension with a country's codes. They come together, after the last of those that they stand under."""
    known = {each.code: each for each in axis.codes}
    for each in own:
        known[each.code] = _completed(each, known.get(each.code), known.get(each.within))
    above = {name for each in own for name in each.above}
    last = max((n for n, each in enumerate(axis.codes, 1) if each.code in above), default=len(axis.codes))
    added = (known[each.code] for each in own if axis.get(each.code) is None)
    shared = [known[each.code] for each in axis.codes]
    return replace(axis, codes=(*shared[:last], *added, *shared[last:]))


def _completed(own: Code, shared: Code | None, above: Code | None) -> Code:
    """A country's code with all that it leaves to another. That is the one whose place it takes, else the one that it
    is part of."""
    mappings = tuple((dict(whole.mappings if (whole := shared or above) else ()) | dict(own.mappings)).items())
    within, combines = (shared.within, shared.combines) if shared and not own.above else (own.within, own.combines)
    return replace(own, within=within, combines=combines, mappings=mappings)


def _check(tree: Tree, catalogue: Catalogue, axis: Dimension, own: tuple[Code, ...]) -> None:
    names = [each.code for each in (*axis.codes, *own)]
    for each in own:
        place = (CODES, axis.code, each.code)
        for name in each.above:
            _known(tree, place, "code", name, [other for other in names if other != each.code])
        if not each.above and axis.get(each.code) is None:
            message = f"{each.code} stands under no code of the catalogue, so nothing can be compared with it"
            hint = f"add within: {axis.codes[0].code}, or another code that it is part of; combines: [a, b] for several"
            tree.error(tree.key(*place), "missing-key", message, hint)
        _check_mappings(tree, catalogue, axis, each)
        _check_address(tree, catalogue, axis, each)


def _check_mappings(tree: Tree, catalogue: Catalogue, axis: Dimension, own: Code) -> None:
    components = (each for flow in catalogue.eurostat.dataflows for each in flow.components if each.axis == axis.code)
    for each in components:
        answer = dict(own.mappings).get(each.mapping, each.total)
        if answer not in each.codes:
            mark = tree.mark(CODES, axis.code, own.code, "mappings", each.mapping)
            tree.error(
                mark,
                "unknown-code",
                f"{own.code} is mapped to {answer!r}, which is no code of Eurostat's",
                nearest(answer, each.codes),
            )


def _check_address(tree: Tree, catalogue: Catalogue, axis: Dimension, own: Code) -> None:
    hint = "give it another code"
    mark = tree.key(CODES, axis.code, own.code)
    for indicator in (each for each in catalogue.indicators if axis.code in each.dimensions):
        others = (catalogue.dimension(name) for name in indicator.dimensions if name != axis.code)
        if other := next((each for each in others if each and each.get(own.code)), None):
            message = f"{own.code!r} is also a code of {other.code}, another dimension of {indicator.code}"
            tree.error(mark, "shared-code", message, hint)
        if catalogue.indicator(f"{indicator.code}.{own.code}"):
            tree.error(mark, "shared-code", f"{indicator.code}.{own.code} is also an indicator", hint)


def _known(tree: Tree, place: tuple[str, ...], kind: str, word: str, words: Iterable[str]) -> None:
    known = list(words)
    if word not in known:
        code = "unknown-indicator" if kind == "indicator" else "unknown-code"
        tree.error(tree.key(*place), code, f"unknown {kind} {word!r}", nearest(word, known))
