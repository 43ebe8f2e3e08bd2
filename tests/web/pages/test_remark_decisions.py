"""What reviewers said is listed among the findings, and is answered or dismissed with a word."""

import re
from html import unescape

import pytest

from tests.web.figures_bench import Bench
from tests.web.serving import words

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
    line: 7
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


@pytest.fixture
def bench(running_bench: Bench) -> Bench:
    running_bench.start_again()
    running_bench.write(RECORD, FILE)
    return running_bench


def written(bench: Bench) -> str:
    return (bench.root / FILE).read_text()


def row(page: str, number: str) -> str:
    return re.search(rf'<li id="remark-{number}".*?</li>', page, re.S)[0]


def test_remarks_are_listed_apart_with_their_place_author_and_day(bench: Bench) -> None:
    ana = bench.person()
    page = ana.get(HERE).text
    assert "Remarks, 3" in words(page)
    said = row(page, "1")
    assert 'href="/LT/2021/text/en/general_situation"' in said
    assert f"{TEXT}:7" in said
    assert "Rasa Rasaitė, 20 February 2022" in words(said)
    assert "Since when? <b>Name</b> the year." in words(said)
    assert "Ona, 21 February 2022: Since 2002." in words(said)
    # A changed number leads to its figure.
    assert "24 → 25 victims.identified data/LT/2020.yaml:23" in words(row(page, "2"))
    assert '/LT/2021/figure/victims.identified?of=2020"' in unescape(row(page, "2"))
    assert "a sentence of the program, in no file" in words(row(page, "2"))
    assert "these words stand at several places of the edition" in words(row(page, "3"))
    assert "remark 1 is open" not in page
    others = ("/LT/2020/findings", f"{HERE}?show=errors", f"{HERE}?show=remarks")
    assert [False, False, True] == ['id="remark-1"' in ana.get(each).text for each in others]


@pytest.mark.parametrize(("act", "word"), [("answer", "Answered:"), ("dismiss", "Dismissed:")])
def test_a_remark_is_decided_on_and_taken_back_as_one_step_or_opened_again(bench: Bench, act: str, word: str) -> None:
    ana = bench.person()
    for taken_back in (lambda: ana.undo(HERE), lambda: ana.post(HERE, {"remark": "1", "act": "reopen"})):
        done = ana.post(HERE, {"remark": "1", "act": act, "words": "Written: since 2002.", "show": ""})
        assert (303, f"{HERE}#remark-1") == (done.status, done.headers["location"])
        said = words(row(ana.get(HERE).text, "1"))
        assert re.search(rf"{word} Written: since 2002\. \(Ana, \d+ \w+ \d{{4}}\)", said)
        assert (303, RECORD) == (taken_back().status, written(bench))


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"remark": "1", "act": "answer", "words": "  "}, 422, "Say it in a few words"),
        ({"remark": "1", "act": "answer", "words": "…"}, 422, "Say it in a few words"),
        ({"remark": "1", "act": "reopen"}, 409, "Somebody decided on this remark meanwhile"),
        ({"remark": "9", "act": "answer", "words": "Done."}, 409, "Somebody decided on this remark meanwhile"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_written(
    bench: Bench, form: dict[str, str], status: int, said: str
) -> None:
    answer = bench.person().post(HERE, form)
    assert (status, True, RECORD) == (answer.status, said in words(answer.text), written(bench))
