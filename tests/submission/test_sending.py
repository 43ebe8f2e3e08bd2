"""A package leaves once: a mail server on loopback with TLS, six processes at once, kill -9, what servers say."""

import json
import os
import signal
import threading
from email import message_from_bytes
from functools import partial
from pathlib import Path

import pytest

from reporter.load.catalogue import read_settings
from reporter.submission.message_state import State
from reporter.submission.sending import deliver_due
from reporter.submission.smtp import SmtpChannel, tls_context
from tests import post
from tests.snapshots import snapshot
from tests.submission.posting import attachments, begun_together, deliver, opened, program, queued


def listed(folder: Path) -> list[dict]:
    return json.loads(program(folder, "outbox", "--format", "json").stdout)


def test_a_package_arrives_byte_by_byte_over_tls_once(running):
    server, folder = running()
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("1 sent: LT-2020.zip to commission, ")
    assert ([True], [post.PACKAGE]) == (server.encrypted, attachments(server.got[0]))
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


def test_six_processes_at_once_send_one_message(running):
    server, folder = running()
    begun_together(folder, [["send", "LT-2020.zip", "--to", "commission", "--by", "worker"]] * 6)
    assert 1 == len(server.got)
    assert ["sent"] == [each["state"] for each in listed(folder)]
    assert 0 == program(folder, "outbox", "--log").returncode


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


@pytest.mark.parametrize("command", ["EHLO", "RCPT"])
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
    child = os.fork()
    if not child:
        program(folder, "send", "LT-2020.zip", "--to", "commission")
        os._exit(77)
    server.on[command] = lambda _: str(os.kill(child, signal.SIGKILL) or "")
    assert signal.SIGKILL == os.WTERMSIG(os.waitpid(child, 0)[1])


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


def test_of_two_packages_of_an_edition_that_start_at_once_one_goes(running):
    server, folder = running()
    names = [f"LT-2020-{n}.zip" for n in range(4)]
    for name in names:
        (folder / name).write_bytes(post.packed("commission", name.encode()))
    done = begun_together(folder, [["send", name, "--to", "commission", "--by", "worker"] for name in names])
    assert (1, 1) == (len(server.got), [each.returncode for each in done].count(0))
    assert ["sent"] == [each["state"] for each in listed(folder)]
    assert 3 == sum("before:" in each.stderr for each in done)
