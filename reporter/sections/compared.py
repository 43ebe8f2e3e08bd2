"""Figures side by side: what changed in sentences, the tables of changes, and how to read them."""

from reporter.document import Box, Table, Text
from reporter.sections.material import Material


def changes(material: Material) -> Text | None:
    """What changed, in sentences made from the data."""
    return None


def key_changes(material: Material) -> Table | None:
    """The key figures side by side."""
    return None


def every_change(material: Material) -> Table | None:
    """Every indicator side by side."""
    return None


def part_changes(material: Material) -> tuple[Table, ...]:
    """Every breakdown side by side, row by row."""
    return ()


def countries_changed(material: Material) -> tuple[Table, ...]:
    """The countries named on every side, on some, and no longer."""
    return ()


def reading_changes(material: Material) -> Box | None:
    """How a comparison is to be read."""
    return None
