"""Each kind of comparison passes PDF/UA and PDF/A."""

import json
import re
from pathlib import Path

import pytest

from reporter.cli.group import run
from scripts.union import CODES, make_union
from tests.fixtures import LITHUANIA, RURITANIA, copy_workspace
from tests.pdf.tag_checks import inspect

PASSED = [("PDF/UA-1", 0), ("PDF/A-3a", 0)]
# Of two years, of editions, and of as many years as go side by side. Texts are a volume of their own.
KINDS = {
    ("LT", "2019", "2020", "--lang", "en"): "LT/compare-2019-2020/LT-compare-2019-2020{}-en.json",
    ("XX", "2021", "--editions", "2021,2022"): (
        "XX/compare-2021-editions-2021-2022/XX-compare-2021-editions-2021-2022{}-en.json"
    ),
    ("XX", "2018", "2019", "2021", "2022"): "XX/compare-2018-2019-2021-2022/XX-compare-2018-2019-2021-2022{}-en.json",
}


def judged(record: Path) -> list[tuple[str, int]]:
    """What veraPDF says of a comparison, as its record has it."""
    proof = json.loads(record.read_text())["files"]["pdf"]["proof"]
    return [(each["profile"], each["failed"]) for each in proof if each["checker"] == "veraPDF"]


@pytest.mark.parametrize("words", KINDS)
def test_comparisons_pass_pdf_ua_and_pdf_a(tmp_path, words):
    copy_workspace(RURITANIA if "XX" in words else LITHUANIA, tmp_path)
    assert 0 == run(["compare", *words, "--format", "pdf", "--validate", "-q", "-w", str(tmp_path)])
    records = [KINDS[words].format(volume) for volume in ("", "-texts")]
    assert dict.fromkeys(records, PASSED) == {each: judged(tmp_path / "build" / each) for each in records}
    assert [()] == list({inspect((tmp_path / "build" / each).with_suffix(".pdf")) for each in records})


def test_many_countries_pass_pdf_ua_and_pdf_a(tmp_path):
    make_union(tmp_path, codes=CODES[:6])
    assert 0 == run(["compare", "--all", "--year", "2022", "--lang", "lt", "--validate", "-q", "-w", str(tmp_path)])
    stem = f"compare-{'-'.join(sorted(CODES[:6]))}-2022"
    assert PASSED == judged(tmp_path / "build" / stem / f"{stem}-lt.json")
    page = (tmp_path / "build" / stem / f"{stem}-lt.html").read_text(encoding="utf-8")
    told = set(re.findall(r'data-figure="persons\.convicted@2022" data-country="(\w\w)"', page))
    assert set(CODES[:6]) >= told >= set(CODES[:6]) - {"AT", "CY"}
