"""`reporter status` fits a terminal, and breaks no word that is copied from it."""

from pathlib import Path

import pytest

from reporter.cli.group import run
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


def test_an_address_stays_on_one_line_and_what_follows_is_indented_below(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path, {"reporter.yaml": SETTINGS})
    assert 0 == run(["status", "XX", "2020", "--today", "2021-12-01", "-w", str(root)])
    said = capsys.readouterr().out.splitlines()
    first = said.index("  335 d over  2020-12-31  Yearly statistics, 2019")
    indent = " " * 26
    assert [f"{indent}Directive,", f"{indent}{ADDRESS}"] == said[first + 1 : first + 3]
