"""Charts: what is drawn, what is printed, that it stays on the sheet, and that it is the same every time."""

import io
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest
from matplotlib import rcParams
from matplotlib.image import imread as matplotlib_image

from reporter.document.drawing_job import DrawingJob
from reporter.document.plot import Drawing, Panels, Ranges, Span, YearStrip
from reporter.draw import KINDS, NARROW, draw
from reporter.draw import drawn as draw_job
from reporter.draw.__main__ import main
from reporter.draw.text_width import POINT
from tests.draw.plots import (
    DUMBBELL,
    EXTREME,
    LANDS,
    LISTS,
    MAPS,
    NAMED,
    OPENED,
    PEOPLE,
    PLANS,
    POPULATIONS,
    RULER,
    SLOPES,
    SQUARES,
    STANDINGS,
    THEME,
    TWINS,
    VICTIMS,
    YEARS,
    drawn,
    on_phone,
    svg,
)

# Charts that no page sets narrower than half of its measure.
BROAD = ("slopes", "twins", "lists")


def test_words_of_a_chart_are_text() -> None:
    words = drawn(OPENED, 174).words
    assert [text for text in ("New investigations", *YEARS, "35", "11") if text not in words] == []


def test_chart_is_as_wide_as_asked() -> None:
    assert drawn(OPENED, 114).size[0] == pytest.approx(114 / POINT, abs=0.01)


def test_every_kind_of_plot_is_tried() -> None:
    assert {type(plot) for plot in EXTREME.values()} == set(KINDS)


@pytest.mark.parametrize("across", [30, 84, 174])
@pytest.mark.parametrize("name", EXTREME)
def test_words_stay_on_the_sheet_and_apart(name: str, across: float) -> None:
    if name.startswith(BROAD):
        across = max(across, 84)
    sheet = drawn(EXTREME[name], across)
    right, bottom = sheet.size
    printed = sheet.printed
    outside = [
        item.words
        for item in printed
        if item.left < -0.05 or item.right > right + 0.05 or item.top < 0 or item.baseline + 0.2 * item.size > bottom
    ]
    crossing = [(one.words, other.words) for n, one in enumerate(printed) for other in printed[:n] if one.meets(other)]
    assert (outside, crossing) == ([], [])


@pytest.mark.parametrize("name", EXTREME)
def test_nothing_is_smaller_than_7_5_points(name: str) -> None:
    assert [] == [item.words for item in drawn(EXTREME[name]).printed if item.size < 7.5]


@pytest.mark.parametrize("name", EXTREME)
def test_marks_stay_on_the_sheet(name: str) -> None:
    sheet = drawn(EXTREME[name])
    right, bottom = sheet.size
    points = [point for outline in sheet.outlines(lambda _: True) for point in outline]
    assert [(x, y) for x, y in points if not (-0.1 <= x <= right + 0.1 and -0.1 <= y <= bottom + 0.1)] == []


def test_drawing_leaves_the_settings_of_matplotlib_alone() -> None:
    before = dict(rcParams)
    draw(OPENED, THEME, 84)
    assert dict(rcParams) == before


def test_worker_answers_with_a_drawing_for_each_name() -> None:
    jobs = (DrawingJob("opened", OPENED, 84.0, titled=True), DrawingJob("people", PEOPLE, 60.0))
    answer = io.BytesIO()
    assert main(io.BytesIO(pickle.dumps((THEME, jobs))), answer) == 0
    assert pickle.loads(answer.getvalue()) == {
        "opened": draw(OPENED, THEME, 84, titled=True),
        "people": draw(PEOPLE, THEME, 60),
    }


def test_worker_tells_a_fault_on_stderr_and_leaves_with_3() -> None:
    done = subprocess.run([sys.executable, "-m", "reporter.draw"], input=b"no pickle", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"Traceback" in done.stderr


def test_another_process_and_hash_seed_draw_the_same_bytes() -> None:
    jobs = tuple(DrawingJob(name, plot, 84.0) for name, plot in EXTREME.items())
    here = {job.name: svg(job.plot, job.width) for job in jobs}
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "reporter.draw"],
            input=pickle.dumps((THEME, jobs)),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert pickle.loads(done.stdout) == here


def test_import_does_not_load_pyplot() -> None:
    code = "import sys, reporter.draw; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"


# One drawing of each kind, to be read; those of whole profiles are held by their digests.
EXAMPLES: dict[str, tuple[Drawing, float]] = {
    "columns": (OPENED, 84),
    "panels": (Panels((OPENED, VICTIMS)), 84),
    "rows": (POPULATIONS, 114),
    "people": (PEOPLE, 114),
    "plans": (PLANS, 114),
    "ranges": (Ranges(OPENED, "Sentences", (Span("2020", Decimal(1), Decimal(7), "1 to 7"),)), 84),
    "named": (NAMED, 84),
    "strip": (YearStrip(OPENED.bars, Decimal(35), labels=YEARS), 100),
    "maps": (MAPS, 174),
    "dumbbell": (DUMBBELL, 68),
    "ruler": (RULER, 68),
    "squares": (SQUARES, 54),
    "standings": (STANDINGS, 114),
    "lands": (LANDS, 54),
    "slopes": (SLOPES, 114),
    "twins": (TWINS, 174),
    "lists": (LISTS, 174),
}


def test_every_kind_of_drawing_has_an_example() -> None:
    assert set(KINDS) == {type(plot) for plot, _ in EXAMPLES.values()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_drawing_is_the_golden_one(name: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"draw/{name}.svg", draw(EXAMPLES[name][0], THEME, EXAMPLES[name][1]))


# The drawings of phones: one of each kind that has one of its own.
ON_PHONES = tuple(name for name, (plot, _) in EXAMPLES.items() if type(plot) in NARROW)


@pytest.mark.parametrize("name", [name for name, plot in EXTREME.items() if type(plot) in NARROW])
def test_words_and_marks_stay_on_the_sheet_of_a_phone_and_can_be_read(name: str) -> None:
    assert [] == on_phone(EXTREME[name]).faults


@pytest.mark.parametrize("name", ON_PHONES)
def test_drawing_for_a_phone_is_the_golden_one(name: str, golden: Callable[[str, bytes], None]) -> None:
    golden(f"draw/{name}-narrow.svg", draw(EXAMPLES[name][0], THEME, 68, titled=True))


def test_a_picture_of_dots_is_as_wide_as_asked_and_the_same_each_time() -> None:
    job = DrawingJob("opened", OPENED, 160.0, dots=220)
    one, other = draw_job(job, THEME), draw_job(job, THEME)
    across, down = (int.from_bytes(one[at : at + 4]) for at in (16, 20))
    _, height = drawn(OPENED, 160).size

    assert one == other
    assert b"Software" not in one
    assert (pytest.approx(160 / 25.4 * 220, abs=1), pytest.approx(height / 72 * 220, abs=1)) == (across, down)


def test_a_picture_of_dots_fills_its_paper() -> None:
    picture = matplotlib_image(io.BytesIO(draw_job(DrawingJob("opened", OPENED, 160.0, dots=110), THEME)))
    marked = (picture[:, :, :3] < 0.5).any(axis=2)

    assert [True, True] == [marked[:, -marked.shape[1] // 4 :].any(), marked[-marked.shape[0] // 4 :].any()]
    assert 1.0 == picture[0, 0, 0]
