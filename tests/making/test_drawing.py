"""Charts are drawn once and kept, and cost no report when they cannot be."""

from decimal import Decimal

import pytest

from reporter.data.theme.tokens import load_theme
from reporter.editions.making import document_files
from reporter.editions.making.document_files import Drawing, DrawingError, draw_all
from reporter.report.document.plot import Bar, DrawingJob, YearStrip
from tests.conftest import DrawingHere
from tests.fixtures import ROOT


@pytest.fixture(autouse=True)
def in_its_process(monkeypatch):
    """Draws as the program does, which other tests do without."""
    monkeypatch.setattr(document_files, "Drawing", Drawing)


def test_a_file_of_the_current_folder_is_no_library_and_a_drawing_that_cannot_be_kept_costs_no_report(
    tmp_path, monkeypatch
):
    (tmp_path / "matplotlib.py").write_text("raise SystemExit('taken')\n")
    (tmp_path / "cache").write_text("a file where the folder should be")
    monkeypatch.chdir(tmp_path)
    plot = YearStrip((Bar(Decimal(1), "1"), Bar(Decimal(2), "2")))
    drawn = draw_all([DrawingJob("strip", plot, 46.0)], load_theme(ROOT / "assets"), tmp_path / "cache")
    assert drawn["strip"].startswith(b"<?xml")


def test_what_is_alike_is_drawn_once_under_whatever_names(tmp_path, monkeypatch):
    monkeypatch.setattr(document_files, "Drawing", DrawingHere)

    def drawn(*names: str) -> dict[str, int]:
        jobs = [DrawingJob(name, YearStrip((Bar(Decimal(1), name[:3]),)), 46.0) for name in names]
        assert {*names} == draw_all(jobs, load_theme(ROOT / "assets"), tmp_path).keys()
        return {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    first, both = drawn("one-en", "two-en"), drawn("one-lt", "three")
    assert (2, 3) == (len(first), len(both))
    assert first.items() <= both.items()


def test_a_drawing_that_has_ended_starts_no_process_again():
    ended = Drawing()
    ended.end()
    with pytest.raises(DrawingError, match="the program is closing"):
        ended.draw((), load_theme(ROOT / "assets"))
