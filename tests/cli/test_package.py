"""Packages of what was published: only that leaves, and a corrigendum says what it is and what it replaces."""

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.files.workspace import Workspace
from reporter.data.records import Label
from reporter.editions.job import Job
from reporter.editions.program import program_digest
from reporter.exchange.package.letter import letter_of
from reporter.exchange.package.package_contents import Consignment
from reporter.exchange.package.packaging import consign
from reporter.exchange.send.storage import read_history
from reporter.formats.bagit import open_package
from tests import small
from tests.cli.packing import CHANGED, FINAL, PLACE, packed
from tests.fixtures import Say
from tests.snapshots import freeze_now, published_state

REASON = "One victim was counted twice."


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = small.write(tmp_path, FINAL)
    (root / "out").mkdir()
    released(root)
    monkeypatch.chdir(root)
    return root


def released(root: Path, day: str = "2021-03-01", reason: str = "") -> None:
    why = Label((("en", reason),)) if reason else Label()
    freeze_now(Workspace(root), Job("XX", 2020, "en"), day, why)


def corrected(root: Path) -> None:
    small.write(root, CHANGED)
    released(root, "2021-06-01", REASON)


def labels(path: Path) -> dict[str, str]:
    lines = open_package(path).read("bag-info.txt").decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_what_changed_since_it_was_published_leaves_only_after_its_corrigendum(workspace, say):
    small.write(workspace, CHANGED)
    code, said = say("package", "XX", "2020", "--to", "figures")
    changed = (
        "XX 2020, number 0 of 2021-03-01 is published, but its files have changed since:\n  data/XX/2020.yaml changed"
    )
    assert (1, True, False) == (code, changed in said, PLACE.exists())
    assert "hint: restore them from data/XX/editions/2020/0/, or publish the change: reporter publish XX 2020" in said
    small.write(workspace, FINAL)
    told = labels(packed())
    assert ("0", "final", "2021-03-01") == tuple(told[name] for name in (*EDITION_LABELS, "Bagging-Date"))
    assert not {"Replaces", "Replaces-Edition", "Audience"} & told.keys()
    corrected(workspace)
    told = labels(packed())
    assert ("1", "corrigendum", "2021-06-01") == tuple(told[name] for name in (*EDITION_LABELS, "Bagging-Date"))


EDITION_LABELS = ("Edition-Number", "Edition-Status")
SHARED = {
    "data/catalogue.yaml": small.FILES["data/catalogue.yaml"].replace("Register", "Roll"),
    "data/XX/country.yaml": small.FILES["data/XX/country.yaml"].replace("Ministry", "Department"),
    "templates/note.html": "new",
}


def test_when_only_shared_files_changed_what_was_published_leaves(workspace, say):
    before = packed().read_bytes()
    settings = FINAL["reporter.yaml"].replace("Small", "Large").replace("name: {en: Archive}", "name: {en: Archives}")
    small.write(workspace, FINAL | SHARED | {"reporter.yaml": settings})
    PLACE.joinpath("XX-2020-figures.zip").unlink()
    code, said = say("package", "XX", "2020", "--to", "figures")
    assert (0, before) == (code, PLACE.joinpath("XX-2020-figures.zip").read_bytes())
    assert "packed is XX 2020, number 0 of 2021-03-01 as published; since then\n" in said
    assert "  data/catalogue.yaml changed: police: title\n" in said
    assert "  templates/note.html was added\n" in said


def test_a_permission_that_was_taken_back_since_lets_nothing_out(tmp_path, monkeypatch, say):
    few = FINAL[small.YEAR].replace("women: 60, men: 20", "women: 77, men: 3")
    permission = "publish_small_counts: [{country: XX, source: police, years: 2020, reason: {en: Known.}}]\n"
    monkeypatch.chdir(
        small.write(tmp_path, FINAL | {small.YEAR: few, "reporter.yaml": FINAL["reporter.yaml"] + permission})
    )
    released(tmp_path)
    packed("everybody")
    (tmp_path / "reporter.yaml").write_text(FINAL["reporter.yaml"].replace("Small", "Large"))
    code, said = say("package", "XX", "2020", "--to", "everybody")
    assert (1, True) == (code, "small counts would become public" in said)


def test_an_error_of_a_later_rule_is_told_and_does_not_keep_it(workspace, say):
    text = small.FILES[small.TEXT] + "\nIn 2020, {{ investigations.opened.unknown }} were opened.\n"
    small.write(workspace, FINAL | {small.TEXT: text})
    released(workspace, "2021-06-01", REASON)
    code, said = say("package", "XX", "2020", "--to", "figures")
    told = "rules find 1 error in XX 2020, corrigendum 1 of 2021-06-01, which is packed as published"
    assert (0, True) == (code, told in said)


