"""Read what Article 19a asks for, as the catalogue lists it."""

from collections.abc import Collection, Iterable

from reporter.errors import nearest
from reporter.load.figures import label
from reporter.load.shapes import CatalogueShape, SplitShape
from reporter.load.yaml_tree import Tree
from reporter.model import Dimension, Duty, DutyItem, Split

KEY, ANSWER = "article_19a", "art19a"


def read_duty(tree: Tree, shape: CatalogueShape, dimensions: Iterable[Dimension]) -> Duty:
    """Read the items and breakdowns that the law asks for.

    A name that leads nowhere becomes an error of the tree.
    """
    axes = {each.code: each for each in dimensions}
    duty = shape.article_19a
    for code, split in duty.breakdowns.items():
        _check_split(tree, code, split, axes)
    for code, item in duty.items.items():
        for name in item.breakdowns:
            _known(tree, (KEY, "items", code, "breakdowns"), f"breakdown {name!r}", name, duty.breakdowns)
    # Indicators named items before there was a list of them.
    listed = not tree.frozen or KEY in shape.model_fields_set
    for code, indicator in shape.indicators.items() if listed else ():
        if ANSWER in indicator.mappings:
            item_code = indicator.mappings[ANSWER]
            place = ("indicators", code, "mappings", ANSWER)
            _known(tree, place, f"item {item_code!r} of Article 19a", item_code, duty.items)
    return Duty(
        tuple(
            Split(code, label(each.label), each.dimension, tuple(each.codes)) for code, each in duty.breakdowns.items()
        ),
        tuple(DutyItem(code, label(each.label), tuple(each.breakdowns)) for code, each in duty.items.items()),
        label(duty.note),
    )


def _check_split(tree: Tree, code: str, split: SplitShape, axes: dict[str, Dimension]) -> None:
    place = (KEY, "breakdowns", code)
    if not split.dimension:
        return
    _known(tree, (*place, "dimension"), f"dimension {split.dimension!r}", split.dimension, axes)
    members = [each.code for each in axes[split.dimension].codes] if split.dimension in axes else split.codes
    for name in split.codes:
        _known(tree, (*place, "codes"), f"code {name!r} of the dimension {split.dimension!r}", name, members)


def _known(tree: Tree, place: tuple[str, ...], what: str, word: str, words: Collection[str]) -> None:
    if word not in words:
        hint = nearest(word, words) if words else f"list it in {KEY}, or take it out here"
        tree.error(tree.mark(*place), "unknown-code", f"unknown {what}", hint)
