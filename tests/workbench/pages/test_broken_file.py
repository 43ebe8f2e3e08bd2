"""A file that cannot be read is corrected in the browser; nothing else is written there, and nothing is lost."""

import html
import re
from pathlib import Path

import pytest

from reporter.data.files.sources import checksum
from tests.workbench.figures_bench import COUNTRY, JUSTICE, YEAR, Bench
from tests.workbench.serving import Answer, Asker, come_in, hidden, words

TEXT = "data/LT/text/en/2021.md"
TABBED = "year: 2021\r\nstatus: draft\r\nsource: commission_page\r\nfigures:\r\n\tpersons.convicted: 7  # ąžuolas\r\n"
BROKEN = {
    "tab": (YEAR, TABBED, 5, "The file of the year: Lithuania 2021"),
    "colon": (
        YEAR,
        "year: 2021\nstatus: draft\nsource: commission_page\nfigures:\n  a: b: c\n",
        5,
        "The file of the year: Lithuania 2021",
    ),
    "settings": ("reporter.yaml", "title: [\n", 1, "The file of the settings"),
    "catalogue": ("data/catalogue.yaml", "sources:\n- {\n", 2, "The file of the catalogue"),
}


def file_form(page: str) -> dict[str, str]:
    form = re.search(r'<form method="post" action="/file".*?</form>', page, re.S)[0]
    text = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", form, re.S)[1]
    return {**hidden(form), "text": html.unescape(text).replace("\r\n", "\n").replace("\n", "\r\n")}


def sent(asker: Asker, page: str, **more: str) -> Answer:
    return asker.post("/file", {**file_form(page), **more})


