"""Compose the document of a profile from data and narrative."""

from reporter.sections.blocks import BOXES, COMPARED, ERRATUM, LISTS, TABLES
from reporter.sections.compose import Composed, compose, tables_of
from reporter.sections.imprint import LICENCES, Production, edition_of, facts_of
from reporter.sections.methodology import esms_of
