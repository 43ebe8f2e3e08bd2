"""To the Commission: each step says what it would do, does it once, and says what a person must do when it fails."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, product
from pathlib import Path
from threading import Event

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.read.release import read_approvals
from reporter.data.records.label import Label
from reporter.editions.job import Job
from reporter.workbench.release.steps import BROKEN_OFF, RunningStep, StepNews, StepOrder
from reporter.workbench.server.server import Workbench
from tests import post, small
from tests.authority import PASSPHRASE
from tests.authority import authority as key_authority
from tests.send.posting import program
from tests.snapshots import freeze_now
from tests.workbench.release_bench import RELEASE, ReleaseBench, release_bench, upload
from tests.workbench.serving import Answer, come_in, hidden, running, until_made, words

SLOW = 120


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, post.Authority]:
    folder = tmp_path_factory.mktemp("mail")
    return folder, post.authority(folder / "ca")


@contextmanager
def opened(folder: Path, certificates: tuple[Path, post.Authority], user: str = "") -> Iterator[ReleaseBench]:
    """A final year, packed, and a mail server, which asks a `user` for a password."""
    own, authority = certificates
    (folder / "ca").mkdir()
    (folder / "ca/ca.pem").write_bytes((own / "ca/ca.pem").read_bytes())
    changes = {"user": user} if user else {}
    with post.Running(authority.context, log_in=bool(user)) as server, release_bench(folder, server, **changes) as made:
        yield made


@pytest.fixture
def office(tmp_path: Path, certificates: tuple[Path, post.Authority]) -> Iterator[ReleaseBench]:
    """A final year, packed, and a mail server that asks for no password."""
    with opened(tmp_path, certificates) as made:
        yield made


def places_of(secret: str, root: Path) -> list[str]:
    """Where a secret is written: in files of the workspace, or in what the system tells of our processes."""
    wanted = secret.encode()
    files = [each for each in root.rglob("*") if each.is_file()]
    children = [each.read_text().split() for each in Path("/proc/self/task").glob("*/children")]
    processes = ("self", *chain.from_iterable(children))
    told = [Path("/proc", each, name) for each in processes for name in ("cmdline", "environ")]
    found = []
    for each in (*files, *told):
        try:
            found += [str(each)] if wanted in each.read_bytes() else []
        except OSError:
            continue
    return found


def test_a_step_that_runs_says_which_language_is_at_which_stage(
    office: ReleaseBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = StepOrder("publish", Workspace(office.root), "XX", 2020, "Ana", "2021-11-02")
    news = StepNews(1, 4, 0.375, language="lt", stage="laying out pages")
    monkeypatch.setattr(
        office.bench.stepper, "last", RunningStep(order, datetime(2021, 11, 2, 9, 30, tzinfo=UTC), news)
    )
    told = office.person().get(RELEASE)
    assert "1 of 4 documents ready · Lithuanian: laying out pages" in told.main
    assert '<progress value="0.375"' in told.text
    assert "Publish This is being done now." in told.main
    assert "laying out pages" in office.person().get("/events/release").text


def test_each_step_says_what_it_would_do_before_anything_is_done(office: ReleaseBench) -> None:
    before, ana = sorted(office.root.rglob("*")), office.person()
    page = ana.get(RELEASE).main
    for said in (
        "Done: the year is final.",
        "Builds the files in each language, checks every PDF and publishes them as number 0, the first edition.",
        "Signs XX-2020-commission.zip with the key of your office.",
        "Sends XX-2020-commission.zip to unit@commission.internal",
        "Receipt After sending.",
    ):
        assert said in page
    assert "Approval" not in page
    card = ana.get(f"{RELEASE}?step=send").main
    for said in (
        "Recipient Coordinator, unit@commission.internal",
        "Intended for public edition: for everyone: contains no withheld values",
        "mail, public edition",
        "As 1 message of 0.1 MB",
        "What is sent XX-2020-commission.zip, 0.1 MB",
        "Send to unit@commission.internal, once",
    ):
        assert said in card
    for step, language in product(("publish", "package", "sign", "receipt", "no-such-step"), ("en", "lt")):
        assert 200 == ana.get(f"{RELEASE}?step={step}", **{"Accept-Language": language}).status
    assert before == [each for each in sorted(office.root.rglob("*")) if "submission" not in each.parts]
    assert (200, b'[["release","none"]]') == ((events := ana.get("/events/release")).status, events.body)


def test_what_will_be_packed_is_said_in_words(office: ReleaseBench) -> None:
    freeze_now(Workspace(office.root), Job("XX", 2020, "en"), "2021-11-02", Label(()))
    (office.root / "build/XX/2020/package/XX-2020-commission.zip").unlink()
    office.bench.desk.read_now()
    page = office.person().get(f"{RELEASE}?to=commission").main
    assert "the profile as a PDF, in each language" in page
    assert "pdf, " not in page


def test_the_card_follows_the_settings(office: ReleaseBench) -> None:
    settings, ana = office.root / "reporter.yaml", office.person()
    own = settings.read_text()
    settings.write_text(own.replace("audience: public", "audience: restricted", 1))
    office.bench.desk.read_now()
    told = ana.get(f"{RELEASE}?step=publish&to=commission").main
    assert "mail, restricted edition" in told
    assert "Intended for the public; and, as a restricted edition, the offices that may see withheld figures" in told
    assert "After publication." in told
    settings.write_text(own.replace("unit@commission.internal", "unit@commission.example"))
    office.bench.desk.read_now()
    page = ana.get(f"{RELEASE}?step=send")
    assert "unit@commission.example is an example, not an address" in page.main
    assert "once" not in page.text[page.text.index('class="card"') :].partition("</li>")[0]


def test_a_folder_that_is_missing_is_made_by_one_press(
    tmp_path: Path, certificates: tuple[Path, post.Authority]
) -> None:
    with opened(tmp_path, certificates) as office:
        settings = office.root / "reporter.yaml"
        own = settings.read_text()
        folder = own.replace("channel: email", "channel: folder", 1).replace(
            "address: unit@commission.internal", "folder: out/edamis"
        )
        settings.write_text(folder)
        office.bench.desk.read_now()
        ana, card = office.person(), f"{RELEASE}?step=send&to=commission"
        assert (
            "the folder out/edamis does not exist" in (page := ana.get(card).text),
            "Create the folder out/edamis" in page,
        ) == (True, True)
        answer = ana.post(f"{RELEASE}/folder", {"to": "commission"})
        assert (303, f"{RELEASE}?to=commission&step=send#send") == (answer.status, answer.headers["location"])
        assert (office.root / "out/edamis").is_dir()
        page = ana.get(card).text
        assert ("Make the folder" in page, "Put it in out/edamis, once" in page) == (False, True)
        assert "Nothing is put in the folder until you press “Put it in out/edamis, once”." in words(page)
        assert "until you press “Send”" not in words(page)
        assert 303 == ana.post(f"{RELEASE}/folder", {"to": "commission"}).status
        settings.write_text(folder.replace("out/edamis", "reporter.yaml/edamis"))
        office.bench.desk.read_now()
        refused = ana.post(f"{RELEASE}/folder", {"to": "commission"})
        assert (422, True) == (refused.status, "reporter.yaml/edamis cannot be created" in words(refused.text))
        assert 422 == come_in(office.bench).post(f"{RELEASE}/folder", {"to": "commission"}).status


def test_the_year_is_made_final_when_nothing_is_left(tmp_path: Path) -> None:
    provisional = small.FINAL[small.YEAR].replace("final", "provisional")
    small.write(tmp_path, small.FINAL | {small.YEAR: provisional.replace("labour: 7", "labour: 6")})
    with running(tmp_path) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        assert "Final Not yet: 1 error to correct." in asker.get(RELEASE).main
        (tmp_path / small.YEAR).write_text(provisional)
        bench.desk.read_now()
        assert "Marks the year as final." in asker.get(RELEASE).main
        unnamed = asker.post(f"{RELEASE}/final", {"to": ""})
        assert (422, True) == (unnamed.status, "Enter your name: it is recorded in the log." in unnamed.main)
        assert 303 == asker.post(f"{RELEASE}/final", {"to": "", "person": "Ana"}).status
        assert small.FINAL[small.YEAR] == (tmp_path / small.YEAR).read_text()


def test_what_was_published_is_not_taken_back_but_what_is_written_afterwards_is(tmp_path: Path) -> None:
    small.write(tmp_path, small.FINAL | {small.YEAR: small.FINAL[small.YEAR].replace("final", "provisional")})
    sheet, field = "/XX/2020/figures/general_situation", {"figure": "victims.identified.men", "value": "19"}
    with running(tmp_path) as bench:
        bench.desk.read_now()
        ana = come_in(bench, "Ana")
        assert 303 == ana.post(f"{RELEASE}/final", {"to": ""}).status
        line = ana.undoable(sheet)
        assert line
        freeze_now(Workspace(tmp_path), Job("XX", 2020, "en"), "2021-11-02", Label(()))
        bench.desk.read_now()
        assert "" == ana.undoable(sheet)
        # Nor by a page that was opened before.
        assert 409 == ana.post("/undo", {"line": line, "here": sheet}).status
        assert 303 == ana.post(sheet, {**field, "seen": "20"}).status
        bench.desk.read_now()
        assert 303 == ana.undo(sheet).status
        assert small.FINAL[small.YEAR] == (tmp_path / small.YEAR).read_text()
        assert "" == ana.undoable(sheet)


def test_a_year_with_a_count_that_could_identify_someone_is_made_final_once_that_is_decided(tmp_path: Path) -> None:
    few = small.FINAL[small.YEAR].replace("final", "provisional").replace("80, by person: {women: 60, men: 20", FEW)
    small.write(tmp_path, small.FINAL | {small.YEAR: few})
    waits = "2 counts could identify someone: withhold them or say why they are published"
    with running(tmp_path) as bench:
        bench.desk.read_now()
        ana = come_in(bench, "Ana")
        year, sheet, page = (ana.get(each) for each in ("/XX/2020", "/XX/2020/figures/general_situation", RELEASE))
        assert (waits, True) == (year.title, "2 small counts to decide on" in year.main)
        assert (f"Withheld figures {waits} Decide…" in page.main, f"Final Not yet: {waits}." in page.main) == (
            True,
            True,
        )
        sign = '<a class="small-count" href="/XX/2020/withheld" title="could identify someone: withhold it or say why'
        assert (2, 1) == (sheet.text.count(sign), sheet.text.count('aria-label="Men: could identify someone'))
        refused = ana.post(f"{RELEASE}/final", {"to": ""})
        assert (422, True) == (refused.status, f"<p>{waits}</p>" in refused.text)
        assert (404, few) == (ana.post(f"{RELEASE}/withheld", {"to": ""}).status, (tmp_path / small.YEAR).read_text())
        # One of them is withheld by hand, and a permission lets the other out.
        chosen = {"act": "choose", "figure": "victims.identified.men"}
        assert 303 == ana.post("/XX/2020/withheld", chosen).status
        decisions = tmp_path / "data/XX/protection/2020.yaml"
        by_hand = decisions.read_text()
        settings = tmp_path / "reporter.yaml"
        said = "{country: XX, figures: [victims.identified.children], years: 2020, reason: {en: It is known.}}"
        settings.write_text(f"{settings.read_text()}publish_small_counts: [{said}]\n")
        bench.desk.read_now()
        assert "could identify" not in ana.get("/XX/2020").main
        # The sum would still tell the one that is withheld: the step says so as the page does.
        withheld, proposed = until_made(ana, "/XX/2020/withheld"), "1 value should be withheld but is not yet"
        assert proposed in withheld.main
        assert f"Withheld figures {proposed} Decide…" in until_made(ana, RELEASE).main
        form = re.search(r'<form method="post"[^>]*><input type="hidden" name="digest".*?</form>', withheld.text)
        assert 303 == ana.post("/XX/2020/withheld", hidden(form[0]) | {"act": "propose"}).status
        bench.desk.read_now()
        assert "Done: every count that could identify someone is decided." in until_made(ana, RELEASE).main
        assert "The year can be final" == until_made(ana, "/XX/2020").title
        assert sign not in ana.get("/XX/2020/figures/general_situation").text
        assert 303 == ana.post(f"{RELEASE}/final", {"to": ""}).status
        assert "status: final" in (tmp_path / small.YEAR).read_text()
        # Of a year that was final before, it is the first thing to do again.
        settings.write_text(small.FINAL["reporter.yaml"])
        decisions.write_text(by_hand)
        bench.desk.read_now()
        assert "Next: decide which figures to withhold" == (page := ana.get(RELEASE)).title
        assert "Publish Not yet: 1 count could identify someone" in page.main


FEW = "65, by person: {women: 60, men: 3, children: 2"


@contextmanager
def demanding(root: Path) -> Iterator[Workbench]:
    # What Excel leaves while a file is open is a warning.
    more = {"reporter.yaml": f"{small.FINAL['reporter.yaml']}approvals: 1\n", "data/XX/~$2020.xlsx": ""}
    small.write(root, small.FINAL | more)
    with running(root) as bench:
        bench.desk.read_now()
        yield bench


def seen_in(answer: Answer) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', answer.text)
    assert found
    return found[1]


def test_a_second_person_approves_what_the_card_shows(tmp_path: Path) -> None:
    with demanding(tmp_path) as bench:
        asker = come_in(bench)
        page = asker.get(RELEASE)
        assert "Next: approval by someone else" == page.title
        assert "1 person other than the one publishing must approve exactly these files" in page.main
        assert "Publish After approval by a person other than the one publishing." in page.main
        card = asker.get(f"{RELEASE}?step=approve")
        seen = seen_in(card)
        assert (True, True) == (f"SHA-256 {seen}" in card.main, "no error, 1 warning and 0 accepted" in card.main)
        assert 303 == asker.post(f"{RELEASE}/approve", {"to": "", "person": "Vida", "seen": seen}).status
        assert "Approval Approved by Vida, 2 November 2021." in asker.get(RELEASE).main
        (done,) = read_approvals(Workspace(tmp_path).snapshot(), "XX", 2020)
        assert ("Vida", seen, "2021-11-02") == (done.by, done.sha256, done.date)
        vida = come_in(bench, "vida")
        assert "approved by Vida on 2021-11-02 (the publisher)" in vida.get(f"{RELEASE}?step=publish").main
        refused = vida.post(f"{RELEASE}/publish", {"to": ""})
        assert (422, True) == (refused.status, "one other person, not by the publisher, vida" in refused.main)
        assert (
            "You approved it on 2 November 2021; nothing has changed since." in vida.get(f"{RELEASE}?step=approve").main
        )
        assert 303 == vida.post(f"{RELEASE}/approve", {"to": "", "withdraw": "1"}).status
        assert ("Next: approval by someone else", "The year can be approved") == (
            vida.get(RELEASE).title,
            vida.get("/XX/2020").title,
        )


def test_what_changed_since_it_was_looked_at_is_not_approved_and_is_told(tmp_path: Path) -> None:
    with demanding(tmp_path) as bench:
        for seen in ("", "0" * 64):
            refused = come_in(bench).post(f"{RELEASE}/approve", {"to": "", "person": "Vida", "seen": seen})
            assert (422, True) == (refused.status, "the files changed since you reviewed them" in refused.main)
        assert () == read_approvals(Workspace(tmp_path).snapshot(), "XX", 2020)
        asker = come_in(bench).knowing(**{"Accept-Language": "en"})
        seen = seen_in(asker.get(f"{RELEASE}?step=approve"))
        asker.post(f"{RELEASE}/approve", {"to": "", "person": "Vida", "seen": seen})
        year = tmp_path / small.YEAR
        year.write_text(year.read_text().replace("total: 80", "total: 81").replace("men: 20", "men: 21"))
        bench.desk.read_now()
        told = asker.get(f"{RELEASE}?step=approve").main
        assert 1 == told.count("Vida approved it on 2 November 2021; changed since: data/XX/2020.yaml.")
        assert "Changed since Vida approved it on 2 November 2021" in told
        assert "data/XX/2020.yaml changed: victims.identified 80 → 81, victims.identified.men 20 → 21" in told


def test_it_is_sent_once_and_the_receipt_is_filed(office: ReleaseBench) -> None:
    ana = office.person()
    assert ("", "") == office.take(ana, "send")
    assert ("", "") == office.take(ana, "send")
    assert (1, ["sent"]) == (len(office.server.got), office.states)
    assert "until you press" not in ana.get(f"{RELEASE}?to=commission").main
    (item,) = office.history
    away = b"From: unit@commission.internal\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n"
    filed = upload(ana, f"{RELEASE}/receipt", {"to": "commission"}, {"file": ("away.eml", away)})
    assert (422, True) == (filed.status, "away.eml is filed but proves nothing" in filed.main)
    nothing = ana.post(f"{RELEASE}/receipt", {"to": "commission", "note": " "})
    assert (422, True) == (nothing.status, "Choose the receipt file" in nothing.main)
    assert [()] == [each.receipts for each in office.history]
    answer = f"From: unit@commission.internal\r\nIn-Reply-To: {item.identity}\r\n\r\nThank you.\r\n".encode()
    filed = upload(ana, f"{RELEASE}/receipt", {"to": "commission"}, {"file": ("answer.eml", answer)})
    assert (303, ["answer.eml"]) == (filed.status, [back.name for each in office.history for back in each.receipts])
    assert answer in [each.read_bytes() for each in (office.root / "submission/receipts").iterdir()]
    assert "Sent and received" == ana.get(f"{RELEASE}?to=commission").title


def test_a_server_that_refuses_is_told_and_a_reason_sends_it_again(office: ReleaseBench) -> None:
    ana = office.person()
    office.server.on["RCPT"] = "550 5.1.1 no such mailbox"
    office.take(ana, "send")
    told = ana.get(RELEASE).main
    assert (True, True) == ("The message was refused" in told, "550 5.1.1 no such mailbox" in told)
    assert "Correct the problem, then send it again." in told
    unsaid = ana.post(f"{RELEASE}/resend", {"to": "commission", "again": " "})
    assert (422, True) == (unsaid.status, "Give the reason for sending it again, for the log." in unsaid.main)
    del office.server.on["RCPT"]
    assert ("", "") == office.take(ana, "resend", again="the mailbox is mended")
    assert (["sent"], 1) == (office.states, len(office.server.got))
    assert "the mailbox is mended" in program(office.root, "outbox", "list", "--log").stdout


def test_what_may_have_arrived_has_no_button_that_repeats_it(office: ReleaseBench) -> None:
    ana = office.person()
    office.server.on["DATA"] = post.drop
    office.take(ana, "send")
    page = ana.get(RELEASE)
    assert (["unknown"], "Unknown whether it arrived") == (office.states, page.title)
    assert "Ask Coordinator. If it arrived, file the answer below; if not" in page.main
    assert (False, ("", ""), ["unknown"]) == ("Send to" in page.main, office.take(ana, "send"), office.states)
    assert 303 == ana.post(f"{RELEASE}/receipt", {"to": "commission", "note": "It came.\r\nMs B."}).status
    assert (["note-2021-11-02.txt"], ["sent"]) == (
        [back.name for each in office.history for back in each.receipts],
        office.states,
    )


def test_of_two_who_press_send_the_second_is_told_by_whom_it_runs(office: ReleaseBench) -> None:
    reached, go_on = Event(), Event()
    office.server.on["MAIL"] = waiting(reached, go_on)
    assert 303 == office.person("Ana").post(f"{RELEASE}/send", {"to": "commission"}).status
    assert reached.wait(SLOW)
    second = office.person("Rūta".encode().decode("latin-1")).post(f"{RELEASE}/send", {"to": "commission"})
    assert (409, True) == (second.status, "Ana started a step at" in second.main)
    assert "Sending · Coordinator · Ana, since" in office.person("Jonas").get(RELEASE).main
    go_on.set()
    assert ("", 1, ["sent"]) == (office.ended().news.problem, len(office.server.got), office.states)


def test_a_process_that_is_killed_while_it_hands_over_leaves_it_unknown(office: ReleaseBench) -> None:
    reached, go_on = Event(), Event()
    office.server.on["DATA"] = waiting(reached, go_on)
    ana = office.person()
    ana.post(f"{RELEASE}/send", {"to": "commission"})
    assert reached.wait(SLOW)
    office.bench.stepper.process.kill()
    assert BROKEN_OFF == office.ended().news
    go_on.set()
    ana.get(RELEASE)
    office.bench.desk.read_now()
    assert (["unknown"], "Unknown whether it arrived") == (office.states, ana.get(RELEASE).title)


def waiting(reached: Event, go_on: Event) -> Callable[[object], str]:
    """A mail server that says when it was reached, and answers when it may."""

    def wait(_: object) -> str:
        reached.set()
        go_on.wait(SLOW)
        return "250 OK"

    return wait


def test_the_password_of_the_mail_server_is_used_and_is_nowhere(
    tmp_path: Path,
    certificates: tuple[Path, post.Authority],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with opened(tmp_path, certificates, "rapporteur") as locked:
        caplog.set_level(logging.DEBUG)
        ana = locked.person()
        found: list[str] = []
        locked.server.on["MAIL"] = lambda _: found.extend(places_of(post.PASSWORD, locked.root)) or "250 OK"
        unsaid = ana.post(f"{RELEASE}/send", {"to": "commission", "passphrase": ""})
        assert (422, True) == (unsaid.status, "Enter the password of the mail server." in unsaid.main)
        wrong = ana.post(f"{RELEASE}/send", {"to": "commission", "passphrase": post.PASSWORD, "again": " "})
        assert (422, False) == (wrong.status, post.PASSWORD in wrong.text)
        assert ("", "") == locked.take(ana, "send", passphrase=post.PASSWORD)
        assert (["sent"], 1) == (locked.states, len(locked.server.got))
        assert [] == [*found, *places_of(post.PASSWORD, locked.root)]
        assert post.PASSWORD not in caplog.text + "".join(capfd.readouterr()) + ana.get(RELEASE).text


def test_a_wrong_passphrase_is_told_and_the_right_one_signs(
    office: ReleaseBench, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ana, wrong = office.person(), "ne tas slaptažodis 3"
    with key_authority(tmp_path_factory.mktemp("keys")) as made:
        file = {"key": ("ministry.p12", Path(made.key()).read_bytes())}
        none = upload(ana, f"{RELEASE}/sign", {"to": "commission", "passphrase": PASSPHRASE}, {})
        assert (422, True) == (none.status, "Choose the key file" in none.main)
        upload(ana, f"{RELEASE}/sign", {"to": "commission", "passphrase": wrong}, file)
        assert "ministry.p12 does not open with this passphrase" == office.ended().news.problem
        page = ana.get(RELEASE)
        assert (True, True) == ("type it again; capitals and spaces count" in page.main, 'type="password"' in page.text)
        signed = office.root / "build/XX/2020/package/XX-2020-commission-signed.zip"
        assert not signed.exists()
        upload(ana, f"{RELEASE}/sign", {"to": "commission", "passphrase": PASSPHRASE}, file)
        assert "" == office.ended().news.problem
        assert signed.exists()
    assert [] == [*places_of(PASSPHRASE, office.root), *places_of(wrong, office.root)]
    assert (PASSPHRASE in caplog.text, wrong in caplog.text + page.text) == (False, False)
    assert "Sends XX-2020-commission-signed.zip" in ana.get(RELEASE).main
