"""The deadlines of `reporter.yaml`: what must be reported to whom, and when."""

from collections.abc import Mapping
from dataclasses import replace

from reporter.errors import nearest
from reporter.load.written import Written
from reporter.load.yaml_tree import Tree
from reporter.model import Deadline, Recipient

YEARS = range(1900, 2101)


def read_deadlines(
    tree: Tree, shapes: Mapping[str, Written[Deadline]], recipients: tuple[Recipient, ...]
) -> tuple[Deadline, ...]:
    """Read the deadlines of `reporter.yaml`; contradictions become errors of the tree."""
    known = [each.code for each in recipients]
    return tuple(_deadline(tree, code, shape, known) for code, shape in shapes.items())


def _deadline(tree: Tree, code: str, shape: Written[Deadline], known: list[str]) -> Deadline:
    deadline = shape.made(tree, "deadlines", code, mark=tree.key("deadlines", code))
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
