"""Pages as they will be on paper: the tab that waits, the PDF it becomes, and what is said where there is none."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from reporter.cli.group import run
from reporter.data.errors import NoPaperError
from reporter.data.files.sources import checksum
from reporter.data.files.workspace import Workspace
from reporter.data.records import Label
from reporter.editions.job import Job
from reporter.editions.resources import locale_of
from reporter.report.sections.quality import problem_words
from reporter.workbench.server.server import Workbench
from reporter.workbench.texts.live_edition import Wanted
from reporter.workbench.texts.web_page import PDF_POLICY, file_task
from tests import small
from tests.snapshots import freeze_now
from tests.workbench.serving import Answer, Asker, come_in, running, until_made, words

PAPER = "/XX/2020/paper/en"
FIRST, SECOND = (f"%PDF-1.7 {which}".encode() for which in ("first", "second"))
NAME = "XX-2019-en.pdf"
OLD = "data/XX/2019.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """A year that is a draft, with an error, and one that was published twice."""
    draft = small.FINAL[small.YEAR].replace("final", "draft").replace("labour: 7", "labour: 6")
    text = small.FILES[small.TEXT].replace("2020", "2019")
    root = small.write(tmp_path_factory.mktemp("paper"), {small.YEAR: draft, "data/XX/text/en/2019.md": text})
    workspace, job = Workspace(root), Job("XX", 2019, "en")
    freeze_now(workspace, job, "2020-03-01", Label(), ((NAME, checksum(FIRST)),))
    (root / OLD).write_text((root / OLD).read_text().replace("identified: 60", "identified: 61"))
    freeze_now(workspace, job, "2020-05-01", Label((("en", "A total was wrong."),)), ((NAME, checksum(SECOND)),))
    folder = root / "build/XX/2019"
    (folder / "number-0").mkdir(parents=True)
    (folder / "number-0" / NAME).write_bytes(FIRST)
    (folder / NAME).write_bytes(SECOND)
    (folder / "notes.pdf").write_bytes(b"%PDF-1.7 somebody's notes")
    return root


@pytest.fixture(scope="module")
def bench(root) -> Iterator[Workbench]:
    with running(root) as bench:
        bench.desk.read_now()
        yield bench


@pytest.fixture(scope="module")
def asker(bench) -> Asker:
    return come_in(bench)


def pages_of(answer: Answer) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.body)).pages]


@pytest.mark.paper
def test_a_chapter_is_waited_for_and_comes_as_a_pdf_or_is_told_to_have_no_pages(asker) -> None:
    waiting = asker.get(f"{PAPER}/general_situation")
    assert ("The pages are being laid out", "no-store") == (waiting.title, waiting.headers["cache-control"])
    assert 'data-made="/making/' in waiting.text
    assert '<noscript><meta http-equiv="refresh"' in waiting.text
    made = until_made(asker, f"{PAPER}/general_situation")
    assert ("application/pdf", PDF_POLICY) == tuple(
        made.headers[each] for each in ("content-type", "content-security-policy")
    )
    assert 'inline; filename="XX-2020-en-general_situation.pdf"' == made.headers["content-disposition"]
    pages = pages_of(made)
    assert "investigations were opened" in " ".join(pages)
    assert all("Draft" in page for page in pages)
    assert made.body == asker.get(f"{PAPER}/general_situation").body
    said = "The edition has no section nowhere A section without text and figures has no pages"
    assert said in words(until_made(asker, f"{PAPER}/nowhere").text)
    lithuanian = asker.knowing(**{"Accept-Language": "lt"}).get(f"{PAPER}/nowhere")
    assert "Leidime nėra skyriaus „nowhere“" in words(lithuanian.text)


def test_the_word_file_is_the_one_that_build_writes_and_of_another_year_there_is_none(asker, root) -> None:
    assert "XX-2020-en.docx" in words(until_made(asker, "/XX/2020/word/en").text)
    made = asker.get("/XX/2020/word/en?get=1")
    assert 'attachment; filename="XX-2020-en.docx"' == made.headers["content-disposition"]
    assert 1 == run(["build", "-w", str(root), "XX", "2020", "--format", "docx", "--quiet"])
    assert (root / "build/XX/2020/draft/XX-2020-en.docx").read_bytes() == made.body
    assert 'href="/XX/2020/word/en"' in asker.get("/XX/2020/page/en").text
    for digest in ("unknown", "0" * 64):
        assert f'[["made","{digest}"]]'.encode() == asker.get(f"/making/{digest}").body
    for path in (
        "/making/..",
        "/XX/2020/paper/lt",
        "/XX/2017/paper/en",
        "/ZZ/2020/paper/en",
        f"{PAPER}/a.b",
        "/XX/2020/word/lt",
    ):
        assert 404 == asker.get(path).status, path


@pytest.mark.paper
def test_an_error_stops_a_final_year_but_none_of_its_chapters(asker, root, bench) -> None:
    path = root / small.YEAR
    before = path.read_text()
    path.write_text(before.replace("draft", "final"))
    bench.desk.read_now()
    try:
        told = until_made(asker, PAPER)
        assert "There is no file to show" == told.title
        assert "1 error stops the file. Correct the findings, then try again." in words(told.text)
        assert 'href="/XX/2020/findings"' in told.text
        assert b"%PDF" == until_made(asker, f"{PAPER}/general_situation").body[:4]
    finally:
        path.write_text(before)
        bench.desk.read_now()


def test_what_was_published_and_nothing_else_is_shown_as_it_lies_there(asker, root) -> None:
    for number, content in ((0, FIRST), (1, SECOND)):
        answer = asker.get(f"/XX/2019/published/{number}/{NAME}")
        assert (200, content, "application/pdf") == (answer.status, answer.body, answer.headers["content-type"])
        assert f'inline; filename="{NAME}"' == answer.headers["content-disposition"]
    year = asker.get("/XX/2019").text
    assert f'href="/XX/2019/published/1/{NAME}"' in year
    assert f'href="/XX/2019/published/0/{NAME}" target="_blank" rel="noopener">XX-2019-en.pdf, number 0<' in year
    for name in ("notes.pdf", "..%2f..%2f..%2freporter.yaml", "..", "XX-2019-en.html", ".lock"):
        assert 404 == asker.get(f"/XX/2019/published/1/{name}").status, name
    path = root / "build/XX/2019" / NAME
    for content in (b"%PDF-1.7 altered", None):
        path.unlink(missing_ok=True)
        if content:
            path.write_bytes(content)
        answer = asker.get(f"/XX/2019/published/1/{NAME}")
        assert "There is no file to show" == answer.title
        assert f"{NAME} is missing from its folder, or altered." in words(answer.text)
    path.write_bytes(SECOND)


def test_without_pango_it_is_said_how_paper_comes_and_nothing_is_composed(bench, paperless: None) -> None:
    reading = bench.desk.reading
    task = file_task(
        bench.desk.workspace, reading, Wanted("XX", 2020, "en").profile(reading.sources), section="justice"
    )
    with pytest.raises(NoPaperError) as problem:
        task.work(*task.given)
    said, remedy = problem_words(problem.value, locale_of(reading.sources, "en"))
    assert ("This computer cannot make PDF pages; everything else works", True) == (said, "pango" in remedy.lower())
    assert problem_words(problem.value, locale_of(reading.sources, "lt"))[0].startswith("Šis kompiuteris")
