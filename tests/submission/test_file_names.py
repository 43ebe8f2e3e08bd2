"""Data files are named as Eurostat reads them."""

import pytest

from reporter.errors import ReporterError
from reporter.submission import (
    edamis_name,
)


def test_data_files_are_named_as_eurostat_reads_them():
    assert "CRIM_THB_A_LT_2020_0000.CSV" == edamis_name("CRIM", "THB", "LT", 2020, "csv")
    assert "CRIM_THB_A_EL_2020_0000_V2.XML" == edamis_name("CRIM", "THB", "GR", 2020, "xml", option="V2")


@pytest.mark.parametrize(
    "parts",
    [
        ("crim", "THB", "LT", 2020, "csv"),
        ("CRIMINALS", "THB", "LT", 2020, "csv"),
        ("CRIM", "THB_VICT", "LT", 2020, "csv"),
        ("CRIM", "THB", "LTU", 2020, "csv"),
        ("CRIM", "THB", "LT", 20, "csv"),
        ("CRIM", "THB", "LT", 2020, "c.v"),
    ],
)
def test_what_breaks_the_naming_convention_is_refused(parts):
    with pytest.raises(ReporterError, match="cannot stand in the name of an EDAMIS file"):
        edamis_name(*parts)
