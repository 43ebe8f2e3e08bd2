"""How many documents are done, running and failed, and an estimate that promises nothing it does not know."""

import pytest

from reporter.cli.count import BETWEEN, FIRST, DocumentCount, LinesNowAndThen
from reporter.edition.job import Job
from reporter.produce.order import BEGUN, DONE, FAILED

JOBS = [Job("XX", 2000 + number, "en") for number in range(20)]


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_counts_what_is_done_running_and_failed() -> None:
    count = DocumentCount(4, Clock())
    for job, stage in ((0, BEGUN), (1, BEGUN), (0, "laying out pages"), (0, DONE), (2, BEGUN), (1, FAILED)):
        count.hear(JOBS[job], stage)
    assert "1 of 4 documents done, 1 running, 1 failed" == str(count)


def test_what_is_left_takes_as_long_for_each_as_what_ended_and_too_few_say_nothing() -> None:
    clock = Clock()
    count, told = DocumentCount(20, clock), []
    for number, job in enumerate(JOBS):
        clock.now += 20
        count.hear(job, FAILED if number % 5 == 0 else DONE)
        told.append(count.left)
    assert ["", "", "about 6 min left"] == told[:3]
    assert ["about 1 min left", "less than a minute left", "less than a minute left", ""] == told[-4:]


def test_without_a_terminal_a_line_comes_now_and_then_and_none_where_all_is_soon_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()
    lines = LinesNowAndThen(DocumentCount(20, clock))
    for seconds, job in zip((1, FIRST, 1, BETWEEN - 2, 2), JOBS, strict=False):
        clock.now += seconds
        lines.hear(job, BEGUN)
        lines.hear(job, DONE)
    assert ["reporter: 2 of 20 documents done, 0 running", "reporter: 5 of 20 documents done, 0 running"] == [
        line.partition(";")[0] for line in capsys.readouterr().err.splitlines()
    ]
