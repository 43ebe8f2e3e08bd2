"""The editions that are composed for the tests, and a small one."""

import pytest

from reporter.data.records import vintage
from reporter.report.document.document import Document, Section
from reporter.report.sections import compose
from tests import small
from tests.editions import ENGLISH

EDITIONS = [("LT", 2009), ("LT", 2012), ("LT", 2017), ("LT", 2020), ("XX", 2018), ("XX", 2021), ("XX", 2022)]
every_edition = pytest.mark.parametrize(("country", "year"), EDITIONS)


def small_document(tmp_path, changed=None, year: int = 2020) -> Document:
    composed = compose(vintage(small.load(tmp_path, changed or {}), "XX", year), ENGLISH)
    assert () == composed.findings
    return composed.document


def section(found: Document, code: str) -> Section | None:
    return next((each for each in found.walk() if each.code == code), None)
