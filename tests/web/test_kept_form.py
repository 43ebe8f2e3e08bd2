"""Whatever becomes of the files meanwhile, what somebody typed comes back, with what is to be done."""

import html
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.figures_bench import HELP, JUSTICE, Bench
from tests.web.happenings import (
    become_a_folder,
    become_a_picture,
    become_another_encoding,
    lead_nowhere,
    lead_outside,
    vanish,
)
from tests.web.serving import Answer, hidden

TEXT = "/LT/2021/text/en/victims"
FORM = {"figure": "persons.convicted", "value": "12", "seen": "unanswered"}
WORDS = "The police <b>identified</b> Ą victims."


HAPPENINGS = [
    (vanish, "The file is not there", "Failo nėra"),
    (become_a_folder, "There is no file that can be read", "Nėra failo, kurį būtų galima perskaityti"),
    (become_another_encoding, "The file is not written in UTF-8", "Failo koduotė ne UTF-8"),
    (lead_nowhere, "A link leads out of the workspace", "Nuoroda veda už darbo aplanko ribų"),
    (lead_outside, "A link leads out of the workspace", "Nuoroda veda už darbo aplanko ribų"),
    (become_a_picture, "The file is no plain text", "Tai ne paprasto teksto failas"),
]


def kept(answer: Answer) -> dict[str, str]:
    """What the page would send again."""
    return hidden(answer.text.partition('id="kept"')[2].partition("</form>")[0])


@pytest.mark.parametrize(("happens", "english", "lithuanian"), HAPPENINGS)
def test_a_figure_comes_back_when_its_file_cannot_be_read_and_is_written_once_it_can(
    bench: Bench, happens: Callable[[Path], None], english: str, lithuanian: str
) -> None:
    ana = bench.person()
    happens(bench.file)
    # Before the workbench has read that, and after it.
    for language, said in (("lt", lithuanian), ("en", english)):
        answer = ana.knowing(**{"Accept-Language": language}).post(JUSTICE, FORM)
        assert (409, FORM, True) == (answer.status, kept(answer), said in answer.text)
        assert "data/LT/2021.yaml" in answer.text
        assert "root:" not in answer.text
        bench.bench.desk.read_now()
    # Every page answers meanwhile.
    assert {200, 303, 404} >= {ana.get(each).status for each in ("/", "/LT/2020", "/LT/2021", JUSTICE, "/keys", "/go")}
    bench.start_again()
    assert 303 == ana.post(JUSTICE, kept(answer)).status
    assert "+  persons.convicted: 12  # 2020: 17" in bench.lines


def test_a_column_and_a_text_come_back_too(bench: Bench) -> None:
    ana = bench.person()
    vanish(bench.file)
    column = {"figure": "assistance.persons", "column": "231\r\n178", "write": "1"}
    assert column == kept(ana.post(HELP, column))
    text = {"path": "victims", "seen": "", "head": "", "body": WORDS, "act": "save", "beside": "", "anchor": "0"}
    answer = ana.post(TEXT, text)
    assert text == kept(answer)
    assert html.escape(WORDS, quote=False) in answer.text


def test_a_folder_that_is_gone_is_told_and_the_workbench_goes_on_when_it_is_back(bench: Bench, tmp_path: Path) -> None:
    ana, root = bench.person(), bench.root
    shutil.move(root, tmp_path / "elsewhere")
    try:
        for is_read in (False, True):
            if is_read:
                bench.bench.desk.read_now()
            answer = ana.post(JUSTICE, FORM)
            assert (503, "The folder of the workspace is gone") == (answer.status, answer.title)
            assert FORM == kept(answer)
            for path in ("/", "/LT/2021", JUSTICE, "/new", "/go"):
                shown = ana.get(path)
                assert (503, "The folder of the workspace is gone") == (shown.status, shown.title), path
            began = ana.post("/new", {"country": "LT", "year": "2021", "first": "en"})
            assert (503, False) == (began.status, root.exists())
    finally:
        shutil.move(tmp_path / "elsewhere", root)
    bench.bench.desk.read_now()
    assert 303 == ana.post(JUSTICE, kept(answer)).status
    assert "+  persons.convicted: 12  # 2020: 17" in bench.lines


def test_a_file_that_may_not_be_written_is_told_at_its_field_in_the_words_of_who_asks(bench: Bench) -> None:
    bench.file.chmod(0o444)
    try:
        for language, said in (("en", "may not be written"), ("lt", "rašyti neleidžiama")):
            answer = bench.person().knowing(**{"Accept-Language": language}).post(JUSTICE, FORM)
            assert (422, True, True) == (answer.status, said in answer.text, 'value="12"' in answer.text)
        assert bench.begun == bench.file.read_bytes()
    finally:
        bench.file.chmod(0o644)
    assert 303 == bench.person().post(JUSTICE, FORM).status


def test_what_cannot_be_taken_back_says_why_and_can_be_taken_back_later(bench: Bench) -> None:
    ana = bench.person()
    ana.post(JUSTICE, FORM)
    bench.file.chmod(0o444)
    try:
        answer = ana.undo(JUSTICE)
        assert (422, True) == (answer.status, "may not be written" in answer.text)
    finally:
        bench.file.chmod(0o644)
    assert 303 == ana.post("/undo", kept(answer)).status
    assert bench.begun == bench.file.read_bytes()


def test_a_figure_that_somebody_took_away_comes_back_with_what_was_typed(bench: Bench) -> None:
    form = FORM | {"figure": "no.figure"}
    answer = bench.person().post(JUSTICE, form)
    assert (404, "What this was about is not there any more") == (answer.status, answer.title)
    assert form == kept(answer)


def test_a_fault_of_the_program_loses_nothing_that_was_typed(bench: Bench, monkeypatch, caplog) -> None:
    def fails(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("reporter.web.pages.figures._steps", fails)
    answer = bench.person().post(JUSTICE, FORM)
    assert (500, "A fault of the program") == (answer.status, answer.title)
    assert FORM == kept(answer)


def test_no_secret_that_was_typed_for_a_release_comes_back(bench: Bench) -> None:
    ana = bench.person()
    vanish(bench.file)
    secrets = {"passphrase": "hush-hush", "password": "hush-hush", "step": "sign"}
    for path in ("/LT/2021/release", "/LT/2021/release/sign"):
        answer = ana.post(path, secrets)
        assert answer.status >= 400
        assert "hush-hush" not in answer.text
