"""Altered pages and large packages."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

from reporter.roundtrip.text import text_differences
from reporter.submission import BagInfo, pack
from tests import small
from tests.fixtures import build
from tests.roundtrip.forging import CSV, PAGE, PDF, PEAK, attached, differences, payload


def test_an_altered_page_of_the_pdf_shows(packaged, tmp_path):
    """A PDF made from other data, with the file of the right figures inside."""
    text = small.FINAL[small.YEAR].replace("total: 11", "total: 12").replace("labour: 7", "labour: 8")
    workspace = small.write(tmp_path / "other", small.FINAL | {small.YEAR: text})
    build(workspace, "XX", 2020)
    other = (workspace / "build" / "XX" / "2020" / PDF).read_bytes()
    files = payload(packaged.package)
    assert differences(files | {PDF: attached(other, files[CSV])})
    said = [each for each in text_differences(other, files[PAGE]) if "figures year by year" in each]
    for expected in ("says '12', and the web page '11'", "says '8', and the web page '7'"):
        assert any(each.endswith(expected) for each in said), said


def test_memory_does_not_grow_with_the_package(packaged, tmp_path):
    """Two packages that differ by 48 MB of a page; a page so large is not read."""
    files = payload(packaged.package)
    info = BagInfo("XX-2020-office", date(2020, 12, 31), "M")
    sizes = []
    for number, filling in enumerate((b"", b"x" * (48 << 20))):
        path = pack(tmp_path / f"{number}.zip", files | {PAGE: filling + files[PAGE]}, info).path
        sizes.append(_peak(path))
    assert sizes[0] + (5 << 10) > sizes[1]


def test_an_annex_may_have_the_data_of_charts_and_an_edition_may_be_restricted(tmp_path):
    settings = small.FINAL["reporter.yaml"] + "annexes: full\n"
    workspace = small.write(tmp_path / "full", small.FINAL | {"reporter.yaml": settings})
    build(workspace, "XX", 2020, "--format", "pdf,html", "--audience", "restricted")
    built = workspace / "build" / "XX" / "2020" / "XX-2020-restricted-en"
    pdf, page = built.with_suffix(".pdf").read_bytes(), built.with_suffix(".html").read_bytes()
    assert [] == list(text_differences(pdf, page))


def _peak(path: Path) -> int:
    """Kilobytes of the process that verifies."""
    script = (
        "import sys; from pathlib import Path; from reporter.delivery.package_checks import FIGURES;"
        "from reporter.submission import CHECKSUMS, verify;"
        "found = verify(Path(sys.argv[1]), (CHECKSUMS, FIGURES));"
        f"{PEAK}"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True, env=os.environ
    )
    return int(done.stdout)
