"""Who wants documents locks them, has them proven, and writes them once; how a comparison is told on the terminal."""

import pickle
import re
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from reporter.data.errors import ReporterError
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import load_locale
from reporter.editions.job import Job
from reporter.editions.making.build_editions import Answer, Errand, begin, build_all
from reporter.editions.making.exports import comparison_text
from reporter.editions.making.order import DONE, FAILED, Order, Outcome, Show, failures_of, made_file, order_of
from reporter.editions.program import program_digest
from reporter.editions.state import context_of
from reporter.figures.compare.figures import Manner
from reporter.formats.validate.vera import Failure, Judgement
from reporter.report.document.document import Table
from reporter.report.sections.comparison import part_changes
from tests import small

YEARS = (2018, 2019, 2020)


class Elsewhere:
    """Makes a line of text for each order, from what travelled; at most two errands are under way."""

    def __init__(self, fails: int = 0) -> None:
        self.fails, self.is_closed, self.most_under_way = fails, False, 0

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        waiting: list[Errand] = []
        while True:
            while len(waiting) < 2 and (errand := next(errands, None)):
                begin(errand, show)
                waiting.append(errand)
            if not waiting:
                return
            self.most_under_way = max(self.most_under_way, len(waiting))
            # The one that was given last ends first.
            errand = waiting.pop()
            orders: Errand = pickle.loads(pickle.dumps(errand))
            yield errand, pickle.loads(pickle.dumps([self.made(each) for each in orders]))

    def made(self, order: Order) -> Outcome:
        if order.job.year == self.fails:
            return Outcome(order.job, error="it cannot be made")
        text = order.files[f"data/XX/{order.job.year}.yaml"].content
        return Outcome(order.job, {form: made_file(text, 1) for form in order.formats})

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(small.write(tmp_path, small.FINAL))


def orders_of(workspace: Workspace, form: str = "html") -> list[Order]:
    sources, program = workspace.snapshot(), program_digest()
    return [order_of(sources, Job("XX", year, "en"), program, (form,)) for year in YEARS]


def is_locked(workspace: Workspace, job: Job) -> bool:
    try:
        FileLock(workspace.lock(job.name), timeout=0).acquire()
    except Timeout:
        return True
    return False


def test_files_are_placed_as_they_come_and_only_what_is_under_way_is_locked(workspace: Workspace) -> None:
    executor, heard, orders = Elsewhere(fails=2019), list[tuple[int, str]](), orders_of(workspace)
    assert [] == [each for each in orders if str(workspace.root).encode() in pickle.dumps(each)]
    found = build_all(workspace, orders, executor, show=lambda job, stage: heard.append((job.year, stage)))
    outcome = next(found)
    # The next is taken when somebody is free for it.
    assert [True, False, False] == [is_locked(workspace, each.job) for each in orders]
    for each in (outcome, *found):
        place = each.job.file(workspace, "html")
        written = {"html": b""} if place.is_file() else {}
        assert written == {form: file.read() for form, file in each.files.items()}
        assert not is_locked(workspace, each.job)
    assert (True, 2) == (executor.is_closed, executor.most_under_way)
    ends = [each for each in heard if each[1] in (DONE, FAILED)]
    assert [(2019, FAILED), (2020, DONE), (2018, DONE)] == ends


def test_when_it_is_broken_off_nothing_stays_locked(workspace: Workspace) -> None:
    executor, orders = Elsewhere(), orders_of(workspace)
    found = build_all(workspace, orders, executor, show=lambda *_: None)
    assert 2019 == next(found).job.year
    found.close()
    assert executor.is_closed
    assert [False] * 3 == [is_locked(workspace, each.job) for each in orders]
    assert ["XX-2019-en.html"] == [path.name for path in workspace.output.rglob("*.html")]


def test_what_somebody_else_builds_is_not_even_given_away(workspace: Workspace) -> None:
    orders = orders_of(workspace)
    place = workspace.lock(orders[1].job.name)
    place.parent.mkdir(parents=True)
    with FileLock(place):
        outcomes = {each.job.year: each for each in build_all(workspace, orders, Elsewhere(), show=lambda *_: None)}
    assert {2018: "", 2020: ""} == {year: each.error for year, each in outcomes.items() if year != 2019}
    assert outcomes[2019].error.startswith("another build of XX 2019 (en) is running")


def test_what_is_to_be_proven_is_proven_where_it_is_placed(workspace: Workspace) -> None:
    class Passed:
        failures = ()

        def plain(self) -> dict[str, str | int]:
            return {"checker": "one"}

    asked: list[bytes] = []

    def prove(content: bytes) -> list[Passed]:
        asked.append(content)
        if b"2019" in content:
            raise ReporterError("it is not what it says")
        return [Passed()]

    orders = [replace(each, proven=True) for each in orders_of(workspace, "pdf")]
    outcomes = {
        each.job.year: each for each in build_all(workspace, orders, Elsewhere(), prove=prove, show=lambda *_: None)
    }
    assert [3, "", "it is not what it says", ""] == [len(asked), *(outcomes[year].error for year in YEARS)]
    assert ["XX-2018-en.pdf", "XX-2020-en.pdf"] == sorted(path.name for path in workspace.output.rglob("*.pdf"))


def judgement(*rules: str) -> Judgement:
    failures = tuple(Failure("veraPDF", rule, 1, "broken") for rule in rules)
    return Judgement("veraPDF", "1.28", "ua1", 106, failures)


def test_what_is_wrong_is_what_any_checker_says() -> None:
    assert [] == failures_of([])
    assert [] == failures_of([judgement(), judgement()])
    assert ["a", "b", "c"] == [each.rule for each in failures_of([judgement("a"), judgement(), judgement("b", "c")])]


def context(dataset, *years):
    job = Job("LT", years[-1], "en", Manner.YEARS, tuple(map(str, years)))
    return context_of(dataset, job, load_locale("en"))


def shares(tables: tuple[Table, ...]) -> list[str]:
    return [column.label for table in tables for column in table.columns if column.label.startswith("Share")]


def test_the_text_has_the_shares_of_many_years_for_which_a_page_has_no_room(lithuania):
    many = context(lithuania, 2012, 2015, 2018, 2020)
    assert [] == shares(part_changes(many))
    printed = [
        line.split() for line in comparison_text(many).splitlines() if line.startswith("  Victims  ") and "%" in line
    ]
    assert ["60.5%", "74.1%", "85.4%", "78.8%"] == [each for line in printed for each in line if "%" in each]


def test_the_text_tells_why_no_change_is_worked_out(lithuania):
    text = comparison_text(context(lithuania, 2019, 2020))
    number, _ = re.findall(r"\((\d+)\) Not comparable: break in the series", text)
    assert re.search(rf"Assistance projects financed +5 +1b\(\d+\) +≠\({number}\)", text)
