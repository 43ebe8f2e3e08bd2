"""Values that do not belong to their series. How legends and alt texts say which they are."""

from collections.abc import Iterable, Mapping

from reporter.analysis.arithmetic import Obstacle, off_series
from reporter.context import Context
from reporter.i18n import N_
from reporter.model import Series

KEYS = {Obstacle.DEFINITION: N_("definition differs: {years}"), Obstacle.DOUBT: N_("in doubt: {years}")}
# For columns of sides that are not years, which the legend cannot list.
KEY = N_("not comparable (definition differs, or in doubt)")
SENTENCES = {
    Obstacle.DEFINITION: N_("Not comparable (definition differs): {years}."),
    Obstacle.DOUBT: N_("Not comparable (in doubt): {years}."),
}


def legend(context: Context, series: Iterable[Series]) -> str:
    """The legend of hatched columns. For example: not comparable (definition differs: 2012, 2013; in doubt: 2017).
    Empty when none is hatched."""
    found: dict[Obstacle, set[int]] = {}
    for each in series:
        for obstacle, years in _years(context, each).items():
            found.setdefault(obstacle, set()).update(years)
    why = context.locale.joined("; ", _said(context, KEYS, found))
    return context.text("not comparable ({why})", why=why) if why else ""


def sentences(context: Context, series: Series) -> list[str]:
    """Sentences for the alt text naming a series' hatched years."""
    return _said(context, SENTENCES, _years(context, series))


def _years(context: Context, series: Series) -> dict[Obstacle, set[int]]:
    found: dict[Obstacle, set[int]] = {}
    for each in series:
        if obstacle := off_series(context.vintage, each):
            found.setdefault(obstacle, set()).add(each.year)
    return found


def _said(context: Context, words: Mapping[Obstacle, str], found: Mapping[Obstacle, set[int]]) -> list[str]:
    years = {obstacle: ", ".join(map(str, sorted(found.get(obstacle, ())))) for obstacle in words}
    return [context.text(words[obstacle], years=named) for obstacle, named in years.items() if named]
