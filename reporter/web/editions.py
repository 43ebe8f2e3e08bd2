"""The editions that somebody looks at, made anew when files change. One thread makes them, so that no request does. The
newest reading wins: what was being made when another one came is made once more, and nothing in between."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Condition, Event, Thread

from reporter.errors import DataError, ReporterError
from reporter.produce.drawing import Drawing
from reporter.theme.addresses import Loaded
from reporter.web.desk import FAULT, FAULTS, MAINTAINERS, Desk, Reading
from reporter.web.live_edition import EditionMaker, Known, LiveEdition, Wanted
from reporter.web.news import Announcer
from reporter.web.year_state import YearState

# So many editions are kept up to date; so many earlier files and digests are known.
MOST_WATCHED, MOST_FILES, MOST_KNOWN = 4, 600, 32
# Seconds that a request waits for an edition that is being made, where an older one could be shown.
PATIENCE, LONGEST = 3.0, 60.0


@dataclass(frozen=True, slots=True)
class Made:
    """The edition that was made last, and why none is newer. `reading` is the digest of what was tried last."""

    edition: LiveEdition | None = None
    reading: str = ""
    problem: ReporterError | None = None


class Editions(Announcer):
    """Holds the editions that are looked at, and makes them anew."""

    def __init__(self, desk: Desk, sheet: str) -> None:
        super().__init__()
        self.desk, self.sheet = desk, sheet
        # Where the years of editions stood when they could be read last.
        self.seen: dict[Wanted, YearState] = {}
        self._watched: OrderedDict[Wanted, EditionMaker] = OrderedDict()
        self._made: dict[Wanted, Made] = {}
        self._files: OrderedDict[str, Loaded] = OrderedDict()
        self._known: OrderedDict[str, Mapping[str, str]] = OrderedDict()
        self._shared = Known(desk.memory, Drawing())
        self._changed = Condition()
        self._asked, self._closing = Event(), Event()
        self._thread = Thread(target=self._make_when_asked, name="composing", daemon=True)
        self._leave: Callable[[], object] = lambda: None

    def open(self) -> None:
        self._leave = self.desk.listen(self._asked.set)
        self._thread.start()

    def close(self) -> None:
        """End it; who listens is told."""
        self._leave()
        self._closing.set()
        self._asked.set()
        with self._changed:
            self._changed.notify_all()
        self._tell()
        self._shared.drawing.end()

    @property
    def is_closing(self) -> bool:
        return self._closing.is_set() or self.desk.is_closing

    def watch(self, wanted: Wanted) -> Made:
        """Have an edition kept up to date. Gives what there is of it now."""
        with self._changed:
            if wanted not in self._watched:
                self._watched[wanted] = EditionMaker(self.desk.workspace, wanted, self.sheet, self._shared)
            self._watched.move_to_end(wanted)
            while len(self._watched) > MOST_WATCHED:
                old, _ = self._watched.popitem(last=False)
                self._made.pop(old, None)
            made = self._made.get(wanted, Made())
        if made.reading != self.desk.settled.digest:
            self._asked.set()
        return made

    def last(self, wanted: Wanted) -> Made:
        return self._made.get(wanted, Made())

    def wait(self, wanted: Wanted) -> Made:
        """The edition as of now, or else the last good one. Who has nothing to look at waits until there is
        something."""
        made = self.watch(wanted)
        with self._changed:
            patience = PATIENCE if made.edition else LONGEST
            self._changed.wait_for(lambda: self._is_new(wanted) or self.is_closing, patience)
            return self._made.get(wanted, Made())

    def file(self, name: str) -> Loaded | None:
        return self._files.get(name)

    def known(self, digest: str) -> Mapping[str, str]:
        return self._known.get(digest, {})

    def _is_new(self, wanted: Wanted) -> bool:
        return self._made.get(wanted, Made()).reading == self.desk.settled.digest

    def _make_when_asked(self) -> None:
        while self._asked.wait() and not self._closing.is_set():
            self._asked.clear()
            # The last one that somebody asked for is made first.
            for wanted in reversed(tuple(self._watched)):
                self._renew(wanted)

    def _renew(self, wanted: Wanted) -> None:
        reading, maker = self.desk.settled, self._watched.get(wanted)
        if maker is None or not reading.digest or self._is_new(wanted):
            return
        edition, problem = _try(maker, reading)
        with self._changed:
            before = self._made.get(wanted, Made()).edition
            self._made[wanted] = Made(edition or before, reading.digest, problem)
            if edition:
                self.remember(edition)
            self._changed.notify_all()
        self._tell()

    def remember(self, edition: LiveEdition) -> None:
        for name, file in edition.files.items():
            self._files[name] = file
            self._files.move_to_end(name)
        while len(self._files) > MOST_FILES:
            self._files.popitem(last=False)
        self._known[edition.digest] = edition.digests
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)


def _try(maker: EditionMaker, reading: Reading) -> tuple[LiveEdition | None, ReporterError | None]:
    if reading.checked is None:
        return None, reading.problem or DataError(reading.findings)
    try:
        return maker.make(reading.sources, reading.digest), None
    except ReporterError as problem:
        return None, problem
    except Exception:
        # Whatever is wrong with one state of the files, the next one is tried again.
        FAULTS.exception("the edition could not be made")
        return None, ReporterError(FAULT, hint=MAINTAINERS)
