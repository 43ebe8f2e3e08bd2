"""Lithuania's package with every part it can have passes every check; the same bytes elsewhere."""

from datetime import UTC, datetime

import pytest

from reporter.exchange.package.package_checks import AGAIN, checks_of
from reporter.formats.bagit import Verdict, verify
from tests import small
from tests.fixtures import LITHUANIA, Packaged, build, copy_workspace, elsewhere, package_once
from tests.package.forging import payload

STEMS = [f"LT-2020-{volume}{language}" for volume in ("", "data-and-methods-") for language in ("en", "lt")]


@pytest.fixture(scope="session")
def lithuanian_packaged(tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    """The package of Lithuania for the Commission."""
    return package_once(tmp_path_factory, "LT", "commission", lambda target: copy_workspace(LITHUANIA, target))


def test_the_package_of_lithuania_passes_every_check(lithuanian_packaged):
    """Its files are made again by a process that hashes otherwise, and veraPDF judges each of them once."""
    results = {each.check: each for each in verify(lithuanian_packaged.package, checks_of(datetime.now(UTC)))}
    assert [] == [str(defect) for each in results.values() for defect in each.defects]
    passed = {name for name, each in results.items() if each.verdict is Verdict.PASSED}
    assert {"checksums", "made again", "PDF standards"} <= passed
    names = payload(lithuanian_packaged.package)
    assert {f"{stem}.{form}" for stem in STEMS for form in ("pdf", "html")} <= names.keys()
    assert "figures/CRIM_THB_A_LT_2020_0000_VSAGE.CSV" in names
    assert (f"byte for byte the same: {len(names) + 1} of {len(names) + 1} files",) == results[AGAIN].details


def test_the_same_input_gives_the_same_bytes(packaged, tmp_path):
    """In another folder, another zone, with other seeds."""
    workspace = small.write(tmp_path / "elsewhere" / "workspace", small.FINAL)
    build(workspace, "XX", 2020, "--to", "office", "-q", command="package", **elsewhere(tmp_path / "temporary"))
    again = workspace / "build" / "XX" / "2020" / "package" / "XX-2020-office.zip"
    assert payload(packaged.package) == payload(again)
    assert packaged.package.read_bytes() == again.read_bytes()
