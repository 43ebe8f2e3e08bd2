"""Values that do not belong to their series. Which they are, and how legends and alt texts say so."""

from collections.abc import Iterable, Mapping, Sequence

from reporter.analysis import arithmetic
from reporter.analysis.arithmetic import Obstacle
from reporter.i18n import N_, Locale
from reporter.model import Observation, Series

KEYS = {Obstacle.DEFINITION: N_("definition differs: {years}"), Obstacle.DOUBT: N_("in doubt: {years}")}
# For columns of sides that are not years, which the legend cannot list.
KEY = N_("not comparable (definition differs, or in doubt)")
SENTENCES = {Obstacle.DEFINITION: N_("Definition differs: {years}."), Obstacle.DOUBT: N_("In doubt: {years}.")}


def marks(values: Sequence[Observation | None]) -> tuple[bool, ...]:
    """For each value, whether it is hatched."""
    return tuple(each is not None for each in arithmetic.off_series_obstacles(values))


def legend(locale: Locale, series: Iterable[Series]) -> str:
    """The legend of hatched columns. For example: not comparable (definition differs: 2012, 2013; in doubt: 2017).
    Empty when none is hatched."""
    found: dict[Obstacle, set[int]] = {}
    for each in series:
        for obstacle, years in _years(each).items():
            found.setdefault(obstacle, set()).update(years)
    why = locale.joined("; ", _said(locale, KEYS, found))
    return locale.text("not comparable ({why})", why=why) if why else ""


def sentences(locale: Locale, series: Series) -> list[str]:
    """Sentences for the alt text naming a series' hatched years."""
    return _said(locale, SENTENCES, _years(series))


def _years(series: Series) -> dict[Obstacle, set[int]]:
    seen = tuple(series)
    found: dict[Obstacle, set[int]] = {}
    for each, obstacle in zip(seen, arithmetic.off_series_obstacles(seen), strict=True):
        if obstacle:
            found.setdefault(obstacle, set()).add(each.year)
    return found


def _said(locale: Locale, words: Mapping[Obstacle, str], found: Mapping[Obstacle, set[int]]) -> list[str]:
    years = {obstacle: ", ".join(map(str, sorted(found.get(obstacle, ())))) for obstacle in words}
    return [locale.text(words[obstacle], years=named) for obstacle, named in years.items() if named]
