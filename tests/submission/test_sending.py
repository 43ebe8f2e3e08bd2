"""A package leaves once: a mail server on loopback with TLS, six processes at once, kill -9, what servers say."""

import json
import os
import signal
import subprocess
import sys
import threading
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from functools import partial
from pathlib import Path

import pytest

from reporter.errors import ReporterError
from reporter.i18n import load_locale
from reporter.load.catalogue import read_settings
from reporter.submission.message_state import Claim, State
from reporter.submission.outbox import Outbox
from reporter.submission.package_label import read_package
from reporter.submission.sending import compose, deliver_due
from reporter.submission.smtp import SmtpChannel, tls_context
from tests import post
from tests.snapshots import snapshot

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def vouched(tmp_path_factory) -> post.Authority:
    """An authority and a server called localhost."""
    return post.authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def running(vouched, tmp_path):
    """`running(…)` starts a server and gives it and a workspace that trusts it; all end with the test."""
    started = []

    def run(folder="work", *, context=vouched.context, trusted=vouched, plain=False, implicit=False, **options):
        mine = {each: options.pop(each) for each in ("log_in", "size") if each in options}
        one = post.Running(None if plain else context, implicit=implicit, **mine)
        server = one.__enter__()
        started.append(one)
        work_in = post.workspace(tmp_path / folder, server, security="tls" if implicit else "starttls", **options)
        (work_in / "ca").mkdir()
        (work_in / "ca" / "ca.pem").write_bytes(trusted.file.read_bytes())
        return server, work_in

    yield run
    for each in started:
        each.__exit__(None, None, None)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, minutes: int) -> None:
        self.time += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened(folder: Path, now, *, is_dead=lambda _: False) -> Outbox:
    return Outbox(folder / "submission", who="tester", now=now, holder="here/1", is_dead=is_dead)


def queued(outbox: Outbox, folder: Path, now, code="commission") -> int:
    settings, tree = read_settings(snapshot(folder))
    assert [] == tree.findings
    recipient, parcel = settings.recipient(code), read_package(folder / "LT-2020.zip")
    messages = compose(parcel, recipient, settings, load_locale(recipient.language), now())
    return outbox.queue(parcel, recipient, messages)


def deliver(folder: Path, now, *, password="", timeout=5.0) -> tuple[str, str]:
    """Sends the package to the Commission from here: the state it ends in, and what was said."""
    settings, _ = read_settings(snapshot(folder))
    with opened(folder, now) as outbox:
        number = queued(outbox, folder, now)
        transport = SmtpChannel(settings.mail, password, tls_context(folder / "ca" / "ca.pem"), timeout)
        deliver_due(outbox, {"email": transport}, (number,))
        (item, *_) = outbox.items(number)
        assert () == outbox.damage()
    return item.state, item.answer


