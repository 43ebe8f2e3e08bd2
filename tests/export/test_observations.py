"""The CSV of all observations is the one that travels in the PDF."""

import pytest

from reporter.export.observations import observations_csv
from reporter.model import vintage
from reporter.produce.exports import MAKERS, export
from tests.export.extracts import extract, read


@pytest.mark.parametrize("first", [None, 2015])
def test_the_csv_holds_what_the_edition_knows_from_the_first_year_asked_for(lithuania, first):
    files = export(extract(lithuania, "LT", 2020, first), [MAKERS["csv"]])
    (name,) = (each for each in files if each.endswith("observations.csv"))
    known = vintage(lithuania, "LT", 2020)
    expected = [seen for seen in known.index.values() if not first or not 0 < seen.year < first]
    lines = read(files[name])
    assert len(expected) == len(lines)
    assert ("LT-2020-en-observations.csv", "LT-2015-2020-en-observations.csv")[bool(first)] == name
    assert {str(seen.year or "") for seen in expected} == {each["year"] for each in lines}


def test_the_csv_is_the_one_that_travels_in_the_pdf(lithuania, lithuanian_files):
    expected = observations_csv(vintage(lithuania, "LT", 2020), "en").encode()
    assert expected == lithuanian_files["LT-2020-en-observations.csv"]
