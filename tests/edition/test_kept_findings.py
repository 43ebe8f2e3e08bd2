"""What a check found is kept, and told again only while it would be found again."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.data.errors import Finding, Mark, Severity
from reporter.data.files.sources import checksum
from reporter.data.files.workspace import Workspace
from reporter.data.records.message import tell
from reporter.editions import program
from reporter.editions import search_cache as kept_findings
from reporter.editions.all_findings import find_all
from reporter.editions.search_cache import CheckAnswer, KeptFindings
from tests import small
from tests.package.editions import FINAL, published
from tests.snapshots import snapshot

PROGRAM = "the program"
FINDING = Finding(
    severity=Severity.WARNING,
    code="jump",
    message="rose from 1 to „9“",
    mark=Mark(small.YEAR, 4, 26),
    hint="write\nwhy",
    figure="victims.identified",
    year=2020,
    accepted="a reason",
    title="a change that needs a comment",
    undecided="victims",
    values=((2020, "victims.identified", "9"), (0, "law.cc_1.prison_max", "12")),
    words="words",
)


def kept(root: Path, question: str = "XX", program: str = PROGRAM) -> KeptFindings:
    return KeptFindings(root / "kept", program, snapshot(root), question)


def path_of(root: Path, question: str) -> Path:
    return root / "kept" / f"{checksum(question)}.json"


def asked(root: Path, year: int | None = None) -> CheckAnswer:
    state = kept(root, f"XX {year}")
    answer = find_all(state.sources, "XX", year)
    state.keep(answer)
    return answer


def test_a_kept_message_is_told_again_in_the_language_of_who_reads_it(tmp_path):
    small.write(tmp_path)
    message = tell("the program has no words in {language}", language="bg")
    kept(tmp_path).keep(CheckAnswer((replace(FINDING, message=message),), ()))
    found = kept(tmp_path).find()
    assert found
    (again,) = found.findings
    assert (message.frame, message.parts) == (again.message.frame, again.message.parts)


@pytest.mark.parametrize(
    "changed",
    [
        {small.YEAR: small.FILES[small.YEAR].replace("total: 80", "total: 81")},
        {small.TEXT: "# general_situation\n\nIn 2020 victims rose to 80 %.\n"},
        {"data/XX/text/en/2019.md": "# victims\n\n80 victims.\n"},
        {"data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"].replace("60", "6")},
        {"data/XX/country.yaml": small.FILES["data/XX/country.yaml"].replace("source: police", "source: nobody")},
        {"data/XX/2017.txt": "year: 2017"},
        {"data/catalogue.yaml": small.FILES["data/catalogue.yaml"].replace("terms:", "term:")},
        {"reporter.yaml": "title: {en: Small}\nlanguages: [en, lt]\n"},
        {"translations/en.po": 'msgid "Law"\nmsgstr "Laws\n'},
        {"schema/year.json": "{}"},
        {"themes/own/theme.toml": "wrong", "reporter.yaml": "title: {en: S}\nlanguages: [en]\ntheme: own\n"},
    ],
)
def test_whatever_changes_what_is_told_is_what_is_found_anew(tmp_path: Path, changed: dict[str, str | None]) -> None:
    small.write(tmp_path)
    before = asked(tmp_path)
    assert before == kept(tmp_path, "XX None").find()
    small.write(tmp_path, changed)
    anew = find_all(snapshot(tmp_path), "XX", None)
    assert before != anew
    assert None is kept(tmp_path, "XX None").find()
    assert asked(tmp_path) == kept(tmp_path, "XX None").find() == anew
    # What was, and is again, is found again.
    for path in changed.keys() - small.FILES.keys():
        (tmp_path / path).unlink()
    small.write(tmp_path)
    assert before == asked(tmp_path) == kept(tmp_path, "XX None").find()


def test_a_change_in_a_published_edition_and_in_its_record_is_found(tmp_path: Path) -> None:
    small.write(tmp_path, FINAL)
    seen = [asked(tmp_path)]
    published(Workspace(tmp_path))
    for was, now in (("", ""), ("total: 80", "total: 79"), ("total: 79", "total: 80")):
        file = tmp_path / small.YEAR
        file.write_text(file.read_text().replace(was, now))
        assert was == now or None is kept(tmp_path, "XX None").find()
        seen.append(asked(tmp_path))
        assert find_all(snapshot(tmp_path), "XX", None) == seen[-1] == kept(tmp_path, "XX None").find()
    assert [0, 0, 1, 0] == [sum(each.code == "edition-changed" for each in answer.findings) for answer in seen]
    record = tmp_path / "data/XX/editions/2020.yaml"
    record.write_text(record.read_text().replace("R. P.", "Somebody"))
    assert None is kept(tmp_path, "XX None").find()
    assert seen[-1] != asked(tmp_path) == kept(tmp_path, "XX None").find()


def test_each_question_has_its_answer_and_another_program_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.write(tmp_path)
    every, of_2019 = asked(tmp_path), asked(tmp_path, 2019)
    assert every != of_2019
    assert [every, of_2019, None] == [kept(tmp_path, f"XX {year}").find() for year in (None, 2019, 2020)]
    assert None is kept(tmp_path, "XX None", "another program").find()
    known = program.check_digest()
    assert known == program.check_digest()
    monkeypatch.setattr(program, "_installed", lambda: ["pyyaml-9.dist-info"])
    assert known != program.check_digest()
    monkeypatch.undo()
    monkeypatch.setattr(program, "program_sum", lambda: "0")
    assert known != program.check_digest()


def forged(text: str, **changed: object) -> str:
    body = json.dumps(json.loads(text.partition("\n")[2]) | changed)
    return f"{checksum(body)}\n{body}"


def test_a_damaged_or_foreign_file_counts_as_none(tmp_path: Path) -> None:
    small.write(tmp_path)
    answer = asked(tmp_path)
    path = path_of(tmp_path, "XX None")
    text = path.read_text()
    (first, *_) = json.loads(text.partition("\n")[2])["findings"]
    wrong = [{}, {**first, "message": 1}, {**first, "severity": "x"}, {**first, "mark": ["a", 1]}]
    deep = "[" * 100_000
    for damaged in (
        "",
        text[:-1],
        text.replace("parts", "party"),
        text.partition("\n")[2],
        f"{checksum(deep)}\n{deep}",
        f"{checksum('[]')}\n[]",
        *(forged(text, findings=[each]) for each in wrong),
        forged(text, read={"../outside": ""}),
        forged(text, read=None),
        forged(text, languages=7),
    ):
        path.write_text(damaged)
        assert None is kept(tmp_path, "XX None").find()
    path.write_bytes(b"\xff\xfe")
    assert None is kept(tmp_path, "XX None").find()
    assert answer == asked(tmp_path) == kept(tmp_path, "XX None").find()
    for place in (os.mkfifo, Path.mkdir):
        path.unlink()
        place(path)
        assert None is kept(tmp_path, "XX None").find()
    assert answer == asked(tmp_path)


def test_only_the_last_answers_are_kept_and_come_back_as_they_were(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_findings, "MOST_KEPT", 2)
    small.write(tmp_path)
    answer = CheckAnswer((FINDING, Finding(Severity.ERROR, "bad", "wrong", Mark("a.md"), private=True)), ("en", "lt"))
    for number in range(4):
        kept(tmp_path, str(number)).keep(answer)
        if path_of(tmp_path, str(number)).is_file():
            os.utime(path_of(tmp_path, str(number)), (number, number))
    assert [None, None, answer, answer] == [kept(tmp_path, str(number)).find() for number in range(4)]