def program(folder: Path, *arguments: str, password: str = "", **options) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, in the workspace."""
    command = [sys.executable, "-m", "reporter", *arguments]
    environment = os.environ | {"REPORTER_SMTP_PASSWORD": password, "LOGNAME": "adviser"}
    started = {"cwd": folder, "env": environment, "text": True, "timeout": 60, "stdin": subprocess.DEVNULL}
    return subprocess.run(command, capture_output=True, check=False, **(started | options))


def listed(folder: Path) -> list[dict]:
    return json.loads(program(folder, "outbox", "--format", "json").stdout)


def attachments(raw: bytes) -> list[bytes]:
    return [each.get_content() for each in message_from_bytes(raw, policy=SMTP).iter_attachments()]


# what arrives


def test_a_package_arrives_byte_by_byte_over_tls(running):
    server, folder = running()
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("1 sent: LT-2020.zip to commission, ")
    assert ([True], [post.PACKAGE]) == (server.encrypted, attachments(server.got[0]))


def test_lines_that_begin_with_dots_arrive_as_they_were(running):
    server, folder = running()
    settings, _ = read_settings(snapshot(folder))
    raw = b"Subject: Dots\r\n\r\n.\r\n..two\r\nin the . middle\r\n.\r\n"
    claim = Claim(1, 1, "<id>", "dots", "", "mail", "thb@localhost.test", raw)
    answer = SmtpChannel(settings.mail, "", tls_context(folder / "ca/ca.pem")).deliver(claim, lambda: None)
    assert (State.SENT, [raw]) == (answer.state, server.got)


def test_implicit_tls_serves_too(running, clock):
    server, folder = running(implicit=True)
    assert (State.SENT, "250 2.0.0 OK queued as 77") == deliver(folder, clock)
    assert 1 == len(server.got)


def test_sent_twice_it_goes_once_and_says_so(running):
    server, folder = running()
    program(folder, "send", "LT-2020.zip", "--to", "commission")
    again = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (0, 1) == (again.returncode, len(server.got))
    assert "it was sent before; nothing is sent now" in again.stderr


def test_without_a_package_only_what_waits_is_told(running):
    server, folder = running()
    program(folder, "send", "LT-2020.zip", "--to", "commission")
    done = program(folder, "send")
    assert (0, "", "nothing waits\n") == (done.returncode, done.stdout, done.stderr)
    server.on["RCPT"] = "451 4.7.1 greylisted"
    program(folder, "send", "LT-2020-minister.zip", "--to", "minister")
    done = program(folder, "send")
    told = [line.split(",")[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert (1, ["2 queued: LT-2020-minister.zip to minister"], "") == (done.returncode, told, done.stderr)
    assert ["sent", "queued"] == [each["state"] for each in listed(folder)]


def test_each_recipient_gets_its_own_package(running):
    server, folder = running()
    for name, code in (("LT-2020.zip", "commission"), ("LT-2020-minister.zip", "minister")):
        assert 0 == program(folder, "send", name, "--to", code).returncode
    to = [message_from_bytes(raw, policy=SMTP)["To"].addresses[0].addr_spec for raw in server.got]
    assert ["unit@commission.internal", "minister@ministry.internal"] == to


def test_six_processes_at_once_send_one_message(running):
    server, folder = running()
    command = [sys.executable, "-m", "reporter", "send", "LT-2020.zip", "--to", "commission", "--by", "worker"]
    processes = [subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    for each in processes:
        each.communicate(timeout=60)
    assert 1 == len(server.got)
    assert ["sent"] == [each["state"] for each in listed(folder)]
    assert 0 == program(folder, "outbox", "--log").returncode


# what servers say


@pytest.mark.parametrize(
    ("command", "reply", "state"),
    [
        ("EHLO", "421 4.3.2 shutting down", State.QUEUED),
        ("MAIL", "451 4.7.1 greylisted, try again later", State.QUEUED),
        ("RCPT", "450 4.2.0 greylisted, try again later", State.QUEUED),
        ("RCPT", "550 5.1.1 no such user", State.FAILED),
        ("RCPT", "552 5.2.2 mailbox is full", State.FAILED),
        ("DATA", "452 4.2.2 mailbox is full for now", State.QUEUED),
        ("DATA", "552 5.2.2 mailbox is full", State.FAILED),
        ("DATA", "554 5.7.1 refused by policy", State.FAILED),
    ],
)
def test_what_a_server_answers_decides_the_state(running, clock, command, reply, state):
    server, folder = running()
    server.on[command] = reply
    assert (state, reply) == deliver(folder, clock)
    assert [] == server.got


def test_a_greylisting_server_gets_it_later_and_once(running, clock):
    server, folder = running()
    server.on["RCPT"] = "451 4.7.1 greylisted"
    assert State.QUEUED == deliver(folder, clock)[0]
    server.on.clear()
    assert (State.QUEUED, "451 4.7.1 greylisted") == deliver(folder, clock)
    clock.pass_by(5)
    assert State.SENT == deliver(folder, clock)[0]
    assert 1 == len(server.got)


def test_a_server_that_never_takes_it_is_given_up_after_days(running, clock):
    server, folder = running()
    server.on["RCPT"] = "451 4.7.1 greylisted"
    for _ in range(17):
        state, said = deliver(folder, clock)
        clock.pass_by(24 * 60)
    assert (State.FAILED, "given up after 17 tries: 451 4.7.1 greylisted") == (state, said)


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
def test_a_connection_dropped_before_the_message_is_tried_again(running, clock, command):
    server, folder = running()
    server.on[command] = post.drop
    state, said = deliver(folder, clock)
    assert State.QUEUED == state
    assert said.startswith(f"no connection with localhost:{server.port}: ")
    server.on.clear()
    clock.pass_by(5)
    assert State.SENT == deliver(folder, clock)[0]


def test_a_connection_dropped_after_the_final_dot_leaves_it_unknown(running, clock):
    server, folder = running()
    server.on["DATA"] = post.drop
    state, said = deliver(folder, clock)
    assert State.UNKNOWN == state
    assert said.startswith("no answer after the message was handed over: ")
    server.on.clear()
    clock.pass_by(24 * 60)
    assert State.UNKNOWN == deliver(folder, clock)[0]
    assert [] == server.got


def test_a_server_that_falls_silent_after_the_final_dot_leaves_it_unknown(running, clock):
    server, folder = running()
    silent = threading.Event()
    server.on["DATA"] = lambda _: str(silent.wait(1.5)) and "250 OK, late"
    assert State.UNKNOWN == deliver(folder, clock, timeout=0.5)[0]


def test_no_server_at_all_is_tried_again(running, clock):
    server, folder = running()
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(text.replace(f"port: {server.port}", "port: 1"))
    assert State.QUEUED == deliver(folder, clock)[0]


# encryption and the password


def test_a_certificate_of_another_authority_is_refused(running, clock, tmp_path):
    server, folder = running(trusted=post.authority(tmp_path / "other"))
    state, said = deliver(folder, clock)
    assert State.FAILED == state
    assert "is not trusted: " in said
    assert [] == server.got


def test_a_certificate_of_another_server_is_refused(vouched, running, clock, tmp_path):
    strange = post.authority(tmp_path / "strange", "smtp.other.internal")
    server, folder = running(context=strange.context, trusted=strange)
    state, said = deliver(folder, clock)
    assert (State.FAILED, True) == (state, "Hostname mismatch" in said)
    assert [] == server.got


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_without_encryption_nothing_is_said_to_a_server(running, clock, security):
    server, folder = running(plain=True, user="rapporteur")
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(text.replace("security: starttls", f"security: {security}"))
    state, said = deliver(folder, clock, password=post.PASSWORD)
    assert State.FAILED == state
    assert said.startswith(
        f"localhost:{server.port} offers no encryption"
        if security == "starttls"
        else f"no encrypted connection with localhost:{server.port}: "
    )
    assert set() == {"AUTH", "MAIL", "RCPT", "DATA"} & set(server.seen)


# The server means STARTTLS when it says TLS.
@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("implicit", [False, True])
def test_a_server_that_asks_for_a_password_gets_it(running, clock, implicit):
    server, folder = running(log_in=True, user="rapporteur", implicit=implicit)
    assert State.SENT == deliver(folder, clock, password=post.PASSWORD)[0]
    assert 1 == len(server.got)


def test_a_wrong_password_fails_and_is_told_nowhere(running):
    server, folder = running(log_in=True, user="rapporteur")
    done = program(folder, "send", "LT-2020.zip", "--to", "commission", "-v", password="slaptas-zodis-1")
    assert (1, "1 failed: ") == (done.returncode, done.stdout[:10])
    assert "535 5.7.8" in done.stdout
    said = [done.stdout, done.stderr, program(folder, "outbox", "--log").stdout]
    kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    assert not any("slaptas-zodis-1" in each for each in said)
    assert not any(b"slaptas-zodis-1" in each for each in kept)
    assert [] == server.got


@pytest.mark.parametrize("said", [post.PASSWORD, f"\0rapporteur\0{post.PASSWORD}"])
def test_a_password_that_a_server_repeats_in_base64_is_told_nowhere(running, clock, said):
    secret = b64encode(said.encode()).decode()
    server, folder = running(log_in=True, user="rapporteur")
    server.on["RCPT"] = f"550 5.1.1 {secret} is no user"
    assert (State.FAILED, "550 5.1.1 … is no user") == deliver(folder, clock, password=post.PASSWORD)


def test_without_a_password_nothing_is_tried(running):
    _, folder = running(log_in=True, user="rapporteur")
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (2, "") == (done.returncode, done.stdout)
    assert "set REPORTER_SMTP_PASSWORD, or run this on a terminal" in done.stderr
    assert not (folder / "submission").exists()


def test_a_file_that_is_no_authority_is_refused(tmp_path):
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(ReporterError, match="holds no certificates"):
        tls_context(tmp_path / "ca.pem")


# size


def large(folder: Path, megabytes: float) -> bytes:
    content = post.packed("commission", os.urandom(int(megabytes * 1_000_000)))
    (folder / "LT-2020.zip").write_bytes(content)
    return content


def test_what_is_too_large_is_refused_before_it_is_queued(running):
    server, folder = running(limit=1)
    large(folder, 0.8)
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (1, "") == (done.returncode, done.stdout)
    assert "reporter.yaml:3:1: the message with LT-2020.zip has 1,09" in done.stderr
    assert "write split: true" in done.stderr
    assert [] == server.got


def test_what_is_too_large_goes_in_numbered_parts_that_make_the_package(running):
    server, folder = running(limit=1, split="true")
    content = large(folder, 1.7)
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert 0 == done.returncode
    mails = [message_from_bytes(raw, policy=SMTP) for raw in server.got]
    assert [f"({n}/3)" for n in (1, 2, 3)] == [str(each["Subject"])[-5:] for each in mails]
    names = [part.get_filename() for each in mails for part in each.iter_attachments()]
    assert ["LT-2020.zip.001", "LT-2020.zip.002", "LT-2020.zip.003"] == names
    assert all(len(raw) <= 1_000_000 for raw in server.got)
    assert content == b"".join(attachments(raw)[0] for raw in server.got)
    assert "cat LT-2020.zip.* > LT-2020.zip" in mails[0].get_body().get_content()


def test_a_smaller_limit_of_the_server_fails_before_anything_leaves(running, clock):
    server, folder = running(size=5_000)
    state, said = deliver(folder, clock)
    assert State.FAILED == state
    assert "the server takes at most 5,000 bytes, the message has 1" in said
    assert "MAIL" not in server.seen


def test_after_a_smaller_limit_a_person_sends_it_in_parts(running):
    server, folder = running(size=1_000_000)
    content = large(folder, 1.4)
    assert 1 == program(folder, "send", "LT-2020.zip", "--to", "commission").returncode
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(
        text.replace("size_limit: 20\n  split: false", "size_limit: 1\n  split: true")
    )
    done = program(folder, "resend", "1", "--by", "R. Petraitė", "--reason", "in parts now")
    assert 0 == done.returncode, done.stderr
    assert content == b"".join(attachments(raw)[0] for raw in server.got)
    assert 0 == program(folder, "outbox", "--log").returncode


def test_parts_after_one_that_failed_wait(running, clock):
    server, folder = running(limit=1, split="true")
    large(folder, 1.7)
    server.on["RCPT"] = lambda _: "550 5.1.1 no such user" if server.got else ""
    deliver(folder, clock)
    with opened(folder, clock) as outbox:
        assert [State.SENT, State.FAILED, State.QUEUED] == [each.state for each in outbox.items()]
    server.on.clear()
    assert 0 == program(folder, "resend", "1", "--by", "R. P.", "--reason", "the address is mended").returncode
    subjects = [str(message_from_bytes(raw, policy=SMTP)["Subject"])[-5:] for raw in server.got]
    assert ["(1/3)", "(2/3)", "(3/3)"] == subjects


# kill -9


@pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
def test_killed_before_the_message_left_a_rerun_finishes(running, command):
    server, folder = running()
    killed(server, folder, command)
    server.on.clear()
    assert 0 == program(folder, "send", "LT-2020.zip", "--to", "commission").returncode
    assert 1 == len(server.got)


def test_killed_after_the_message_left_nobody_knows_and_nothing_goes_by_itself(running):
    server, folder = running()
    killed(server, folder, "DATA")
    server.on.clear()
    for _ in range(2):
        done = program(folder, "send", "LT-2020.zip", "--to", "commission")
        assert (1, "1 unknown: ") == (done.returncode, done.stdout[:11])
        assert "ask commission whether it arrived" in done.stdout
        assert 1 == program(folder, "send").returncode
    assert 1 == len(server.got)
    again = program(folder, "resend", "1", "--by", "R. Petraitė", "--reason", "they have nothing, by telephone")
    assert (0, 2) == (again.returncode, len(server.got))
    log = program(folder, "outbox", "--log").stdout
    assert "R. Petraitė | number 1 released by a person: they have nothing, by telephone (to unit@commi" in log
    first, second = (message_from_bytes(raw)["Message-ID"] for raw in server.got)
    assert first == second


def killed(server: post.Server, folder: Path, command: str) -> None:
    """Starts sending and kills it with SIGKILL when the server gets to this command."""
    arguments = [sys.executable, "-m", "reporter", "send", "LT-2020.zip", "--to", "commission"]
    environment = os.environ | {"LOGNAME": "adviser"}
    process = subprocess.Popen(arguments, cwd=folder, env=environment, stdout=subprocess.PIPE)

    def kill(_):
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        return ""

    # The first EHLO is followed by one within TLS.
    server.on[command] = kill
    process.communicate(timeout=60)
    assert -signal.SIGKILL == process.returncode


STEPS = ("queue", "claim", "connect", "hand_over", "handed", "settle", "settled")


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_nothing_is_lost_and_nothing_goes_twice(running, clock, step):
    server, folder = running()
    child = os.fork()
    if not child:
        _die_at(folder, clock, step)
        os._exit(77)
    assert signal.SIGKILL == os.WTERMSIG(os.waitpid(child, 0)[1])
    with opened(folder, clock, is_dead=lambda _: True) as outbox:
        outbox.recover()
        settings, _ = read_settings(snapshot(folder))
        number = queued(outbox, folder, clock)
        deliver_due(outbox, {"email": SmtpChannel(settings.mail, "", tls_context(folder / "ca" / "ca.pem"))}, (number,))
        (item,) = outbox.items()
        assert () == outbox.damage()
    uncertain = step in ("handed", "settle")
    assert (State.UNKNOWN if uncertain else State.SENT) == item.state
    assert (0 if step == "handed" else 1) == len(server.got)


def _die_at(folder: Path, now, step: str) -> None:
    """In a child: sends, and kills itself when it comes to a step."""
    settings, _ = read_settings(snapshot(folder))
    outbox = opened(folder, now)
    transport = SmtpChannel(settings.mail, "", tls_context(folder / "ca" / "ca.pem"))

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    inside = {"queue": (outbox, "_add"), "claim": (outbox, "_note"), "settle": (outbox, "_put")}
    number = 0 if step == "queue" else queued(outbox, folder, now)
    if step in inside:
        setattr(*inside[step], die)
    if step == "queue":
        queued(outbox, folder, now)
    claim = outbox.claim(number)
    if step == "connect":
        die()
    hand_over = partial(outbox.hand_over, claim)
    after = {"hand_over": die, "handed": lambda: (hand_over(), die())}
    answer = transport.deliver(claim, after.get(step, hand_over))
    outbox.settle(claim, answer)
    die()


def test_a_worker_that_slept_too_long_sends_nothing_more(running, clock):
    server, folder = running()
    settings, _ = read_settings(snapshot(folder))
    transport = SmtpChannel(settings.mail, "", tls_context(folder / "ca" / "ca.pem"))
    with opened(folder, clock) as slow, opened(folder, clock) as fast:
        number = queued(slow, folder, clock)

        class Sleeper:
            def deliver(self, claim, hand_over):
                clock.pass_by(4)
                fast.recover()
                deliver_due(fast, {"email": transport}, (number,))
                return transport.deliver(claim, hand_over)

        deliver_due(slow, {"email": Sleeper()}, (number,))
        assert [State.SENT] == [each.state for each in slow.items()]
    assert 1 == len(server.got)
