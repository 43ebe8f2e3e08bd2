"""The source in the catalogue that a publication is."""

from reporter.errors import FileError, Mark
from reporter.model import Catalogue, Source


def source_of_layout(catalogue: Catalogue, layout: str, shown: str) -> Source:
    """The source whose files have a layout. Raises FileError, at the file that is `shown`, where the catalogue names
    none."""
    source = next((each for each in catalogue.sources if each.layout == layout), None)
    if source is None:
        hint = f"write a source with layout: {layout} under sources: in data/catalogue.yaml"
        raise FileError.at(Mark(shown), "unknown-source", "the catalogue names no source of this layout", hint)
    return source
