"""The readers of other publications, by the name of their format."""

from collections.abc import Mapping
from typing import Protocol

from reporter.intake.imports import eurostat_figures, glotip_figures, table_figures
from reporter.model import Catalogue, Country, Vintage
from reporter.model.imported import ImportedFigures


class FigureReader(Protocol):
    """Reads what a publication states of a country. `shown` is the name of the file as it was given, `known` the last
    edition here, if there is one. Raises FileError for what is no such publication."""

    def __call__(
        self, content: bytes, shown: str, catalogue: Catalogue, country: Country, known: Vintage | None = None, /
    ) -> ImportedFigures:
        """Read the bytes of the publication."""


READERS: Mapping[str, FigureReader] = {
    "eurostat": eurostat_figures.read_figures,
    "glotip": glotip_figures.read_figures,
    "table": table_figures.read_figures,
}
