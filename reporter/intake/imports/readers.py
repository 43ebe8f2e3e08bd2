"""The readers of other publications, by the name of their format. Each is a module with `read_figures(content, shown,
catalogue, country, known)`, which gives `ImportedFigures`. It is loaded when it is asked for: a reader may need
packages that others do not."""

from typing import Protocol

from reporter.model import Catalogue, Country, Vintage
from reporter.model.imported import ImportedFigures


class FigureReader(Protocol):
    """Reads what a publication states of a country. `shown` is the name of the file as it was given, `known` the last
    edition here, if there is one. Raises FileError for what is no such publication."""

    def __call__(
        self, content: bytes, shown: str, catalogue: Catalogue, country: Country, known: Vintage | None = None, /
    ) -> ImportedFigures:
        """Read the bytes of the publication."""


READERS = {
    "eurostat": "reporter.intake.imports.eurostat_figures",
    "glotip": "reporter.intake.imports.glotip_figures",
    "table": "reporter.intake.imports.table_figures",
}