@pytest.mark.parametrize(("file", "content", "line", "called"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_cannot_be_read_is_shown_with_its_text_and_opens_its_country_when_corrected(
    bench: Bench, file: str, content: str, line: int, called: str
) -> None:
    before, ana = (bench.root / file).read_bytes(), bench.person()
    (bench.root / file).write_bytes(content.encode())
    bench.bench.desk.read_now()
    shown = ana.get(JUSTICE)
    assert ("The files cannot be read", 200) == (shown.title, shown.status)
    assert f"{file}, line {line}" in shown.main
    assert f'data-line="{line}"' in shown.text
    form = file_form(shown.text)
    assert (file, content.replace("\r\n", "\n")) == (form["path"], form["text"].replace("\r\n", "\n"))
    # Still wrong: it is written all the same, and asked for again.
    also = sent(ana, shown.text, text=form["text"] + "\tx\r\n")
    assert (303, JUSTICE) == (also.status, also.headers["location"])
    end = "\r\n" if "\r\n" in content else "\n"
    assert (content + f"\tx{end}").encode() == (bench.root / file).read_bytes()
    done = sent(ana, ana.get(JUSTICE).text, text=before.decode().replace("\n", "\r\n"))
    assert (303, JUSTICE) == (done.status, done.headers["location"])
    assert before.replace(b"\n", end.encode()) == (bench.root / file).read_bytes()
    assert "Investigation and prosecution" == ana.get(JUSTICE).title
    # What stood there before is in the journal, and comes back.
    assert f"Undo: {called}" in words(ana.get(JUSTICE).text)
    ana.undo(JUSTICE)
    assert (content + f"\tx{end}").encode() == (bench.root / file).read_bytes()


def test_a_file_without_which_the_pages_can_be_shown_is_opened_from_the_findings(bench: Bench) -> None:
    file, ana = bench.root / COUNTRY, bench.person()
    before = file.read_bytes()
    broken(bench, "code: LT\nname: 'LT\n", COUNTRY)
    found = ana.get("/LT/2021/findings").text
    form = ana.get(html.unescape(re.search(r'href="(/file\?path=[^"]*)">Open this file', found)[1]))
    assert "Errors in this file" == form.title
    assert "code: LT\r\nname: 'LT\r\n" == file_form(form.text)["text"]
    assert 303 == sent(ana, form.text, text=before.decode()).status
    assert (before, False) == (file.read_bytes(), "Open this file" in ana.get("/LT/2021/findings").text)


def broken(bench: Bench, content: str = TABBED, file: str = YEAR) -> str:
    (bench.root / file).write_bytes(content.encode())
    bench.bench.desk.read_now()
    return bench.person().get(JUSTICE).text


def test_a_file_that_somebody_else_changed_is_not_written_over_unseen(bench: Bench) -> None:
    ana, page = bench.person(), broken(bench)
    theirs = TABBED.replace("7", "8")
    (bench.root / YEAR).write_bytes(theirs.encode())
    mine = TABBED.replace("\t", "  ")
    refused = sent(ana, page, text=mine)
    assert 409 == refused.status
    assert "Another user changed the file meanwhile" in refused.main
    assert theirs.encode() == (bench.root / YEAR).read_bytes()
    assert "persons.convicted: 8" in re.search(r'<pre class="sent".*?</pre>', refused.text, re.S)[0]
    assert mine == file_form(refused.text)["text"]
    # Who has seen it may write.
    assert 303 == sent(ana, refused.text).status
    assert mine.encode() == (bench.root / YEAR).read_bytes()


def test_a_file_that_was_corrected_meanwhile_keeps_what_was_typed(bench: Bench) -> None:
    page = broken(bench)
    good = TABBED.replace("\t", "  ")
    bench.write(good)
    refused = sent(bench.person(), page, text=good.replace("7", "99"))
    assert (409, "This file has no more errors") == (refused.status, refused.title)
    assert "99" in refused.main
    assert "99" not in (bench.root / YEAR).read_text()


@pytest.mark.parametrize(
    "file",
    [
        "data/LT/2020.yaml",
        "../outside.yaml",
        "/etc/passwd",
        "data/LT/../LT/2021.yaml",
        "data/LT/editions/2020/0/edition.json",
        ".reporter/journal/2021-11.jsonl",
        "templates/page.html",
        "",
    ],
)
def test_only_a_file_that_the_reading_named_is_written(bench: Bench, file: str) -> None:
    page, outside = broken(bench), bench.root.parent / "outside.yaml"
    outside.write_text("mine: kept\n")
    # Charts are drawn beside it.
    files = {each: each.read_bytes() for each in bench.root.rglob("*") if each.is_file() and "build" not in each.parts}
    answer = sent(bench.person(), page, path=file, text="gone", seen=checksum(b"mine: kept\n"))
    assert 409 == answer.status
    kept = {path: path.read_bytes() for path in files}
    assert (files, "mine: kept\n") == (kept, outside.read_text())
    asked = bench.person().get(f"/file?path={file}")
    assert (303, "/") == (asked.status, asked.headers["location"])


@pytest.mark.parametrize("inside", [True, False])
def test_a_link_is_never_followed(bench: Bench, tmp_path: Path, inside: bool) -> None:
    target = bench.root / "kept.txt" if inside else tmp_path / "kept.yaml"
    page = broken(bench)
    target.write_bytes(TABBED.encode())
    (bench.root / YEAR).unlink()
    (bench.root / YEAR).symlink_to(target)
    answer = sent(bench.person(), page, text="gone", seen=checksum(TABBED.encode()))
    assert 409 == answer.status
    assert TABBED.encode() == target.read_bytes()
    target.unlink()


def test_letters_that_are_not_utf_8_are_written_by_hand(bench: Bench) -> None:
    ana = bench.person()
    (bench.root / YEAR).write_bytes(TABBED.replace("\t", "  ").encode("cp1257"))
    bench.bench.desk.read_now()
    page = ana.get(JUSTICE).text
    assert file_form(page)["text"].endswith("# \ufffd\ufffduolas\r\n")
    before = (bench.root / YEAR).read_bytes()
    refused = sent(ana, page, text=file_form(page)["text"].replace("7", "9"))
    assert (409, before) == (refused.status, (bench.root / YEAR).read_bytes())
    assert "some letters are still missing" in refused.main
    assert 303 == sent(ana, refused.text, text=TABBED.replace("\t", "  ")).status
    assert TABBED.replace("\t", "  ").encode() == (bench.root / YEAR).read_bytes()


def test_each_of_several_files_can_be_opened_and_the_question_for_a_name_keeps_what_was_typed(bench: Bench) -> None:
    ana = bench.person()
    earlier = "data/LT/2020.yaml"
    broken(bench, "a: b: c\n", earlier)
    page = broken(bench)
    first = file_form(page)["path"]
    other = {YEAR: earlier, earlier: YEAR}[first]
    link = html.unescape(re.search(r'href="(/file\?path=[^"]*)"', page)[1])
    assert other == file_form(ana.get(link).text)["path"]
    nameless = come_in(bench.bench)
    asked = sent(nameless, page)
    assert "Enter your name" in asked.title
    assert file_form(page)["text"] == hidden(asked.text)["text"]
