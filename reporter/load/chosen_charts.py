"""Read which charts a workspace leaves out, and which it shows instead."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from reporter.charts import BY, CHARTS, is_chart
from reporter.document.outline import BLOCKS
from reporter.errors import Mark, nearest
from reporter.load.yaml_tree import Tree
from reporter.model import Catalogue, ChartChoice

KEY = "charts"
# The charts that have a place in a profile.
PLACES = tuple(name for name in BLOCKS if name in CHARTS)


def known_charts(tree: Tree, choice: ChartChoice, catalogue: Catalogue, *, unsure: bool) -> ChartChoice:
    """Keep what names charts; all else becomes an error. No chart stands in a profile twice. Of a frozen file, whose
    program had other charts, it goes without a word; so does what a catalogue may lack that could not be read as a
    whole, and is `unsure`."""
    left_out = {str(n): name for n, name in enumerate(choice.leave_out)}
    left_out = {key: name for key, name in left_out.items() if _is_place(tree, ("leave_out", key), name)}
    instead = {place: name for place, name in choice.instead if _is_place(tree, ("instead", place), place, key=True)}
    instead = {place: name for place, name in instead.items() if _is_shown(tree, place, name, catalogue, unsure=unsure)}
    known = replace(choice, leave_out=tuple(left_out.values()), instead=tuple(instead.items()))
    twice = set(_twice(tree, known))
    return replace(known, instead=tuple(each for each in known.instead if each[0] not in twice))


def _is_place(tree: Tree, keys: tuple[str, str], name: str, *, key: bool = False) -> bool:
    if name not in PLACES:
        mark = tree.key(KEY, *keys) if key else tree.mark(KEY, *keys)
        _refuse(tree, mark, f"no chart of a profile is called {name!r}", nearest(name, PLACES))
    return name in PLACES


def _is_shown(tree: Tree, place: str, name: str, catalogue: Catalogue, *, unsure: bool) -> bool:
    if unsure or is_chart(name, catalogue):
        return is_chart(name, catalogue)
    known = (*CHARTS, *(each.code for each in catalogue.indicators))
    known += tuple(f"{each.code}{BY}{axis}" for each in catalogue.indicators for axis in each.dimensions)
    message = f"no chart, indicator or breakdown is called {name!r}"
    _refuse(tree, tree.mark(KEY, "instead", place), message, nearest(name, known))
    return False


def _twice(tree: Tree, choice: ChartChoice) -> Iterator[str]:
    """The places whose new chart stands elsewhere too, or nowhere."""
    instead = dict(choice.instead)
    counts = Counter(instead.get(name, name) for name in PLACES if name not in choice.leave_out)
    for place, name in instead.items():
        mark = tree.mark(KEY, "instead", place)
        if place in choice.leave_out:
            message = f"{place} is left out and has another chart in its place"
            _refuse(tree, mark, message, f"take {place} out of leave_out:, or this line away")
            yield place
        elif counts[name] > 1:
            message = f"the chart {name!r} would stand in a profile twice"
            _refuse(tree, mark, message, f"add {name} to leave_out:, or choose another chart")
            yield place


def _refuse(tree: Tree, mark: Mark, message: str, hint: str) -> None:
    if not tree.frozen:
        tree.error(mark, "unknown-chart", message, hint)
