"""The workbench on a real port, what asks it, and what its pages say."""

import http.client
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from urllib.parse import urlencode, urlsplit

from reporter.data.files.workspace import Workspace
from reporter.workbench.server.server import ServeRequest, Workbench

TODAY = date(2021, 11, 2)
OURS = {"Sec-Fetch-Site": "same-origin"}
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def title(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.S)
        return re.sub(r"<[^>]*>", "", found[1]).strip() if found else ""

    @property
    def main(self) -> str:
        return words(re.search(r"<main.*</main>", self.text, re.S)[0])


@dataclass(frozen=True)
class Asker:
    """A browser, as far as the guard sees one."""

    port: int
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            told = {"Host": f"127.0.0.1:{self.port}", **self.headers, **headers}
            if body is not None:
                told.setdefault("Content-Length", str(len(body)))
            for name, value in told.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            got = connection.getresponse()
            told = {name.lower(): value for name, value in got.getheaders()}
            # A stream of events has no end.
            streams = told.get("content-type", "").startswith("text/event-stream")
            return Answer(got.status, told, got.readline() if streams else got.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        body = urlencode(fields).encode()
        return self.ask("POST", path, body, **{"Content-Type": FORM, **OURS, **headers})

    def knowing(self, **headers: str) -> "Asker":
        return replace(self, headers={**self.headers, **headers})

    def undo(self, here: str, which: str = "undo") -> Answer:
        return self.post("/undo", {"line": self.undoable(here, which), "here": here})

    def undoable(self, here: str, which: str = "undo") -> str:
        """The name of what the foot of a page would take back, or write again; empty where there is nothing."""
        found = re.search(rf'name="line" value="([^"]*)"><button class="link" id="take-{which}"', self.get(here).text)
        return found[1] if found else ""


@contextmanager
def running(root: Path, **asked: object) -> Iterator[Workbench]:
    bench = Workbench(ServeRequest(Workspace(root), asked.pop("today", lambda: TODAY), **asked))
    thread = Thread(target=bench.serve_requests, daemon=True)
    thread.start()
    last = monotonic() + 30
    while not bench.started and monotonic() < last:
        sleep(0.01)
    try:
        yield bench
    finally:
        bench.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def stranger(bench: Workbench) -> Asker:
    return Asker(bench.port)


def come_in(bench: Workbench, person: str = "") -> Asker:
    """Somebody who opened the address that was printed; perhaps one whose name this browser knows."""
    asker = stranger(bench)
    answer = asker.get(urlsplit(bench.new_address()).path)
    assert 200 == answer.status
    known = f"; reporter-person={person}" if person else ""
    return asker.knowing(Cookie=answer.headers["set-cookie"].partition(";")[0] + known)


def until_made(asker: Asker, path: str) -> Answer:
    """What comes when a page that waits for another process is asked again."""
    last = monotonic() + 120
    answer = asker.get(path)
    making = (b"are being laid out", b"The comparison is being made", b"Checking what readers", b"being worked out.")
    while any(each in answer.body for each in making) and monotonic() < last:
        sleep(0.1)
        answer = asker.get(path)
    return answer


def words(html: str) -> str:
    plain = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", " ", html, flags=re.S)
    return " ".join(unescape(plain).replace("\u00a0", " ").replace("\u2060", "").split())


def hidden(html: str) -> dict[str, str]:
    found = re.findall(r'name="([^"]*)" value="([^"]*)"', html)
    return {unescape(name): unescape(value) for name, value in found}
