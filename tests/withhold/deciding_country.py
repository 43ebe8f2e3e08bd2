"""A country in memory, whose figures of two years are what a test says."""

from collections.abc import Mapping

from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Vintage, vintage
from tests import small

Figures = Mapping[int, str]


def country_of(figures: Figures, settings: str = "", more: Mapping[str, str] | None = None) -> Sources:
    files = {path: text for path, text in small.FILES.items() if "/text/" not in path and "/20" not in path}
    files["reporter.yaml"] += settings
    for year, lines in figures.items():
        files[f"data/XX/{year}.yaml"] = f"year: {year}\nsource: police\nfigures:\n  {lines}\n"
    files |= more or {}
    return Sources.from_contents({path: text.encode() for path, text in files.items()})


def known_of(sources: Sources, year: int) -> Vintage:
    """The edition of a year, as those know it who make it."""
    dataset, found = load_dataset(sources, ("XX",))
    assert not [each for each in found if each.severity == "error"]
    return vintage(dataset, "XX", year)


def published(sources: Sources, year: int) -> Sources:
    """The files with copies of them, as if the edition of a year had been published."""
    store = f"data/XX/editions/{year}"
    copies = {f"{store}/0/{path}": each.content for path, each in sources.items()}
    return sources.overlay({f"{store}.yaml": b"", **copies})
