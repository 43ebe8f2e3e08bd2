"""A package leaves once, over TLS to a server that is trusted."""

import json
import os
import signal
import threading
from base64 import b64encode
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from reporter.data.errors import ReporterError, UsageError
from reporter.data.read.settings import read_settings
from reporter.exchange.send.dispatching import deliver_due
from reporter.exchange.send.message import Claim, State, clean
from reporter.exchange.send.outgoing import read_outgoing
from reporter.exchange.send.smtp import SmtpChannel, tls_context
from tests import post
from tests.send.posting import attachments, begun_together, deliver, opened, program, queued
from tests.snapshots import snapshot


def test_a_package_arrives_byte_by_byte_over_tls_once(running):
    server, folder = running()
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("1 sent: LT-2020.zip to commission, ")
    assert ([True], [post.PACKAGE]) == (server.encrypted, attachments(server.got[0]))
    again = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (0, 1) == (again.returncode, len(server.got))
    assert "it was sent before; nothing is sent now" in again.stderr
    idle = program(folder, "send")
    assert (0, "", "no message is waiting\n") == (idle.returncode, idle.stdout, idle.stderr)


@pytest.mark.parametrize(
    ("command", "reply", "state"),
    [
        ("EHLO", "421 4.3.2 shutting down", State.QUEUED),
        ("RCPT", "450 4.2.0 greylisted, try again later", State.QUEUED),
        ("RCPT", "550 5.1.1 no such user", State.FAILED),
        ("DATA", "452 4.2.2 mailbox is full for now", State.QUEUED),
        ("DATA", "552 5.2.2 mailbox is full", State.FAILED),
        ("DATA", "554 5.7.1 refused by policy", State.FAILED),
    ],
)
def test_what_a_server_answers_decides_the_state(running, clock, command, reply, state):
    server, folder = running()
    server.on[command] = reply
    assert ((state, reply), []) == (deliver(folder, clock), server.got)


@pytest.mark.parametrize(
    ("command", "reply"), [("EHLO", post.drop), ("RCPT", post.drop), ("RCPT", "451 4.7.1 greylisted")]
)
def test_what_has_not_left_is_tried_again_later_and_goes_once(running, clock, command, reply):
    server, folder = running()
    server.on[command] = reply
    first = deliver(folder, clock)
    said = reply if isinstance(reply, str) else f"no connection with localhost:{server.port}: "
    assert (State.QUEUED, said) == (first[0], first[1][: len(said)])
    server.on.clear()
    assert first == deliver(folder, clock)
    clock.pass_by(5)
    assert (State.SENT, 1) == (deliver(folder, clock)[0], len(server.got))


def test_a_server_that_never_takes_it_is_given_up_after_days(running, clock):
    server, folder = running()
    server.on["RCPT"] = "451 4.7.1 greylisted"
    for _ in range(17):
        state, said = deliver(folder, clock)
        clock.pass_by(24 * 60)
    assert (State.FAILED, "given up after 17 tries: 451 4.7.1 greylisted") == (state, said)


def test_a_connection_dropped_after_the_final_dot_leaves_it_unknown(running, clock):
    server, folder = running()
    server.on["DATA"] = post.drop
    state, said = deliver(folder, clock)
    assert (State.UNKNOWN, True) == (state, said.startswith("no answer after the message was handed over: "))
    server.on.clear()
    clock.pass_by(24 * 60)
    assert State.UNKNOWN == deliver(folder, clock)[0]
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (1, "1 unknown: ") == (done.returncode, done.stdout[:11])
    assert "ask commission whether it arrived" in done.stdout
    assert (1, []) == (program(folder, "send").returncode, server.got)
    again = program(
        folder, "outbox", "resend", "1", "--by", "R. Petraitė", "--reason", "they have nothing, by telephone"
    )
    assert (0, 1) == (again.returncode, len(server.got))
    log = program(folder, "outbox", "list", "--log").stdout
    assert "R. Petraitė | number 1 released by a person: they have nothing, by telephone (to unit@commi" in log


