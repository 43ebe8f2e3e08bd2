"""The rapporteur's own latest edition builds and is valid."""

from reporter.files.sources import known_years
from tests.fixtures import ROOT, build, copy_workspace
from tests.snapshots import snapshot


def test_the_latest_edition_builds_and_passes_both_standards(tmp_path):
    copy_workspace(ROOT, tmp_path)
    year = known_years(snapshot(ROOT), "LT")[-1]
    assert "passes" in build(tmp_path, "LT", year, "--lang", "lt", "--validate")
