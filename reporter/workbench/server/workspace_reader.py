"""The workspace as last read. Requests never wait for it, except one that has just written and shows the result. A
thread reads the files, one reading at a time, again after each change."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from threading import Event, Lock, Thread

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reporter.data.errors import DataError, Finding, ReporterError
from reporter.data.files.processes import rarely_freeing
from reporter.data.files.published import COPY
from reporter.data.files.sources import NO_SOURCES, SETTINGS, Sources, known_countries, list_checksum
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.records import CountryData, Dataset, Passage, with_reason
from reporter.editions.all_findings import check_all, load_all
from reporter.editions.checked import OF_TEXT, CheckedDataset, is_of_country, passage_at
from reporter.editions.program import check_digest
from reporter.editions.search_cache import KeptFindings, findings_of
from reporter.exchange.send.message import OutboxItem
from reporter.exchange.send.storage import read_history
from reporter.text.markdown import printed_passages

# Seconds between empty lines, without which proxies would close a silent connection.
BREATH = 20.0


class News:
    """Notifies its listeners, from any thread, until it is closed."""

    def __init__(self) -> None:
        self.is_closing = False
        self._listeners: set[Callable[[], object]] = set()

    def listen(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call a function at each announcement, in another thread, until the returned function is called."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    def tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def close(self) -> None:
        self.is_closing = True
        self.tell()


async def events(request: Request) -> Response:
    """The one stream of a browser: the digest of each reading, and a notice of finished or progressing work, for which
    pages ask themselves. The present reading comes first: a page that lost the connection may be outdated."""
    desk = request.app.state.desk

    async def stream() -> AsyncIterator[str]:
        loop, changed = asyncio.get_running_loop(), asyncio.Event()
        leave = desk.news.listen(lambda: loop.call_soon_threadsafe(changed.set))
        try:
            yield "retry: 1000\n\n"
            for number in count(1):
                if desk.news.is_closing:
                    break
                changed.clear()
                if desk.reading.digest:
                    yield f"event: files\ndata: {desk.reading.digest}\n\n"
                    yield f"event: made\ndata: {number}\n\n"
                while not changed.is_set():
                    try:
                        await asyncio.wait_for(changed.wait(), BREATH)
                    except TimeoutError:
                        yield ": \n\n"
        finally:
            leave()

    return StreamingResponse(stream(), media_type="text/event-stream")


SHORT = 16
FAULTS = logging.getLogger(__name__)
FAULT = "fault in the program"
MAINTAINERS = "the terminal shows what happened; send that to the maintainers"


@dataclass(frozen=True, eq=False)
class Reading:
    """The workspace as read. `digest` is its files'; `checked` are all countries, None before the first reading and
    without a dataset (see `problem`). `findings` are in file order; `changed` files differ from the reading before."""

    digest: str = ""
    sources: Sources = NO_SOURCES
    checked: CheckedDataset | None = None
    findings: tuple[Finding, ...] = ()
    changed: tuple[str, ...] = ()
    history: tuple[OutboxItem, ...] = ()
    problem: ReporterError | None = None

    @property
    def is_empty(self) -> bool:
        return bool(self.digest) and self.problem is None and SETTINGS not in self.sources


class Desk:
    """The last reading of a workspace; announces new ones. `reading` includes later edits with earlier findings,
    `settled` is the last one checked. It is `unsure` while edits other than text decisions are unchecked."""

    def __init__(self, workspace: Workspace, today: Callable[[], date]) -> None:
        self.workspace, self.today, self.news = workspace, today, News()
        self.reading = self.settled = Reading()
        self.unsure = False
        # A folder that the first page proposes does not exist yet.
        self.was_there = workspace.root.is_dir()
        # Findings on unchanged files; never written to disk.
        self.memory = Memory()
        self._one_at_a_time, self._taking = Lock(), Lock()
        self._written = 0
        self._asked, self._closing = Event(), Event()
        self._reader = Thread(target=self._read_when_asked, name="reading", daemon=True)

    def open(self) -> None:
        self._asked.set()
        self._reader.start()

    def close(self) -> None:
        """End it and notify listeners."""
        self._closing.set()
        self._asked.set()
        self.news.close()

    def read_if_changed(self) -> None:
        """Read the files if another program changed them; the workbench's own edits are known."""
        try:
            sources, history, _ = self._snapshot()
        except ReporterError:
            sources, history = NO_SOURCES, ()
        now = self.reading
        if now.checked is None or history != now.history or _sums(sources) != _sums(now.sources):
            self.read_now()

    def look_again(self) -> None:
        """Announce that files may have changed; they are read soon."""
        self._asked.set()

    def take_in(self, *, decides: bool = False) -> None:
        """Show the latest edits with earlier findings; they are checked afterwards."""
        with self._taking:
            self._written += 1
            self.unsure = self.unsure or not decides
        try:
            with self._taking:
                self.reading = self._laid_over(self.reading)
        except ReporterError:
            self.read_now()
        self.look_again()

    def forget(self, finding: Finding) -> None:
        """Hide a finding that was just fixed; if it persists, the check finds it again."""
        with self._taking:
            now = self.reading
            if now.checked:
                rest, left = (
                    tuple(other for other in of if other != finding) for of in (now.checked.findings, now.findings)
                )
                self.reading = replace(now, checked=replace(now.checked, findings=rest), findings=left)

    def _laid_over(self, reading: Reading) -> Reading:
        """The present files with earlier findings. Raises ReporterError where they make no dataset."""
        if reading.checked is None:
            raise DataError(reading.findings)
        sources, history, _ = self._snapshot()
        checked = reading.checked
        dataset = load_all(sources, known_countries(sources), self.memory)
        items, all_found = (_answered(old, checked.dataset, dataset) for old in (checked.findings, reading.findings))
        checked = replace(checked, dataset=dataset, findings=items)
        # Pages are renewed after the check even if the files are then as before.
        digest = f"{reading.digest.partition('+')[0]}+{self._written}"
        return replace(reading, digest=digest, sources=sources, checked=checked, findings=all_found, history=history)

    def _settle(self, read: Reading, written: int) -> None:
        """Accept a finished check, with the edits made since."""
        with self._taking:
            self.settled = now = read
            if written == self._written:
                self.unsure = False
            else:
                with suppress(ReporterError):
                    now = self._laid_over(read)
            self.reading = now

    def read_now(self) -> Reading:
        with self._one_at_a_time:
            written, previous = self._written, self.reading
            self.was_there = self.was_there or self.workspace.root.is_dir()
            sources, history, digest = self._snapshot()
            read = self.settled
            if digest != read.digest:
                old, new = _sums(read.sources), _sums(sources)
                differing = (path for path in old.keys() | new.keys() if old and old.get(path) != new.get(path))
                changed = tuple(sorted(path for path in differing if not bool(COPY.fullmatch(path))))
                with rarely_freeing():
                    read = replace(self._read(sources, digest), history=history, changed=changed)
            self._settle(read, written)
        # An edit undone before its check needs no check, but must be shown.
        if self.reading is not previous:
            self.news.tell()
        return self.reading

    def _read_when_asked(self) -> None:
        while self._asked.wait() and not self._closing.is_set():
            self._asked.clear()
            self.read_now()

    def _snapshot(self) -> tuple[Sources, tuple[OutboxItem, ...], str]:
        sources = self.workspace.snapshot()
        sums = _sums(sources)
        try:
            history = read_history(self.workspace.outbox)
        except ReporterError as problem:
            # The outbox is unreadable; figures and texts can be shown.
            history = ()
            sums[str(self.workspace.outbox)] = str(problem)
        sums["history"] = repr(history)
        return sources, history, list_checksum(sums)[:SHORT]

    def _read(self, sources: Sources, digest: str) -> Reading:
        if SETTINGS not in sources:
            return Reading(digest, sources)
        cache = KeptFindings(
            folder=findings_of(self.workspace),
            program=check_digest(),
            sources=sources,
            question="the workbench",
            memory=self.memory,
        )
        try:
            checked, findings = check_all(cache.sources, known_countries(sources), cache)
        except DataError as problem:
            return Reading(digest, sources, findings=problem.findings, problem=problem)
        except ReporterError as problem:
            return Reading(digest, sources, problem=problem)
        except Exception:
            # An error in one state of the files must not stop later readings.
            FAULTS.exception("the workspace could not be read")
            return Reading(digest, sources, problem=ReporterError(FAULT, hint=MAINTAINERS))
        return Reading(digest, sources, checked, findings)


