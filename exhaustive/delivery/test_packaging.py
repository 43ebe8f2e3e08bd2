"""Lithuania's package with every part it can have; the same bytes elsewhere."""

from reporter.cli.package_checks import FIGURES
from reporter.submission import CHECKSUMS, verify
from tests import small
from tests.fixtures import build, elsewhere
from tests.roundtrip.forging import payload


def test_the_package_of_lithuania_passes_with_every_language_and_the_tables_of_eurostat(lithuanian_packaged):
    results = verify(lithuanian_packaged.package, (CHECKSUMS, FIGURES))
    assert [] == [str(defect) for each in results for defect in each.defects]
    names = payload(lithuanian_packaged.package)
    stems = [f"LT-2020-{volume}{language}" for volume in ("", "data-and-methods-") for language in ("en", "lt")]
    assert {f"{stem}.{form}" for stem in stems for form in ("pdf", "html")} <= names.keys()
    assert "figures/CRIM_THB_A_LT_2020_0000_VSAGE.CSV" in names
    seen = next(each for each in results if each.check == FIGURES.name).seen
    stated = [f"LT-2020-{language}{ending}" for ending in (".pdf", ".xlsx") for language in ("en", "lt")]
    stated += [f"LT-2020-{language}-observations.{form}" for form in ("csv", "json") for language in ("en", "lt")]
    assert sorted(stated) == sorted(each.partition(":")[0].rpartition("/")[2] for each in seen)


def test_the_same_input_gives_the_same_bytes(packaged, tmp_path):
    """In another folder, another zone, with other seeds."""
    workspace = small.write(tmp_path / "elsewhere" / "workspace", small.FINAL)
    build(workspace, "XX", 2020, "--to", "office", "-q", command="package", **elsewhere(tmp_path / "temporary"))
    again = workspace / "build" / "XX" / "2020" / "package" / "XX-2020-office.zip"
    assert payload(packaged.package) == payload(again)
    assert packaged.package.read_bytes() == again.read_bytes()
