"""A workbench whose year is final and packed for a mail server on loopback."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfile
from time import monotonic, sleep

from reporter.exchange.send.message import OutboxItem
from reporter.exchange.send.storage import read_history
from reporter.formats.bagit import BagInfo, pack
from reporter.workbench.release.steps import RunningStep
from reporter.workbench.server.server import Workbench
from tests import post, small
from tests.workbench.serving import OURS, Answer, Asker, come_in, running

RELEASE = "/XX/2020/release"
BOUNDARY = "----WebKitFormBoundary7MA4YWxkTrZu0gW"


def package_for(code: str, place: Path, filling: bytes = post.FILLING) -> Path:
    """A whole package of the small year for a recipient, in its place under a folder."""
    labels = (("Country", "XX"), ("Reference-Year", "2020"), ("Recipient", code))
    path = place / f"build/XX/2020/package/XX-2020-{code}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        info = BagInfo(path.stem, date(2020, 12, 31), "Office", further=labels)
        copyfile(pack(Path(folder) / path.name, {"profile.bin": filling}, info).path, path)
    return path


@dataclass(frozen=True)
class ReleaseBench:
    """A workbench, its folder, and the mail server to which it sends."""

    bench: Workbench
    root: Path
    server: post.Server

    def person(self, name: str = "Ana") -> Asker:
        return come_in(self.bench, name)

    def ended(self) -> RunningStep:
        last = monotonic() + 120
        while self.bench.stepper.running and monotonic() < last:
            sleep(0.02)
        step = self.bench.stepper.last
        assert step
        assert step.news.ended
        return step

    def take(self, asker: Asker, step: str, to: str = "commission", **fields: str) -> tuple[str, str]:
        """Takes a step and waits for its end: what was wrong, and the remedy."""
        answer = asker.post(f"{RELEASE}/{step}", {"to": to, **fields})
        assert 303 == answer.status, answer.text
        told = self.ended().news
        return told.problem, told.hint

    @property
    def history(self) -> tuple[OutboxItem, ...]:
        return read_history(self.root / "submission")

    @property
    def states(self) -> list[str]:
        return [each.state for each in self.history]


@contextmanager
def release_bench(folder: Path, server: post.Server, **changes: object) -> Iterator[ReleaseBench]:
    root = post.workspace(folder, server, **changes)
    (root / small.YEAR).write_text(small.FINAL[small.YEAR])
    package_for("commission", root)
    with running(root) as bench:
        bench.desk.read_now()
        yield ReleaseBench(bench, root, server)


def upload(asker: Asker, path: str, fields: Mapping[str, str], files: Mapping[str, tuple[str, bytes]]) -> Answer:
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    parts += [(f'name="{name}"; filename="{file}"', content) for name, (file, content) in files.items()]
    body = b"".join(
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
        for head, content in parts
    )
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return asker.ask("POST", path, body + f"--{BOUNDARY}--\r\n".encode(), **{"Content-Type": kind, **OURS})
