"""What reviewers said stands among the findings, and is answered or dismissed with a word."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import faults_of_html, violations
from tests.web.figures_bench import Bench, known
from tests.web.looking import BEYOND, LOOKS, opened

HERE, FILE = "/LT/2021/findings", "data/LT/received/remarks/2021-en-1.yaml"
TEXT = "data/LT/text/en/2020.md"
RECORD = f"""\
file: "draft-rasa.docx"
sha256: "{"0" * 64}"
received: "2022-03-01"
remarks:
  "1":
    kind: "comment"
    author: "Rasa Rasaitė"
    day: "2022-02-20"
    section: "general_situation"
    title: "2 Victims and the countries named"
    file: "{TEXT}"
    line: 24
    sentence: "The Government has long treated the fight against trafficking as a priority."
    words: "long treated"
    text: "Since when? <b>Name</b> the year."
    replies:
    - author: "Ona"
      day: "2022-02-21"
      text: "Since 2002."
  "2":
    kind: "change"
    author: "Jonas"
    day: "2022-02-21"
    section: "at_a_glance"
    title: "At a glance"
    sentence: "In 2020, 24 victims were identified."
    changes:
    - old: "24"
      new: "25"
      figure: "victims.identified"
      year: 2020
      source: "commission_page"
      at: "data/LT/2020.yaml:23"
    - old: "{"very " * 60}long"
  "3":
    kind: "comment"
    text: "Where is this?"
    doubt: "these words stand at several places of the edition"
"""
TAG = re.compile(r"<[^>]*>")


@pytest.fixture
def bench(running_bench: Bench) -> Iterator[Bench]:
    running_bench.start_again()
    record(running_bench).parent.mkdir(parents=True, exist_ok=True)
    record(running_bench).write_text(RECORD)
    running_bench.bench.desk.read_now()
    yield running_bench
    record(running_bench).unlink()
    running_bench.bench.desk.read_now()


def record(bench: Bench) -> Path:
    return bench.file.parents[2] / FILE


def plain(html: str) -> str:
    return " ".join(unescape(TAG.sub(" ", html)).split())


def row(page: str, number: str) -> str:
    return re.search(rf'<li id="remark-{number}".*?</li>', page, re.S)[0]


def test_remarks_stand_apart_with_their_place_author_and_day(bench: Bench) -> None:
    page = bench.person("Ana").get(HERE).text
    assert "Remarks, 3" in plain(page)
    said = row(page, "1")
    assert 'href="/LT/2021/text/en/general_situation"' in said
    assert f"{TEXT}:24" in said
    assert "Rasa Rasaitė, 20 February 2022" in plain(said)
    assert "Since when? <b>Name</b> the year." in plain(said)
    assert "Ona, 21 February 2022: Since 2002." in plain(said)
    assert "a sentence of the program, in no file" in plain(row(page, "2"))
    assert "these words stand at several places of the edition" in plain(row(page, "3"))
    assert "remark 1 is open" not in page


def test_a_changed_number_leads_to_its_figure(bench: Bench) -> None:
    said = row(bench.person("Ana").get(HERE).text, "2")
    assert "24 → 25 victims.identified data/LT/2020.yaml:23" in plain(said)
    assert '/LT/2021/figure/victims.identified?of=2020"' in unescape(said)


def test_another_year_and_another_kind_do_not_show_them(bench: Bench) -> None:
    ana = bench.person("Ana")
    assert 'id="remark-1"' not in ana.get("/LT/2020/findings").text
    assert 'id="remark-1"' not in ana.get(f"{HERE}?show=errors").text
    assert 'id="remark-1"' in ana.get(f"{HERE}?show=remarks").text


@pytest.mark.parametrize(("act", "word"), [("answer", "Answered:"), ("dismiss", "Dismissed:")])
def test_a_remark_is_decided_on_and_taken_back_as_one_step(bench: Bench, act: str, word: str) -> None:
    ana = bench.person("Ana")
    done = ana.post(HERE, {"remark": "1", "act": act, "words": "Written: since 2002.", "show": ""})
    assert (303, f"{HERE}#remark-1") == (done.status, done.headers["location"])
    page = ana.get(HERE).text
    assert re.search(rf"{word} Written: since 2002\. \(Ana, \d+ \w+ \d{{4}}\)", plain(row(page, "1")))
    line = re.search(r'name="line" value="([^"]*)"><button class="link" id="take-undo"', page)[1]
    assert 303 == ana.post("/undo", {"line": line, "here": HERE}).status
    assert RECORD == record(bench).read_text()


def test_a_decision_is_opened_again(bench: Bench) -> None:
    ana = bench.person("Ana")
    ana.post(HERE, {"remark": "3", "act": "dismiss", "words": "It is clear."})
    assert 303 == ana.post(HERE, {"remark": "3", "act": "reopen"}).status
    assert RECORD == record(bench).read_text()


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"remark": "1", "act": "answer", "words": "  "}, 422, "Say it in a few words"),
        ({"remark": "1", "act": "answer", "words": "…"}, 422, "Say it in a few words"),
        ({"remark": "1", "act": "reopen"}, 409, "Somebody decided on this remark meanwhile"),
        ({"remark": "9", "act": "answer", "words": "Done."}, 409, "Somebody decided on this remark meanwhile"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_written(
    bench: Bench, form: dict[str, str], status: int, words: str
) -> None:
    answer = bench.person("Ana").post(HERE, form)
    assert status == answer.status
    assert words in plain(answer.text)
    assert RECORD == record(bench).read_text()


def test_the_page_is_used_by_keyboard_and_seen_at_every_width(bench: Bench, browser: Browser) -> None:
    for language, width, scheme in LOOKS:
        with opened(browser, bench.bench, width=width, scheme=scheme, language=language) as page:
            known(page, bench).goto(bench.address(f"{HERE}?show=remarks"))
            for each in page.locator("#remark-1 summary").all():
                each.click()
            assert [] == page.evaluate(BEYOND)
            assert [] == violations(page)
    assert [] == faults_of_html(bench.person("Ana").get(HERE).text)
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(HERE))
        page.locator("#remark-1 summary").press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Written: since 2002.")
        page.keyboard.press("Enter")
        expect(page.locator("#remark-1 .because")).to_contain_text("Answered: Written: since 2002. (Ana")
