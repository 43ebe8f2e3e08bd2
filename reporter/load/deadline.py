"""The deadlines of `reporter.yaml`: what must be reported to whom, and when."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from reporter.errors import nearest
from reporter.load.fields import Code, Shape, Whole, Words
from reporter.load.yaml_tree import Tree
from reporter.model import Deadline, Label, Recipient, Rhythm

DAY = re.compile(r"\d\d-\d\d", re.ASCII)
YEARS = range(1900, 2101)


def _day(written: str) -> str:
    try:
        if not DAY.fullmatch(written):
            raise ValueError
        date.fromisoformat(f"2001-{written}")
    except ValueError:
        raise ValueError(f"{written[:40]!r} is no day of every year | write month and day, such as 12-31") from None
    return written


Day = Annotated[str, AfterValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{DAY.pattern}$"})]


class DeadlineShape(Shape):
    """A duty to report."""

    title: Words
    basis: Words = Field(default_factory=dict, description="The law that asks for it")
    every: Rhythm = Rhythm.YEAR
    first: Whole = Field(description="The first year in which it is due")
    due: Day = Field(description="The month and day, such as 12-31")
    after: Whole = Field(default=1, description="How many years after the reference year it is due")
    to: list[str] = Field(default_factory=list, description="The recipients; left out: whoever gets the package")


def read_deadlines(
    tree: Tree, shapes: dict[Code, DeadlineShape], recipients: tuple[Recipient, ...]
) -> tuple[Deadline, ...]:
    """Read the deadlines of `reporter.yaml`; contradictions become errors of the tree."""
    known = [each.code for each in recipients]
    return tuple(_deadline(tree, code, shape, known) for code, shape in shapes.items())


def _deadline(tree: Tree, code: str, shape: DeadlineShape, known: list[str]) -> Deadline:
    for name in (each for each in shape.to if each not in known):
        place = tree.mark("deadlines", code, "to")
        tree.error(place, "unknown-code", f"{code}: reporter.yaml knows no recipient {name!r}", nearest(name, known))
    if shape.first not in YEARS:
        place = tree.mark("deadlines", code, "first")
        tree.error(place, "wrong-type", f"first: there is no year {shape.first}", "write a year, such as 2025")
    if shape.after not in range(11):
        place = tree.mark("deadlines", code, "after")
        tree.error(place, "wrong-type", f"after: {shape.after} is no number of years from 0 to 10", "write 1")
    return Deadline(
        code=code,
        title=_words(shape.title),
        basis=_words(shape.basis),
        every=shape.every,
        first=shape.first,
        day=shape.due,
        after=shape.after,
        recipients=tuple(dict.fromkeys(shape.to)),
        mark=tree.key("deadlines", code),
    )


def _words(words: dict[str, str]) -> Label:
    return Label(tuple((language, " ".join(text.split())) for language, text in words.items()))
