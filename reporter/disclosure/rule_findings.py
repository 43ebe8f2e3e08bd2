"""Find what the settings say of figures that there are not."""

from collections.abc import Iterator

from reporter.errors import Finding, error_at, nearest
from reporter.model import Catalogue, Dataset, FigureWeight, Threshold

KEY = "disclosure"


def wrong_rules(dataset: Dataset) -> tuple[Finding, ...]:
    catalogues = [dataset.catalogue_of(each.country.code) for each in dataset.countries] or [dataset.catalogue]
    rules = dataset.settings.disclosure
    entries: tuple[Threshold | FigureWeight, ...] = (*rules.thresholds, *rules.weights)
    return tuple(each for rule in entries for each in _wrong(rule, catalogues))


def _wrong(rule: Threshold | FigureWeight, catalogues: list[Catalogue]) -> Iterator[Finding]:
    figures: dict[str, set[str]] = {}
    for catalogue in catalogues:
        for indicator in catalogue.indicators:
            axes = [axis for axis in catalogue.dimensions if axis.code in indicator.dimensions]
            figures.setdefault(indicator.code, set()).update(axis.code for axis in axes)
            for axis in axes:
                figures |= {f"{indicator.code}.{member.code}": {axis.code} for member in axis.codes}
    for name in rule.figures:
        if name not in figures:
            hint = nearest(name, figures)
            yield error_at(rule.mark, "unknown-indicator", f"{KEY}: no figure is called {name!r}", hint)
        elif rule.by and rule.by not in figures[name]:
            message = f"{KEY}: {name} has no breakdown {rule.by!r}"
            yield error_at(rule.mark, "unknown-code", message, nearest(rule.by, sorted(figures[name])))
