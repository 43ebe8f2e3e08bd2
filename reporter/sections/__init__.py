"""The content of a profile in reading order: data and narrative to a document."""

from reporter.sections.blocks import BOXES, COMPARED, LISTS, TABLES
from reporter.sections.compose import Composed, compose
from reporter.sections.imprint import Production

__all__ = ["BOXES", "COMPARED", "LISTS", "TABLES", "Composed", "Production", "compose"]
