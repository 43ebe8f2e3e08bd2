"""The rapporteur's own latest edition builds and is valid."""

from reporter.data.files.sources import known_years
from reporter.formats.validate.vera import validate
from tests.fixtures import ROOT, build
from tests.pdf.tag_checks import inspect
from tests.snapshots import snapshot


def test_the_latest_edition_builds_and_passes_both_standards():
    """Where `make report` has built it already, there is nothing to build."""
    year = known_years(snapshot(ROOT), "LT")[-1]
    build(ROOT, "LT", year, "--lang", "lt")
    for volume in ("", "data-and-methods-"):
        made = ROOT / f"build/LT/{year}/LT-{year}-{volume}lt.pdf"
        assert ((), ()) == (validate(made), inspect(made))
