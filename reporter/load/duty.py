"""Check what Article 19a asks for, as the catalogue lists it."""

from collections.abc import Collection

from reporter.errors import nearest
from reporter.load.yaml_tree import Tree
from reporter.model import Catalogue, Split

DUTY, ANSWER = "article_19a", "art19a"


def check_duty(tree: Tree, catalogue: Catalogue, *, listed: bool) -> None:
    """Check that no name among items and breakdowns leads nowhere. With `listed` the items that indicators are mapped
    to must be among those listed."""
    splits = [each.code for each in catalogue.article_19a.splits]
    items = [each.code for each in catalogue.article_19a.items]
    for split in catalogue.article_19a.splits:
        _check_split(tree, split, catalogue)
    for item in catalogue.article_19a.items:
        for name in item.splits:
            _known(tree, (DUTY, "items", item.code, "breakdowns"), f"breakdown {name!r}", name, splits)
    for indicator in catalogue.indicators if listed else ():
        answer = dict(indicator.mappings).get(ANSWER)
        if answer is not None:
            place = ("indicators", indicator.code, "mappings", ANSWER)
            _known(tree, place, f"item {answer!r} of Article 19a", answer, items)


def _check_split(tree: Tree, split: Split, catalogue: Catalogue) -> None:
    place = (DUTY, "breakdowns", split.code)
    if not split.dimension:
        return
    axis = catalogue.dimension(split.dimension)
    known = [each.code for each in catalogue.dimensions]
    _known(tree, (*place, "dimension"), f"dimension {split.dimension!r}", split.dimension, known)
    members = [each.code for each in axis.codes] if axis else split.codes
    for name in split.codes:
        _known(tree, (*place, "codes"), f"code {name!r} of the dimension {split.dimension!r}", name, members)


def _known(tree: Tree, place: tuple[str, ...], what: str, word: str, words: Collection[str]) -> None:
    if word not in words:
        hint = nearest(word, words) if words else f"list it in {DUTY}, or take it out here"
        tree.error(tree.mark(*place), "unknown-code", f"unknown {what}", hint)