def test_a_server_that_falls_silent_after_the_final_dot_leaves_it_unknown(running, clock):
    server, folder = running()
    silent = threading.Event()
    server.on["DATA"] = lambda _: str(silent.wait(1.5)) and "250 OK, late"
    assert State.UNKNOWN == deliver(folder, clock, timeout=0.5)[0]


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
    assert (State.UNKNOWN if uncertain else State.SENT, 0 if step == "handed" else 1) == (item.state, len(server.got))


def _die_at(folder: Path, now, step: str) -> None:
    settings, _ = read_settings(snapshot(folder))
    outbox = opened(folder, now)
    transport = SmtpChannel(settings.mail, "", tls_context(folder / "ca" / "ca.pem"))

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    inside = {"queue": (outbox, "_note"), "claim": (outbox, "_note"), "settle": (outbox, "_put")}
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


def test_of_two_packages_of_an_edition_that_start_at_once_twice_each_one_goes_once(running):
    server, folder = running()
    names = [f"LT-2020-{n}.zip" for n in range(2)]
    for name in names:
        (folder / name).write_bytes(post.packed("commission", name.encode()))
    done = begun_together(folder, [["send", name, "--to", "commission", "--by", "worker"] for name in names * 2])
    listed = json.loads(program(folder, "outbox", "list", "--format", "json").stdout)
    assert (1, ["sent"]) == (len(server.got), [each["state"] for each in listed])
    assert 2 == sum("before:" in each.stderr for each in done)


def test_a_package_that_is_missing_or_empty_is_refused(tmp_path):
    (tmp_path / "empty.zip").touch()
    for name, why in (("none.zip", "No such file"), ("empty.zip", "is empty"), ("", "Is a directory")):
        with pytest.raises(UsageError, match=why):
            read_outgoing(tmp_path / name)


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
    assert (True, []) == ("raise size_limit" in done.stderr, server.got)


def test_what_is_too_large_for_the_server_has_failed(running):
    server, folder = running(size=1_000_000)
    large(folder, 1.4)
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (1, False) == (done.returncode, "MAIL" in server.seen)
    assert "the server takes at most 1,000,000 bytes; the message has 1" in done.stdout


def test_what_a_server_says_becomes_one_line_of_printable_signs():
    assert "550 no [31m such user" == clean("550 no\r\n\x1b[31m such\x00user")
    assert ("x" * 300, "x" * 299 + "…") == (clean("x" * 300), clean("x" * 301))


def test_lines_that_begin_with_dots_arrive_as_they_were(running):
    server, folder = running()
    settings, _ = read_settings(snapshot(folder))
    raw = b"Subject: Dots\r\n\r\n.\r\n..two\r\nin the . middle\r\n.\r\n"
    claim = Claim(SimpleNamespace(address="thb@localhost.test"), raw)
    answer = SmtpChannel(settings.mail, "", tls_context(folder / "ca/ca.pem")).deliver(claim, lambda: None)
    assert (State.SENT, [raw]) == (answer.state, server.got)


def test_a_certificate_of_another_authority_or_server_is_refused(running, clock, tmp_path):
    other = post.authority(tmp_path / "other")
    strange = post.authority(tmp_path / "strange", "smtp.other.internal")
    for options, why in (
        ({"trusted": other}, "is not trusted: "),
        ({"context": strange.context, "trusted": strange}, "Hostname mismatch"),
    ):
        server, folder = running(why[:5], **options)
        state, said = deliver(folder, clock)
        assert (State.FAILED, True, []) == (state, why in said, server.got)


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


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
@pytest.mark.parametrize("implicit", [False, True])
def test_a_server_that_asks_for_a_password_gets_it(running, clock, implicit):
    server, folder = running(log_in=True, user="rapporteur", implicit=implicit)
    assert (State.SENT, 1) == (deliver(folder, clock, password=post.PASSWORD)[0], len(server.got))


def test_a_wrong_password_fails_and_is_told_nowhere(running):
    server, folder = running(log_in=True, user="rapporteur")
    done = program(folder, "send", "LT-2020.zip", "--to", "commission", "-v", password="slaptas-zodis-1")
    assert (1, "1 failed: ", True) == (done.returncode, done.stdout[:10], "535 5.7.8" in done.stdout)
    said = [done.stdout, done.stderr, program(folder, "outbox", "list", "--log").stdout]
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
    with pytest.raises(ReporterError, match="contains no certificates"):
        tls_context(tmp_path / "ca.pem")
