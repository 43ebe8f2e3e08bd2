"""Small workspaces and the findings of reading them."""

from reporter.model import Observation
from tests import small
from tests.small import HEAD, YEAR, load

FIGURES = HEAD + "figures:\n"


def read(tmp_path, written: str) -> Observation:
    """The observation of 2020 that a line of `figures:` makes."""
    dataset = load(tmp_path, {YEAR: f"{FIGURES}  {written}\n"})
    return next(seen for seen in dataset.country("XX").observations if seen.year == 2020)


CATALOGUE = small.FILES["data/catalogue.yaml"]
