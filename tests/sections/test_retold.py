"""What the checks find, told again on the pages of an edition in its language."""

import re
from dataclasses import replace

import pytest

from reporter.check import check
from reporter.context import Context
from reporter.errors import Finding
from reporter.model import vintage
from reporter.model.label import language_of
from reporter.model.telling import Told
from reporter.sections.quality import message_of
from reporter.sections.retold import retold
from tests.fixtures import LITHUANIA
from tests.snapshots import dataset_of, translated

CONTEXT = Context(vintage(dataset_of(LITHUANIA, ("LT",)), "LT", 2020), translated("lt", LITHUANIA))


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    dataset = dataset_of(LITHUANIA, ("LT",))
    return check(dataset.countries[0], dataset)


def test_every_finding_of_lithuania_has_its_numbers_and_no_address_in_lithuanian(findings):
    for finding in findings:
        if finding.figure and isinstance(finding.message, Told):
            message = message_of(CONTEXT, finding)
            assert "" == language_of(message)
            digits = set(re.findall(r"\d+", re.sub(r"(?<=\d)\s(?=\d{3})", "", message)))
            assert set(re.findall(r"\d+", finding.message)) <= digits
            assert not re.search(r"\w\.\w+\.?", re.sub(r"\d m\.", "", message))
    (jump,) = (each for each in findings if ("jump", "victims.presumed", 2011) == (each.code, each.figure, each.year))
    assert "2011: rodiklis „Spėjamos aukos“ padidėjo nuo 22 (2010 m.) iki 45 (2011 m.)" == message_of(CONTEXT, jump)


def test_a_message_is_copied_with_all_it_is_made_of(findings):
    finding = next(each for each in findings if each.code == "jump")
    copied = replace(finding, message=finding.message.__reduce__()[0](*finding.message.__reduce__()[1]))
    assert finding == copied
    assert retold(finding.message, CONTEXT) == retold(copied.message, CONTEXT)
