"""Editions of the two countries as they are built, each read, checked and composed once."""

from functools import cache

from reporter.data.files.workspace import Workspace
from reporter.data.i18n import load_locale
from reporter.data.records import Audience, vintage
from reporter.editions.checked import CheckedDataset, load_checked
from reporter.editions.public.public_files import for_audience
from reporter.report.document.document import Document
from reporter.report.sections import compose
from tests.fixtures import LITHUANIA, RURITANIA

ENGLISH = load_locale("en")


@cache
def checked(country: str) -> CheckedDataset:
    sources = Workspace(RURITANIA if country == "XX" else LITHUANIA).snapshot()
    return load_checked(for_audience(sources, Audience.PUBLIC), country)


@cache
def document(country: str, year: int) -> Document:
    """An edition as it is built: with the findings of the check."""
    found = checked(country)
    return compose(vintage(found.dataset, country, year), ENGLISH, found.findings).document
