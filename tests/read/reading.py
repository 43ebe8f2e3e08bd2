"""Small workspaces and the findings of reading them."""

from reporter.data.records import Observation
from tests import small
from tests.small import HEAD, YEAR, load

FIGURES = HEAD + "figures:\n"


def pairs(text: str) -> list[tuple[str, str]]:
    """What is written on a line, of the figures where it is indented, and what is told of it on the next one."""
    lines = text.splitlines()
    contents = (f"{FIGURES if line[0] == ' ' else HEAD}{line}" for line in lines[::2])
    return list(zip(contents, lines[1::2], strict=True))


def read(tmp_path, written: str) -> Observation:
    """The observation of 2020 that a line of `figures:` makes."""
    dataset = load(tmp_path, {YEAR: f"{FIGURES}  {written}\n"})
    return next(seen for seen in dataset.country("XX").observations if seen.year == 2020)


CATALOGUE = small.FILES["data/catalogue.yaml"]
