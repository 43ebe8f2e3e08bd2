"""Which files an edition is made from, and the one checksum of them."""

from pathlib import Path

import pytest

from reporter.edition.inputs import inputs_of, page_settings
from reporter.edition.job import Job
from reporter.files.workspace import Workspace
from tests import small

SETTINGS = b"""\
title: {en: Small}
mail:
  host: example.org

  # a comment of mail
recipients: {office: {}}
languages: [en]
deadlines:
\tyearly: {}
publish_small_counts: true
approvals: 1
thresholds: {percent_base: 50}
"""


def test_to_whom_and_when_it_is_sent_is_nothing_that_pages_depend_on() -> None:
    kept = b"title: {en: Small}\nlanguages: [en]\nthresholds: {percent_base: 50}\n"
    assert kept == page_settings(SETTINGS)
    assert kept == page_settings(kept)


@pytest.mark.parametrize(("year", "texts"), [(2019, {"2018"}), (2020, {"2018", "2020"})])
def test_an_edition_is_made_from_no_file_of_a_later_year_or_another_country(
    tmp_path: Path, year: int, texts: set[str]
) -> None:
    root = small.write(
        tmp_path,
        {
            "data/XX/text/en/2018.md": "# general_situation\n\nWords.\n",
            "data/XX/text/en/2020.md": "# general_situation\n\nWords.\n",
            "data/YY/country.yaml": "",
            "data/YY/2018.yaml": "",
            "notes.md": "",
        },
    )
    paths = set(inputs_of(Workspace(root).snapshot(), Job("XX", year, "en")))
    assert {"reporter.yaml", "data/catalogue.yaml", "data/XX/country.yaml", "data/XX/2019.yaml"} <= paths
    assert texts == {Path(each).stem for each in paths if each.endswith(".md")}
    assert (year == 2020) == ("data/XX/2020.yaml" in paths)
    assert [] == [each for each in paths if "YY" in each or each == "notes.md"]
