"""Read by which rules the public does not get some values."""

from dataclasses import replace

from reporter.load.written import Written
from reporter.load.yaml_tree import Tree
from reporter.model import DisclosureRules, FigureWeight, Threshold
from reporter.model.disclosure_rules import ENOUGH

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