def _sums(sources: Sources) -> dict[str, str]:
    return {path: file.sha256 for path, file in sources.items()}


def _answered(findings: tuple[Finding, ...], before: Dataset, now: Dataset) -> tuple[Finding, ...]:
    """Earlier findings, with new reasons and without removed ones; of waiting texts, those that still wait."""
    languages = now.settings.languages
    for data in now.countries:
        code, old = data.country.code, before.country(data.country.code)
        if old and old.accepted != data.accepted:
            own = {finding: with_reason(finding, data.accepted, languages) for finding in findings}
            findings = tuple(own[finding] if is_of_country(finding, code) else finding for finding in findings)
        if old and (old.still_holds, old.passages) != (data.still_holds, data.passages):
            findings = tuple(_in_texts(findings, old, data, languages))
    return findings


def _in_texts(
    findings: Iterable[Finding], before: CountryData, data: CountryData, languages: tuple[str, ...]
) -> Iterator[Finding]:
    """Findings without those on words that were changed since, are no longer printed by any edition, or are decided."""
    decided = {(confirmation.year, name) for confirmation in data.still_holds for name in confirmation.texts}
    printed: dict[int, set[Hashable]] = {}
    for finding in findings:
        year, of_text = finding.since, OF_TEXT.match(finding.mark.path) and is_of_country(finding, data.country.code)
        if where := passage_at(finding, before.passages) if of_text else None:
            if year not in printed:
                passages = (one for one in data.passages if one.is_of(year))
                printed[year] = {_words(one) for one in printed_passages(passages, languages, languages)}
            is_decided = finding.undecided and not {(year, where.name), (year, where.section)}.isdisjoint(decided)
            if is_decided or _words(where) not in printed[year]:
                continue
        yield finding


def _words(passage: Passage) -> Hashable:
    headline = passage.headline.markdown if passage.headline else ""
    return passage.year, passage.language, passage.name, passage.markdown, headline


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk
