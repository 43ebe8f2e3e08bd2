"""Packages on their way to a mail server on loopback."""

import os
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import SMTP
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from reporter.cli.group import run
from reporter.data.files.sources import checksum
from reporter.data.i18n import load_locale
from reporter.data.read.settings import read_settings
from reporter.exchange.send.dispatching import compose, deliver_due
from reporter.exchange.send.outbox import Outbox
from reporter.exchange.send.outgoing import OutgoingFile, read_package
from reporter.exchange.send.smtp import SmtpChannel, tls_context
from tests import post
from tests.snapshots import snapshot, translated

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def pass_by(self, minutes: int) -> None:
        self.time += timedelta(minutes=minutes)


def opened(folder: Path, now, *, is_dead=lambda _: False) -> Outbox:
    return Outbox(folder / "submission", who="tester", now=now, holder="here/1", is_dead=is_dead)


def queued(outbox: Outbox, folder: Path, now, code="commission") -> int:
    settings = settings_of(folder)
    to, package = settings.recipient(code), read_package(folder / "LT-2020.zip")
    return outbox.queue(package, to, compose(package, to, settings, load_locale(to.language), now()))


def deliver(folder: Path, now, *, password="", timeout=5.0) -> tuple[str, str]:
    settings, _ = read_settings(snapshot(folder))
    with opened(folder, now) as outbox:
        number = queued(outbox, folder, now)
        transport = SmtpChannel(settings.mail, password, tls_context(folder / "ca" / "ca.pem"), timeout)
        deliver_due(outbox, {"email": transport}, (number,))
        (item, *_) = outbox.items(number)
        assert () == outbox.damage()
    return item.state, item.answer


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def program(folder: Path, *arguments: str, password: str = "") -> Done:
    out, err = StringIO(), StringIO()
    environment = {"REPORTER_SMTP_PASSWORD": password, "LOGNAME": "adviser"}
    with chdir(folder), patch.dict(os.environ, environment), redirect_stdout(out), redirect_stderr(err):
        code = run([*arguments])
    return Done(code, out.getvalue(), err.getvalue())


def begun_together(folder: Path, commands: Sequence[Sequence[str]]) -> list[Done]:
    ready, start = os.pipe()
    children = []
    for number, words in enumerate(commands):
        child = os.fork()
        if not child:
            os.close(start)
            os.read(ready, 1)
            done = program(folder, *words)
            (folder / f"done-{number}").write_text(done.stderr)
            os._exit(done.returncode)
        children.append(child)
    os.close(start)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    os.close(ready)
    return [Done(code, "", (folder / f"done-{number}").read_text()) for number, code in enumerate(codes)]


def attachments(raw: bytes) -> list[bytes]:
    return [each.get_content() for each in message_from_bytes(raw, policy=SMTP).iter_attachments()]


def settings_of(folder):
    settings, tree = read_settings(snapshot(folder))
    assert [] == [str(each) for each in tree.findings]
    return settings


def parcel(name="LT-2020.zip", content=post.FILLING) -> OutgoingFile:
    return OutgoingFile(name, content, checksum(content))


def composed(folder, code="commission", **changes):
    settings = settings_of(folder)
    to = replace(settings.recipient(code), **changes.pop("recipient", {}))
    locale = translated(to.language)
    return compose(changes.pop("parcel", parcel()), to, settings, locale, NOON)
