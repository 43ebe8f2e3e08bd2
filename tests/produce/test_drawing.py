"""Charts are drawn once and kept, and cost no report when they cannot be."""

from decimal import Decimal

import pytest

from reporter.document.drawing_job import DrawingJob
from reporter.document.plot import Bar, YearStrip
from reporter.edition.job import Job
from reporter.produce import drawing
from reporter.produce.composed import document_of
from reporter.produce.drawing import DrawingError, DrawingProcess, StayingDrawing, draw_all
from reporter.render import paper_drawings
from reporter.theme.tokens import load_theme
from tests.editions import checked
from tests.fixtures import LITHUANIA, ROOT
from tests.snapshots import translated


@pytest.fixture(autouse=True)
def in_its_process(monkeypatch):
    """Draws as the program does, which other tests do without."""
    monkeypatch.setattr(drawing, "DrawingProcess", DrawingProcess)


def test_a_file_of_the_current_folder_is_not_taken_for_a_library(tmp_path, monkeypatch):
    (tmp_path / "matplotlib.py").write_text("raise SystemExit('taken')\n")
    monkeypatch.chdir(tmp_path)
    plot = YearStrip((Bar(Decimal(1), "1"), Bar(Decimal(2), "2")), Decimal(2))
    drawn = draw_all([DrawingJob("strip", plot, 46.0)], load_theme(ROOT / "assets"), tmp_path / "cache")
    assert drawn["strip"].startswith(b"<?xml")


def test_what_is_alike_in_two_languages_is_drawn_once(tmp_path):
    theme = load_theme(ROOT / "assets")

    def drawn(language):
        locale = translated(language, LITHUANIA)
        document = document_of(checked("LT"), Job("LT", 2020, language), locale)
        asked = paper_drawings(document)
        draw_all(asked, theme, tmp_path)
        return {each[1:] for each in asked}, {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    english, first = drawn("en")
    lithuanian, both = drawn("lt")
    assert english & lithuanian
    assert first == {name: time for name, time in both.items() if name in first}
    assert (len(english), len(english | lithuanian)) == (len(first), len(both))


def test_a_drawing_that_cannot_be_kept_costs_no_report(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    plot = YearStrip((Bar(Decimal(1), "1"), Bar(Decimal(2), "2")), Decimal(2))
    assert ["strip"] == list(
        draw_all([DrawingJob("strip", plot, 46.0)], load_theme(ROOT / "assets"), tmp_path / "cache")
    )


def test_a_drawing_that_has_ended_starts_no_process_again():
    staying = StayingDrawing()
    staying.end()
    with pytest.raises(DrawingError, match="the program ends"):
        staying.draw((), load_theme(ROOT / "assets"))
    assert not staying.is_started
