"""Comparisons pass PDF/UA and PDF/A in every language."""

import json
import re

import pytest

from reporter.cli.group import run
from scripts.union import CODES, make_union
from tests.fixtures import LITHUANIA, RURITANIA, copy_workspace

STEMS = {
    ("LT", "2019", "2020"): "LT/compare-2019-2020/LT-compare-2019-2020",
    ("LT", "2017", "--editions", "2018,2020"): (
        "LT/compare-2017-editions-2018-2020/LT-compare-2017-editions-2018-2020"
    ),
    ("LT", "LV", "EE", "--year", "2019"): "compare-LT-LV-EE-2019/compare-LT-LV-EE-2019",
    ("XX", "2018", "2019", "2021", "2022"): ("XX/compare-2018-2019-2021-2022/XX-compare-2018-2019-2021-2022"),
}


@pytest.mark.parametrize("words", STEMS)
def test_comparisons_pass_pdf_ua_and_pdf_a_in_every_language(tmp_path, words):
    source = RURITANIA if "XX" in words else LITHUANIA
    copy_workspace(source, tmp_path)
    languages = ("en", "lt") if source == LITHUANIA else ("en",)
    assert 0 == run(["compare", *words, "--format", "pdf", "--validate", "-q", "-w", str(tmp_path)])
    # Of countries no texts are compared.
    volumes = ("",) if "EE" in words else ("", "-texts")
    stems = [f"{STEMS[words]}{volume}-{language}.json" for volume in volumes for language in languages]
    records = [tmp_path / "build" / stem for stem in stems]
    proofs = {path: json.loads(path.read_text())["files"]["pdf"]["proof"] for path in records}
    passed = [("PDF/UA-1", 0), ("PDF/A-3a", 0)]
    assert dict.fromkeys(records, passed) == {
        path: [(each["profile"], each["failed"]) for each in proof if each["checker"] == "veraPDF"]
        for path, proof in proofs.items()
    }


def test_many_countries_pass_pdf_ua_and_pdf_a(tmp_path):
    make_union(tmp_path, codes=CODES[:6])
    assert 0 == run(["compare", "--all", "--year", "2022", "--lang", "lt", "--validate", "-q", "-w", str(tmp_path)])
    stem = f"compare-{'-'.join(sorted(CODES[:6]))}-2022"
    record = json.loads((tmp_path / "build" / stem / f"{stem}-lt.json").read_text())
    proof = record["files"]["pdf"]["proof"]
    assert {("PDF/UA-1", 0), ("PDF/A-3a", 0)} == {
        (each["profile"], each["failed"]) for each in proof if each["checker"] == "veraPDF"
    }
    page = (tmp_path / "build" / stem / f"{stem}-lt.html").read_text(encoding="utf-8")
    told = set(re.findall(r'data-figure="persons\.convicted@2022" data-country="(\w\w)"', page))
    assert set(CODES[:6]) >= told >= set(CODES[:6]) - {"AT", "CY"}