def sent(path: Path) -> str:
    assert 0 == run(["send", str(path), "--to", "figures", "-q"])
    Path("out", path.name).unlink()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_corrigendum_names_what_it_replaces_and_no_package_of_somebody_else(workspace):
    known = sent(packed())
    corrected(workspace)
    assert "Replaces" not in labels(packed("books"))
    first = packed().read_bytes()
    told = labels(PLACE / "XX-2020-figures.zip")
    assert "0, published on 2021-03-01" == told["Replaces-Edition"]
    assert f"XX-2020-figures.zip, SHA-256 {known}" == told["Replaces"]
    sent(PLACE / "XX-2020-figures.zip")
    assert first == packed().read_bytes()


def test_a_package_named_by_hand_goes_before_the_one_that_was_sent(workspace, tmp_path):
    other = shutil.copyfile(packed(), tmp_path / "by-hand.zip")
    sent(PLACE / "XX-2020-figures.zip")
    corrected(workspace)
    assert labels(packed("figures", "--replaces", str(other)))["Replaces"].startswith("by-hand.zip, SHA-256 ")


def test_the_letter_of_a_corrigendum_says_its_number_its_reason_and_what_it_replaces(workspace):
    known = sent(packed())
    corrected(workspace)
    letter = letter_of(consigned(workspace, "lt"), {})
    paragraphs = [each.replace("\u00a0", " ") for each in letter.paragraphs]
    day = letter.date.replace("\u00a0", " ")
    assert ("XX-2020-figures/1", "2021 m. birželio 1 d.") == (letter.reference.split()[-1], day)
    first = "Tai 2021 m. birželio 1 d. paskelbtas klaidų ištaisymas Nr. 1. "
    assert f"{first}Jis pakeičia 2021 m. kovo 1 d. paskelbtą leidimą." in paragraphs
    assert any(REASON in each for each in paragraphs)
    assert any(f"XX-2020-figures.zip, SHA-256 {known}" in each for each in paragraphs)


ROSE = (
    "The number of identified victims rose from 60 in 2019 to 80 in 2020.",
    "The number of investigations opened rose from 9 in 2019 to 11 in 2020.",
)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", (*ROSE, "Persons convicted in 2020: 5.")),
        (", persons.convicted: 40", ("The number of persons convicted fell from 40 in 2019 to 5 in 2020.", *ROSE)),
        (", persons.convicted: 6", (*ROSE, "The number of persons convicted fell from six in 2019 to five in 2020.")),
    ],
)
def test_the_letter_says_each_rise_and_fall_the_largest_first_then_what_the_others_are(tmp_path, before, expected):
    catalogue = small.FILES["data/catalogue.yaml"]
    for number, label in enumerate(("Persons convicted", "Investigations opened", "Identified victims"), start=1):
        catalogue = catalogue.replace(f"label: {{en: {label}}}\n", f"label: {{en: {label}}}\n    key: {number}\n")
    year = small.FINAL[small.YEAR].replace("figures:\n", "figures:\n  persons.convicted: 5\n")
    past = small.FILES["data/XX/2019.yaml"].replace("identified: 60", f"identified: 60{before}")
    changed = {"data/catalogue.yaml": catalogue, small.YEAR: year, "data/XX/2019.yaml": past}
    released(small.write(tmp_path, small.FINAL | changed))
    assert expected == letter_of(consigned(tmp_path), {}).findings


def consigned(root: Path, language: str = "en", code: str = "figures") -> Consignment:
    within = Workspace(root)
    state = published_state(within, Job("XX", 2020, ""), ("en", "lt"))
    found = state.checked.dataset.settings.recipient(code)
    assert found
    history = read_history(root / "submission")
    return consign(within, state, replace(found, language=language), program_digest(), history)


def test_a_package_of_before_a_corrigendum_is_not_sent_any_more(workspace, say):
    old = packed()
    corrected(workspace)
    said = (
        "XX-2020-figures.zip contains number 0 of the edition; the latest published is XX 2020, corrigendum 1 of "
        "2021-06-01"
    )
    code, told = say("send", str(old), "--to", "figures", "--dry-run")
    assert (1, True) == (code, f"it would be refused: {said}" in told)
    hint = "hint: reporter package XX 2020 --to figures packs that one; nothing was sent"
    assert (1, f"reporter: {said}\n  {hint}\n") == say("send", str(old), "--to", "figures")
    assert [] == list((workspace / "out").iterdir())


def missing(say: Say) -> list[str]:
    (told,) = json.loads(say("status", "XX", "2020", "--format", "json")[1])
    return [each for each in told["editions"][0]["missing"] if each.startswith(("figures", "books"))]


def test_what_a_corrigendum_replaced_is_not_sent_again_without_a_word(workspace, say):
    sent(packed())
    corrected(workspace)
    again = ("outbox", "resend", "1", "--by", "R. P.", "--reason", "they lost it")
    code, said = say("send", str(PLACE / "XX-2020-figures.zip"), "--to", "figures")
    assert (0, True) == (code, "it was sent before; nothing is sent now\n" in said)
    code, said = say(*again)
    assert (1, True) == (code, "the latest published is XX 2020, corrigendum 1 of 2021-06-01" in said)
    assert 0 == say(*again, "--older")[0]


