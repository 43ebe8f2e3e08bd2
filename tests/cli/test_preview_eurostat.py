"""`reporter preview`: the tables of Eurostat in a terminal, for machines, and what stops it."""

import csv
import io
import json

import pytest

from tests import small
from tests.cli.running import RIGHT
from tests.export.extracts import EUROSTAT, MAPPED
from tests.load.published import sdmx_file

FIGURES = f"{small.HEAD}figures:\n  victims.identified: {{total: 80, by person: {{women: 78, boys: 2}}}}\n"
PUBLISHED = sdmx_file(
    [("A.T.TOTAL.XX", 2020, "81", "b", ""), ("A.F.Y_GE18.XX", 2020, "78", "", "")], heads="freq,sex,age,geo"
)


@pytest.fixture
def mapped(tmp_path, monkeypatch):
    """A workspace whose catalogue has two tables, and a file of what was published."""
    root = small.write(tmp_path, RIGHT | {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: FIGURES})
    (root / "there.csv").write_bytes(PUBLISHED)
    monkeypatch.chdir(root)
    return root


def test_a_table_stands_beside_what_was_published(mapped, called):
    code, out, _ = called("preview", "eurostat", "XX", 2020, "there.csv", "--table", "crim_thb_sex")
    lines = out.splitlines()
    assert (0, True) == (code, max(map(len, lines)) <= 100)
    for line in (
        "CRIM_THB_SEX: By sex",
        "  From memory, not yet held against Eurostat's own list: its name; the order of its dimensions; the",
        "  published 2026-05-22: there.csv",
        "    ≠ T TOTAL 2020: 80 here, 81 b there (line 2)",
    ):
        assert line in lines
    (head,) = (n for n, line in enumerate(lines) if line.split() == ["sex", "age", "2018", "2019", "2020"])
    assert ["T", "TOTAL", "80"] == lines[head + 1].split()[:2] + lines[head + 1].split()[-1:]
    assert ["≠", "81", "b"] == lines[head + 2].split()[-3:]


def test_machines_get_the_same_cells(mapped, called):
    _, out, _ = called("preview", "eurostat", "XX", 2020, "there.csv", "--format", "json")
    told = json.loads(out)
    _, out, _ = called("preview", "eurostat", "XX", 2020, "there.csv", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(out, newline="")))
    cells = [
        (table["table"], ".".join(row["key"]), str(cell["year"]), cell["value"] or "")
        for table in told
        for row in table["rows"]
        for cell in row["cells"]
    ]
    assert cells == [tuple(line[name] for name in ("table", "key", "year", "value")) for line in lines]
    (differs,) = (line for line in lines if line["beside"] == "differs")
    assert ("80", "81", "b", "there.csv, line 2", "public") == tuple(
        differs[name] for name in ("value", "published_value", "published_flags", "published_in", "audience")
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("eurstat", "XX", 2020), "no preview is called 'eurstat'\n  hint: did you mean 'eurostat'?"),
        (("eurostat", "XX", 2020, "--table", "CRIM_SEX"), "no table is called 'CRIM_SEX'"),
        (("eurostat", "XX", 2020, "none.csv"), "none.csv does not exist\n  hint: name a file of Eurostat"),
        (("eurostat", "XX", 2020, "reporter.yaml"), "no columns of a table of Eurostat were found"),
        (("eurostat", "XX", 1999), "1999"),
    ],
)
def test_what_stops_it_is_said(mapped, called, words, said):
    code, out, err = called("preview", *words)
    assert (2, "", True) == (code, out, said in err)
    small.write(mapped, RIGHT)
    assert "the catalogue lists no table of Eurostat" in called("preview", "eurostat", "XX", 2020)[2]
