"""A figure has a history: who wrote it, what editions printed, what was revised, how others read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.records import Label
from reporter.editions.job import Job
from reporter.workbench.server.server import Workbench
from tests import small
from tests.snapshots import freeze_now
from tests.workbench.figures_bench import Bench
from tests.workbench.serving import Asker, come_in, running, words

SHEET, FIGURE = "/XX/2020/figures/general_situation", "/XX/2020/figure/victims.identified"
REVISION = """\
revisions:
  - {figure: victims.identified, year: 2019, was: 60, now: 59, reason: {en: One person was counted twice.}}
"""
JOB = Job("XX", 2020, "en")


@dataclass(frozen=True)
class Small:
    """A small workspace that is served, and its file of 2020."""

    bench: Workbench
    root: Path

    @property
    def file(self) -> Path:
        return self.root / small.YEAR

    def person(self, name: str) -> Asker:
        return come_in(self.bench, name)

    def typed(self, name: str, value: str, seen: str, figure: str = "victims.identified") -> None:
        form = {"figure": figure, "value": value, "seen": seen}
        assert 303 == self.person(name).post(SHEET, form).status

    def publish(self, day: str, reason: str = "") -> None:
        label = Label((("en", reason),) if reason else ())
        freeze_now(Workspace(self.root), JOB, day, label, (("XX-2020-en.pdf", "0" * 64),))
        self.bench.desk.read_now()


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Small]:
    year = small.FILES[small.YEAR].replace("labour: 6", "labour: 7").replace("status: provisional", "status: final")
    root = small.write(tmp_path, {small.YEAR: year + REVISION})
    with running(root) as bench:
        bench.desk.read_now()
        yield Small(bench, root)


def part(page: str, name: str) -> str:
    return words(re.search(rf'<section aria-labelledby="{name}">.*?</section>', page, re.S)[0])


def rows(page: str, name: str) -> list[list[str]]:
    section = re.search(rf'<section aria-labelledby="{name}">.*?</section>', page, re.S)[0]
    found = re.findall(r"<tr>(.*?)</tr>", section, re.S)
    return [[words(each) for each in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)] for row in found]


def test_who_wrote_a_figure_is_told_and_how_others_read_it(bench: Small, running_bench: Bench) -> None:
    assert "Not written in the workbench" in part(bench.person("Ana").get(FIGURE).text, "written")
    bench.typed("Ana", "81", "80")
    bench.typed("Jonas", "~82", "81")
    bench.typed("Ana", "59", "60", "victims.identified.women")
    assert 303 == bench.person("Jonas").undo(SHEET).status
    ana = bench.person("Ana")
    _, *told = rows(ana.get(FIGURE).text, "written")
    assert [
        ["Jonas", "≈82", "81", "undone or redone"],
        ["Jonas", "81", "≈82", "the value"],
        ["Ana", "80", "81", "the value"],
    ] == [each[1:] for each in told]
    _, *told = rows(ana.get(f"{FIGURE}.women").text, "written")
    assert [["Ana", "60", "59", "the value"]] == [each[1:] for each in told]
    running_bench.start_again()
    found = rows(running_bench.person().get("/LT/2020/figure/victims.identified.women").text, "readers")
    assert ["CRIM_THB_VSAGE A.F.Y_GE18.NR.LT", "16 d", "as it is stated"] in [each[1:] for each in found]
    assert "Identified victims (men)" in next(each for each in found if "calculated from" in each[-1])[-1]
    assert "Detected trafficking victims, Female, 18 years or over" in [each[1] for each in found]


def test_remarks_are_told_and_what_an_editor_changed_since(bench: Small) -> None:
    bench.typed("Ana", "81", "80")
    was = {"was.flags": "", "was.note.en": "", "was.source": "", "was.confidentiality": "F"}
    form = {"pane": "1", "figure": "victims.identified", "note.en": "Twice.", "source": "", "confidentiality": "F"}
    assert 303 == bench.person("Ana").post(SHEET, {**form, **was}).status
    page = bench.person("Ana").get(FIGURE).text
    assert ["note", "the value"] == [each[-1] for each in rows(page, "written")[1:]]
    assert "it has been changed outside the workbench since" not in page
    bench.file.write_text(bench.file.read_text().replace("total: 81", "total: 83"))
    bench.bench.desk.read_now()
    assert "it has been changed outside the workbench since" in part(bench.person("Ana").get(FIGURE).text, "written")


def test_each_edition_says_what_it_printed_and_why_that_was_corrected(bench: Small) -> None:
    bench.publish("2021-03-01")
    bench.typed("Ana", "79", "80")
    before = rows(bench.person("Ana").get(FIGURE).text, "editions")
    assert ["2020 published 1 March 2021", "2020 as it is now"] == before[0][-2:]
    bench.publish("2021-04-01", "A total was wrong.")
    page = bench.person("Ana").get(FIGURE).text
    assert [
        ["Year", "2018 final", "2019 final", "2020 published 1 March 2021", "2020 corrigendum 1, 1 April 2021"],
        ["2018", "0", "0", "0", "0"],
        ["2019", "", "60", "59 changed", "59"],
        ["2020", "", "", "80", "79 changed"],
    ] == rows(page, "editions")
    told = part(page, "editions")
    assert "2019, revised in the edition of 2020 : 60 → 59. One person was counted twice." in told
    assert "Corrigendum 1 of 2020 , 1 April 2021, R. P.: A total was wrong." in told
    other = bench.person("Ana").get("/XX/2020/figure/investigations.opened").text
    assert "Corrigendum" not in part(other, "editions").replace("corrigendum 1,", "")


def test_a_copy_that_was_changed_is_told_and_nothing_is_shown_of_it(bench: Small) -> None:
    bench.publish("2021-03-01")
    copy = bench.root / "data/XX/editions/2020/0" / small.YEAR
    copy.write_text(copy.read_text().replace("total: 80", "total: 85"))
    bench.bench.desk.read_now()
    page = bench.person("Ana").get(FIGURE).text
    assert (True, False) == ("its copies cannot be read" in part(page, "editions"), "85" in part(page, "editions"))


def test_a_figure_is_printed_somewhere_also_where_another_one_is_withheld(bench: Small) -> None:
    before = part(bench.person("Ana").get(FIGURE).text, "printed")
    text = bench.file.read_text()
    bench.file.write_text(
        f"# As counted.\n{text}".replace("labour: 7", "labour: {value: 7, confidentiality: confidential}")
    )
    assert text != bench.file.read_text()
    bench.bench.desk.read_now()
    assert (before, True) == (part(bench.person("Ana").get(FIGURE).text, "printed"), "Figure 2" in before)


def test_what_is_masked_is_told_of_no_writing_and_no_edition(bench: Small) -> None:
    bench.publish("2021-03-01")
    bench.typed("Ana", "79", "80")
    text = bench.file.read_text()
    bench.file.write_text(text.replace("total: 79,", "total: suppressed,"))
    assert text != bench.file.read_text()
    bench.bench.desk.read_now()
    page = bench.person("Ana").get(FIGURE).text
    assert {"79": False, "80": False} == {each: each in words(page.partition("<footer")[0]) for each in ("79", "80")}
    assert ["the value"] == [each[-1] for each in rows(page, "written")[1:]]
