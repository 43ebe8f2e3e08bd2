"""Compose the document of a profile from data and narrative."""

from reporter.report.sections.blocks import BOXES, COMPARED, ERRATUM, LISTS, TABLES
from reporter.report.sections.compose import Composition, compose, tables_of
from reporter.report.sections.imprint import LICENCES, Production, edition_of, facts_of
from reporter.report.sections.methodology import esms_of
