"""What the checks find, told again on the pages of an edition in its language."""

import re
from dataclasses import replace

import pytest

from reporter.check import check
from reporter.context import Context
from reporter.errors import Finding
from reporter.model import Dataset, vintage
from reporter.model.label import language_of
from reporter.model.telling import Told
from reporter.sections.quality import message_of
from reporter.sections.retold import retold
from tests.fixtures import LITHUANIA
from tests.snapshots import dataset_of, translated

LT = translated("lt", LITHUANIA)


@pytest.fixture(scope="module")
def lithuania() -> Dataset:
    return dataset_of(LITHUANIA, ("LT",))


def said(dataset: Dataset, code: str, figure: str, year: int) -> str:
    found = [each for each in check(dataset.countries[0], dataset) if (each.code, each.figure) == (code, figure)]
    (finding,) = (each for each in found if each.year == year)
    return message_of(Context(vintage(dataset, "LT", 2020), LT), finding)


def test_a_finding_keeps_its_numbers_in_lithuanian(lithuania: Dataset):
    assert said(lithuania, "jump", "victims.presumed", 2011) == (
        "2011: rodiklis „Spėjamos aukos“ padidėjo nuo 22 (2010 m.) iki 45 (2011 m.)"
    )


def test_every_finding_of_lithuania_has_its_numbers_and_no_address_in_lithuanian(lithuania: Dataset):
    context = Context(vintage(lithuania, "LT", 2020), LT)
    for finding in check(lithuania.countries[0], lithuania):
        if finding.figure and isinstance(finding.message, Told):
            message = message_of(context, finding)
            assert "" == language_of(message)
            assert numbers(finding) <= set(re.findall(r"\d+", re.sub(r"(?<=\d)\s(?=\d{3})", "", message)))
            assert not re.search(r"\w\.\w+\.?", re.sub(r"\d m\.", "", message))


def numbers(finding: Finding) -> set[str]:
    return set(re.findall(r"\d+", finding.message))


def test_a_message_is_copied_with_all_it_is_made_of(lithuania: Dataset):
    finding = next(each for each in check(lithuania.countries[0], lithuania) if each.code == "jump")
    copied = replace(finding, message=finding.message.__reduce__()[0](*finding.message.__reduce__()[1]))
    context = Context(vintage(lithuania, "LT", 2020), LT)
    assert finding == copied
    assert retold(finding.message, context) == retold(copied.message, context)