def test_after_a_corrigendum_everybody_waits_for_it_and_a_deadline_that_was_met_stays_met(workspace, say):
    due = "deadlines:\n  yearly: {title: {en: T}, basis: {en: B}, first: 2021, due: 12-31, to: [figures]}\n"
    sent(packed())
    assert ["books: no package"] == missing(say)
    corrected(workspace)
    (workspace / "reporter.yaml").write_text(FINAL["reporter.yaml"] + due)
    books = "books: no package of corrigendum 1"
    assert ["figures: no package of corrigendum 1, an earlier number was sent", books] == missing(say)
    (told,) = json.loads(say("status", "XX", "2020", "--format", "json", "--today", "2021-07-01")[1])
    assert [True] == [bool(each["done"]) for each in told["deadlines"] if each["year"] == 2020]
    packed()
    assert ["figures: corrigendum 1 is not sent, an earlier number was sent", books] == missing(say)
    sent(PLACE / "XX-2020-figures.zip")
    assert [books] == missing(say)


def test_a_package_of_before_its_publication_has_no_number_and_serves_for_the_first_edition(tmp_path, monkeypatch, say):
    monkeypatch.chdir(small.write(tmp_path, FINAL))
    (tmp_path / "out").mkdir()
    assert "Edition-Number" not in labels(packed())
    sent(packed())
    released(tmp_path)
    assert ["books: no package"] == missing(say)


RESTRICTED = "gets: [page, csv, json, metadata, validation], audience: restricted, name: {en: Court}"


def test_the_package_of_who_may_know_more_says_so_and_goes_to_nobody_who_may_know_less(workspace, say):
    settings = workspace / "reporter.yaml"
    text, court = settings.read_text(), f"  court: {{channel: folder, folder: out, language: en, {RESTRICTED}}}\n"
    settings.write_text(text + court)
    assert 0 == say("package", "XX", "2020", "--to", "court", "-q")[0]
    package = open_package(PLACE / "XX-2020-restricted-court.zip")
    assert "restricted" == labels(package.path)["Audience"]
    named = [each.split("/", 1)[1] for each in package.payload if "source/" not in each and "schema" not in each]
    assert ["ro-crate-metadata.json", "start.html"] == [each for each in named if "restricted" not in each]
    settings.write_text(text + court.replace("audience: restricted", "audience: public"))
    code, said = say("send", str(PLACE / "XX-2020-restricted-court.zip"), "--to", "court")
    refused = "XX-2020-restricted-court.zip is restricted, but court gets public files only"
    assert (2, True) == (code, refused in said)


EDITION = ("XX", "2020")
BY_VIDA = ("approve", *EDITION, "--by", "Vida")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return small.write(tmp_path, small.FINAL | {"reporter.yaml": f"{small.FINAL['reporter.yaml']}approvals: 1\n"})


def test_it_says_what_was_approved_what_comes_next_and_what_changed_since(root, say):
    # What Excel leaves while a file is open is a warning.
    (root / "data/XX/~$2020.xlsx").touch()
    code, said = say(*BY_VIDA)
    assert (0, True) == (code, said.startswith("XX 2020, number 0: approved by Vida on "))
    assert "files       7, sha256 " in said
    assert "findings    no error, 1 warning open, 0 accepted" in said
    assert "hint: someone else must publish it: reporter publish XX 2020" in said
    assert "already, and nothing changed since" in say("approve", *EDITION, "--by", "VIDA")[1]
    text = root / small.TEXT
    text.write_text(f"{text.read_text()}\nOne victim returned.\n")
    assert f": {small.TEXT}" in say(*BY_VIDA)[1]


def test_status_tells_of_it_only_where_it_is_demanded(root, say):
    def status() -> tuple[list[str], list[str]]:
        found = json.loads(say("status", *EDITION, "--format", "json")[1])[0]["editions"][0]
        return [each["by"] for each in found["approved"]], [each for each in found["missing"] if "approv" in each]

    missing = 'approval by one other person, not by the publisher: reporter approve XX 2020 --by "NAME"'
    assert ([], [missing]) == status()
    say(*BY_VIDA)
    assert ((["Vida"], []), True) == (status(), "  approved    Vida, " in say("status", *EDITION)[1])
    year = root / small.YEAR
    year.write_text(f"{year.read_text()}# read again\n")
    first, second = status()[1]
    assert (missing, True) == (first, second.endswith(f"for earlier files; changed since then: {small.YEAR}"))
    settings = root / "reporter.yaml"
    settings.write_text(settings.read_text().replace("approvals: 1\n", ""))
    assert ([], []) == status()


def test_what_was_approved_is_taken_back_once(root, say):
    say(*BY_VIDA)
    assert "withdrawn: approved by Vida on" in say("approve", *EDITION, "--by", "vida", "--withdraw")[1]
    code, said = say("approve", *EDITION, "--by", "vida", "--withdraw")
    assert (2, True) == (code, "XX 2020, number 0, was not approved by vida" in said)
    code, said = say("approve", *EDITION, "--withdraw", "--note", "x")
    assert (2, True) == (code, "leave --note out" in said)
