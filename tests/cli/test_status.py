"""`reporter status` fits a terminal, and breaks no word that is copied from it."""

import json
from pathlib import Path

from reporter.errors import Mark
from reporter.load.received import asked_text
from reporter.model import Asked
from tests import agencies
from tests.fixtures import Say
from tests.small import write

ADDRESS = "https://example.org/a-directive-with-a-very-long-name/article-nineteen-and-a-half/on-statistics"
SETTINGS = f"""\
title: {{en: Small}}
languages: [en]
deadlines:
  yearly:
    title: {{en: Yearly statistics}}
    basis: {{en: "Directive, {ADDRESS}"}}
    first: 2019
    due: 12-31
"""


def test_an_address_stays_on_one_line_and_what_follows_is_indented_below(tmp_path: Path, say: Say) -> None:
    root = write(tmp_path, {"reporter.yaml": SETTINGS})
    code, said = say("status", "XX", "2020", "--today", "2021-12-01", "-w", str(root))
    lines, indent = said.splitlines(), " " * 26
    first = lines.index("  335 d over  2020-12-31  Yearly statistics, 2019")
    assert (0, [f"{indent}Directive,", f"{indent}{ADDRESS}"]) == (code, lines[first + 1 : first + 3])


def test_each_agency_is_told_with_when_it_was_asked_what_came_and_what_is_open(tmp_path: Path, say: Say) -> None:
    received = agencies.sent("courts", {"victims.identified": "79", "victims.identified.women": "60"})
    asked = Asked(
        agency="police", year=2020, day="2021-01-11", sha256="0" * 64, reminded=("2021-02-22",), mark=Mark("")
    )
    root = agencies.workspace(tmp_path, received, files={"data/XX/received/asked.yaml": asked_text([asked])})
    status = ("status", "XX", "2020", "--today", "2021-02-27", "-w", str(root))
    code, said = say(*status)
    lines, indent = said.splitlines(), " " * 26
    assert [
        "  2 d left    2021-03-01  Royal Police",
        f"{indent}asked 2021-01-11",
        f"{indent}reminded 2021-02-22",
        "  received    2021-03-15  Courts",
        f"{indent}not asked yet",
        f"{indent}courts-2020.xlsx, received 2021-03-03",
        f"{indent}to decide on: 1",
        f"{indent}cells empty: 5",
    ] == lines[lines.index("Agencies, 2020") + 1 :]
    code, out = say(*status, "--format", "json")
    police, courts = json.loads(out)[0]["agencies"]
    assert ("2021-01-11", 2, [], []) == tuple(police[name] for name in ("asked", "days", "open", "empty"))
    assert (0, ["victims.identified"], False) == (code, courts["open"], "@" in out)


def test_open_remarks_are_counted_below_their_edition(tmp_path: Path, say: Say) -> None:
    remarks = '  "1": {kind: comment, text: "Why?"}\n  "2": {kind: comment, text: "Good.", answer: "Thanks."}\n'
    record = f'file: "a.docx"\nsha256: "{"0" * 64}"\nreceived: "2021-02-01"\nremarks:\n{remarks}'
    root = write(tmp_path, {"data/XX/received/remarks/2020-en-1.yaml": record})
    status = ("status", "XX", "2020", "--today", "2021-02-27", "-w", str(root))
    assert "  remarks     1 open: reporter review XX 2020" in say(*status)[1].splitlines()
    assert [1] == [each["remarks"] for each in json.loads(say(*status, "--format", "json")[1])[0]["editions"]]
