"""A table for Eurostat says what the CSV says."""

import csv
import io
from collections.abc import Callable, Mapping

import pytest

from reporter.roundtrip.eurostat import HEADS, origins_of
from reporter.roundtrip.stated import MalformedFileError
from tests.roundtrip.forging import Change, both, forged, told, without

ORIGINS = ["figures/LT-2020-en-eurostat-origins.csv", "figures/LT-2020-lt-eurostat-origins.csv"]


VSAGE = "figures/CRIM_THB_A_LT_2020_0000_VSAGE.CSV"


def rewritten(name: str, change: Callable[[dict[str, str]], bool]) -> Change:
    """A CSV with a line changed: the first one of which `change` says that it did."""

    def changed(files: dict[str, bytes]) -> Mapping[str, bytes]:
        lines = list(csv.DictReader(io.StringIO(files[name].decode())))
        assert any(change(line) for line in lines)
        target = io.StringIO()
        writer = csv.DictWriter(target, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
        return files | {name: target.getvalue().encode()}

    return changed


WHOLE = "A.T.TOTAL.NR.LT"


def everywhere(key: str, year: str, **new: str) -> Change:
    """A cell changed in the table and in both lists of origins."""
    return both(*(rewritten(name, told(key, year, **new)) for name in (VSAGE, *ORIGINS)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (everywhere(WHOLE, "2020", OBS_VALUE="", value=":", origin="missing", figures=""),
         "CRIM_THB_VSAGE A.T.TOTAL.NR.LT 2020 is :, missing, and made of victims.identified (24) in the CSV"),
        (everywhere(WHOLE, "2020", OBS_VALUE="", value=":", origin="not derivable", figures=""),
         "2020 is :, not derivable, and made of victims.identified (24) in the CSV"),
        (everywhere(WHOLE, "2020", OBS_VALUE="", value=":", origin="missing", figures="", figure="", indicator=""),
         "2020 answers to the whole, and cells like it to victims.identified"),
        (everywhere(WHOLE, "2020", OBS_VALUE="164", value="164", figures="assistance.persons.victims"),
         "2020 is 164, stated, and made of assistance.persons.victims (164)"),
        (everywhere(WHOLE, "2020", OBS_VALUE="164", value="164", figures="assistance.persons.victims",
                    indicator="assistance.persons", figure="assistance.persons.victims"),
         "2020 answers to assistance.persons, and cells like it to victims.identified"),
        (rewritten(VSAGE, told(WHOLE, "2020", OBS_FLAG="p")), "has the flags and the confidentiality p, :, and d, :"),
        (rewritten(VSAGE, told(WHOLE, "2020", CONF_STATUS="C")), "has the flags and the confidentiality d, C"),
        (rewritten(ORIGINS[1], told(WHOLE, "2020", flags="p")), "is not the same in every list of origins"),
        (without(VSAGE), "there is no table CRIM_THB_VSAGE"),
        (lambda files: {name: each for name, each in files.items() if "/CRIM_THB" not in name},
         "there is no table CRIM_THB_SEX"),
        (both(rewritten(VSAGE, told(WHOLE, "2020", OBS_VALUE="99")),
              lambda files: {name.replace(VSAGE, "figures/table.txt"): each for name, each in files.items()}),
         "data/figures/table.txt: CRIM_THB_VSAGE A.T.TOTAL.NR.LT 2020 is 99, and 24 by its origins"),
        (lambda files: files | {"figures/again.csv": files[VSAGE]}, "CRIM_THB_VSAGE is in another file, too"),
        (without(*ORIGINS), "A.T.TOTAL.NR.LT 2009 has no origin"),
        (lambda files: files | {name: b"".join(line for line in files[name].splitlines(keepends=True)
                                               if b",2020," not in line) for name in files
                                if name in ORIGINS or "/CRIM_THB" in name},
         "2020 is missing, and the CSV has figures of it"),
    ],
)  # fmt: skip
def test_a_table_of_eurostat_says_what_the_csv_says(lithuanian_figures, tmp_path, change, said):
    found = forged(lithuanian_figures, tmp_path / "a.zip", change)
    assert any(said in each for each in found), found


def origin(key: str) -> dict[str, str]:
    return dict.fromkeys(HEADS, "") | {"dataflow": "FORMS", "key": key, "year": "2020"}


def test_a_list_of_origins_that_tells_of_a_cell_twice_is_refused_with_the_first_such_cell():
    lines = [origin(key) for key in ("A.ALL.LT", "A.LAB.LT", "A.SEX.LT", "A.LAB.LT", "A.ALL.LT")]
    with pytest.raises(MalformedFileError, match=r"^tells of FORMS A\.ALL\.LT 2020 twice$"):
        origins_of(lines)
    assert tuple(lines[:3]) == origins_of(lines[:3])


@pytest.mark.parametrize("head", ["key", "origin", "figure"])
def test_a_list_of_origins_without_a_column_is_refused(head):
    line = {name: text for name, text in origin("A.ALL.LT").items() if name != head}
    with pytest.raises(MalformedFileError, match=f"has no column '{head}'"):
        origins_of([line])
    assert () == origins_of([])
