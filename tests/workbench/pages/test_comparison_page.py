"""Side by side in the workbench: what is compared, what is said of what cannot be; the command says likewise."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.workbench.compare import comparison_page
from reporter.workbench.server.server import Workbench
from reporter.workbench.texts.web_page import FRAME_POLICY
from tests import small
from tests.cli.comparing import OTHER
from tests.workbench.serving import Asker, come_in, running, until_made, words

PAGE, FRAME, FILE = "/XX/compare", "/XX/compare/page", "/XX/compare/file"
YEARS = "?sides=2018,2019&lang=en"
LITHUANIAN = {"Accept-Language": "lt"}


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return small.write(tmp_path_factory.mktemp("compared"), small.FINAL | OTHER)


@pytest.fixture(scope="module")
def bench(root) -> Iterator[Workbench]:
    with running(root) as bench:
        bench.desk.read_now()
        yield bench


@pytest.fixture(scope="module")
def asker(bench) -> Asker:
    return come_in(bench)


def main_of(html: str) -> str:
    return words(re.search(r"<main.*</main>", html, re.S)[0])


@contextmanager
def changed(bench: Workbench, path: str, was: str, now: str) -> Iterator[None]:
    file = bench.desk.workspace.root / path
    before = file.read_text()
    file.write_text(before.replace(was, now))
    bench.desk.read_now()
    yield
    file.write_text(before)
    bench.desk.read_now()


def test_a_frame_says_at_once_that_its_comparison_is_made(asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison_page, "SHORT", 0)
    first = asker.get(f"{FRAME}?kind=years&sides=2018,2020&lang=en").text
    assert ("The comparison is being made", 1) == (re.search(r"<h1>(.*?)</h1>", first)[1], first.count("<progress"))
    changes = f"{PAGE}/changes?kind=years&sides=2018,2020&lang=en"
    assert "2018" in until_made(asker, f"{FRAME}?kind=years&sides=2018,2020&lang=en").title
    assert "page" in dict(json.loads(asker.get(changes).text))


def test_a_comparison_without_numbers_that_lead_to_a_field_is_not_told_to_be_still_made(asker) -> None:
    texts = "?kind=years&sides=2018,2020&lang=en&volume=texts"
    until_made(asker, f"{FRAME}{texts}")
    page = asker.get(f"{PAGE}{texts}").main
    assert (False, True) == ("is being made" in page, "None of its numbers leads to a field." in page)


def test_the_page_says_and_saves_what_the_command_writes_of_years_and_editions(asker, root, bench) -> None:
    assert 0 == run(["compare", "-w", str(root), "XX", "2018", "2019", "--format", "html", "--quiet"])
    folder = root / "build/XX/compare-2018-2019"
    for volume, name in (("", ""), ("&volume=texts", "texts-")):
        written = (folder / f"XX-compare-2018-2019-{name}en.html").read_text()
        assert main_of(written) == main_of(until_made(asker, f"{FRAME}{YEARS}{volume}").text)
    ready = until_made(asker, f"{FILE}/html{YEARS}")
    assert "The file is ready" == ready.title
    address = unescape(re.search(r'href="([^"]+)" download="XX-compare-2018-2019-en.html"', ready.text)[1])
    saved = asker.get(address)
    assert 'attachment; filename="XX-compare-2018-2019-en.html"' == saved.headers["content-disposition"]
    assert (folder / "XX-compare-2018-2019-en.html").read_bytes() == saved.body
    answer = asker.get(PAGE)
    assert "2019 and 2020 compared" == answer.title
    assert ["2019", "2020"] == re.findall(r'name="sides" value="(\d+)" checked', answer.text)
    # A year that was begun has no figures yet.
    (root / "data/XX/2021.yaml").write_text("year: 2021\nfigures: {persons.convicted: unanswered}\n")
    bench.desk.read_now()
    assert "2019 and 2020 compared" == asker.get(PAGE).title
    (root / "data/XX/2021.yaml").unlink()
    bench.desk.read_now()
    assert f'src="{FRAME}?kind=years&amp;sides=2019,2020&amp;lang=en"' in answer.text
    sent = asker.get(f"{PAGE}?kind=years&sides=&lang=en&sides=2018&sides=2019")
    assert asker.get(f"{PAGE}{YEARS}").text == sent.text
    frame = until_made(asker, f"{FRAME}{YEARS}")
    assert FRAME_POLICY == frame.headers["content-security-policy"]
    leads = set(re.findall(r'data-at="([^"]+)"', frame.text))
    assert "/XX/2019/figure/investigations.opened" in leads
    for each in leads:
        assert "Where it is stated" in asker.get(unescape(each)).text
    assert leads <= set(re.findall(r'<li><a href="(/XX/\d+/figure/[^"]+)"', asker.get(f"{PAGE}{YEARS}").text))
    editions = f"{PAGE}?kind=editions&of=2019&sides=2019,2020"
    assert "2019 in the editions 2019 and 2020" == asker.get(editions).title
    assert "as the editions" not in asker.get(editions, **LITHUANIAN).title
    assert "Editions side by side: 2019 and 2020" in words(
        until_made(asker, f"{FRAME}?kind=editions&of=2019&sides=2019,2020&lang=en").text
    )
    assert ["2019", "2020"] == re.findall(r'name="sides" value="(\d+)"', asker.get(editions).text)
    for path in ("/ZZ/compare", f"{FILE}/xlsx{YEARS}", FRAME, f"/ZZ/compare/page{YEARS}"):
        assert 404 == asker.get(path).status, path


@pytest.mark.parametrize(
    ("query", "said", "lithuanian"),
    [
        (
            "sides=2020",
            "Only 2020 is named: a comparison needs two Years with a file: 2018–2020",
            "Nurodyti tik 2020 m., o palyginimui reikia dvejų metų Metai, kurių failai yra: 2018–2020",
        ),
        ("kind=years&sides=", "No year is named: a comparison needs two", "Nenurodyta nė vienų metų"),
        ("sides=2019,2019", "2019 is named twice Name each one once", "2019 nurodyta du kartus"),
        ("sides=2019,soon", "Soon is not a year Choose years from the list", "Soon nėra metai"),
        ("sides=2019,2017", "XX has no file for 2017 years with a file: 2018–2020", ""),
        (
            "kind=editions&of=2020&sides=2019,2020",
            "The edition of 2019 was made before 2020 and does not cover it",
            "2019 m. leidimas parengtas anksčiau ir apie 2020 m. nieko nesako",
        ),
        ("kind=countries&of=2020&sides=XX", "A comparison needs two countries", "Palyginimui reikia dviejų šalių"),
    ],
)
def test_what_cannot_be_compared_is_said_with_the_remedy(asker, query, said, lithuanian) -> None:
    answer = asker.get(f"{PAGE}?{query}")
    assert (200, False, True) == (answer.status, "<iframe" in answer.text, said.lower() in words(answer.text).lower())
    assert lithuanian in words(asker.get(f"{PAGE}?{query}", **LITHUANIAN).text)
    assert "These cannot be compared" == until_made(asker, f"{FRAME}?{query}").title or "kind" in query


def test_with_one_year_the_page_says_that_a_second_one_is_needed(tmp_path: Path) -> None:
    root = small.write(tmp_path, small.FINAL)
    for path in root.glob("data/XX/**/201?.*"):
        path.unlink()
    with running(root) as alone:
        alone.desk.read_now()
        page = come_in(alone).get(PAGE)
    assert (200, True) == (page.status, "There is only one so far." in words(page.text))
    assert [] == re.findall('class="say is-error"|<form action="/XX/compare"', page.text)


def test_sides_without_a_common_figure_are_told_when_it_was_tried(asker, bench) -> None:
    query = "?kind=countries&of=2020&sides=XX,YY"
    with changed(bench, "data/YY/2020.yaml", "persons.convicted: 4", "activity.posters: 4"):
        for path in (FRAME, PAGE):
            assert "XX and YY have no figure in common" in words(until_made(asker, f"{path}{query}").text)
        assert "Bendro rodiklio nėra: XX ir YY" in words(asker.get(f"{PAGE}{query}", **LITHUANIAN).text)


def test_an_edit_changes_the_comparison_and_errors_stop_the_file_but_not_the_look(asker, bench) -> None:
    def tag() -> str:
        return until_made(asker, f"{FRAME}?sides=2019,2020&lang=en").headers["etag"]

    before = tag()
    with changed(bench, small.YEAR, "total: 80, by person: {women: 60", "total: 79, by person: {women: 59"):
        assert before != tag()
    assert before == tag()
    query = "?sides=2019,2020&lang=en"
    with changed(bench, small.YEAR, "labour: 7", "labour: 6"):
        assert "Investigations opened" in words(until_made(asker, f"{FRAME}{query}").text)
        assert "The compared data contain 1 error." in words(asker.get(f"{PAGE}{query}").text)
        told = until_made(asker, f"{FILE}/html{query}")
        assert "There is no file to show" == told.title
        assert "1 error stops the file. Correct the findings" in words(told.text)
