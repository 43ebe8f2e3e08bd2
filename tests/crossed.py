"""A small workspace with victims by form, person and citizenship, and by two of these at once."""

from collections.abc import Mapping
from pathlib import Path

from reporter.data.records import Vintage, vintage
from tests import small

FIGURE = """\
  victims.identified:
    total: 24
    by form: {sexual: 14, labour: 10}
    by person: {women: 15, men: 8, children: 1}
    by form, person:
      sexual: {women: 13, children: 1}
      labour: {women: 2, men: 8}
"""


def crossed(
    root: Path, figure: str = FIGURE, earlier: Mapping[int, str] = {}, more: Mapping[str, str] = small.CROSSED
) -> Vintage:
    """The edition of 2020 with a figure as written in its file, and those of some years before."""
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures:\n{text}" for year, text in earlier.items()
    }
    return vintage(small.load(root, dict(more) | {small.YEAR: f"{small.HEAD}figures:\n{figure}"} | files), "XX", 2020)
