"""An outbox with a message in it, and workers that take it."""

from datetime import UTC, datetime
from pathlib import Path

from reporter.data.errors import Mark
from reporter.data.files.sources import checksum
from reporter.data.records import Audience, Channel, Label, Recipient
from reporter.exchange.send.message import Answer, State, to_folder
from reporter.exchange.send.outbox import Outbox
from reporter.exchange.send.outgoing import OutgoingFile
from tests import small  # noqa: F401 - its profile: no deadline

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


SENT, TAKEN_BACK = Answer(State.SENT, "250 OK"), Answer(State.QUEUED, "451 later")


def recipient(code: str = "eurostat", folder: str = "edamis") -> Recipient:
    words = Label((("en", code),))
    return Recipient(
        code=code,
        channel=Channel.FOLDER,
        address=folder,
        language="en",
        gets=(),
        audience=Audience.PUBLIC,
        name=words,
        salutation=words,
        mark=Mark("reporter.yaml"),
    )


def parcel(text: str = "content") -> OutgoingFile:
    return OutgoingFile("LT-2020.zip", text.encode(), checksum(text.encode()))


def queued(outbox: Outbox, text: str = "content", code: str = "eurostat") -> int:
    to = recipient(code)
    return outbox.queue(parcel(text), to, to_folder(parcel(text), to))


def opened(folder: Path, *, who="tester", now=lambda: NOON, holder="here/1", is_dead=lambda _: False) -> Outbox:
    return Outbox(folder, who=who, now=now, holder=holder, is_dead=is_dead)
