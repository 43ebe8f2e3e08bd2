"""Lay out a document in this process or in several. The others keep their pieces for the one that joins them."""

import gc
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field

from reporter.errors import ReporterError
from reporter.files.checksum import checksum, checksum_of
from reporter.files.garbage import rarely_freeing, settle
from reporter.files.processes import Helpers
from reporter.pdf.keeping import KeptSteps
from reporter.pdf.layout import Compositor, LaysOut, Step
from reporter.pdf.manuscript import Manuscript, mass_of
from reporter.pdf.paper import load_engine
from reporter.pdf.problems import Problems, collecting
from reporter.pdf.typefaces import Typefaces
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme

CHART = re.compile(r"chart:([\w-]+)")
# Where less is to be laid out, in pages, another process would begin when this one has ended.
WORTH_IT = 4


@dataclass(frozen=True, slots=True)
class Work:
    """The HTML of a document with all that it shows. `images` are the charts by name, `templates` the folders of its
    stylesheets, `kept` the pieces of it that were made before."""

    html: str
    images: Mapping[str, bytes]
    theme: Theme
    templates: Templates
    kept: KeptSteps = field(default_factory=KeptSteps)

    def compositor(self, problems: Problems) -> Compositor:
        """What fills the pages. It keeps every step until something is wrong."""
        manuscript = Manuscript(self.html)
        style = checksum_of((self.kept.design, *(each.text or "" for each in manuscript.styles)))
        pictures = {name: checksum(content) for name, content in self.images.items()}

        def key_of(told: str) -> str:
            charts = (pictures.get(name, "") for name in sorted(set(CHART.findall(told))))
            return checksum_of((style, "\n", told, "\n", *charts))

        def take(told: str, make: Callable[[], Step]) -> Step:
            key = key_of(told)
            found = self.kept.find(key)
            if found is None:
                found = make()
                if not problems.count and not (found.piece and found.piece.lost):
                    self.kept.keep(key, found)
                # The pages of one piece are gone before the next is laid out.
                gc.collect()
            return found

        def begin() -> LaysOut:
            faces = Typefaces(self.theme.fonts, self.kept)
            known = style if self.kept.design else ""
            engine: LaysOut = load_engine().begin(
                manuscript, self.images, self.theme, self.templates, faces, known, problems
            )
            settle()
            return engine

        return Compositor(manuscript, begin, take, lambda told: self.kept.find(key_of(told)) is not None)


class Sharing:
    """Shares the parts of a document with helpers, if there are any. What they cannot do is done here."""

    def __init__(self, work: Work, helpers: Helpers | None) -> None:
        self.work, self.helpers = work, helpers
        self.waiting: list[Future[Mapping[str, bytes]]] = []

    def begin(self, compositor: Compositor) -> Sequence[int]:
        """Let others begin; returns which parts are to be filled here first."""
        own, *others = _shares(compositor, 1 + (self.helpers.count if self.helpers else 0))
        if self.helpers:
            with suppress(BrokenProcessPool):
                self.waiting.extend(self.helpers.give(_fill, self.work, each) for each in others)
        return own

    def wait(self) -> None:
        for each in self.waiting:
            with suppress(BrokenProcessPool, ReporterError):
                self.work.kept.known.update(each.result())

    def close(self) -> None:
        """Let nothing begin that has not begun, as when something is wrong."""
        for each in self.waiting:
            each.cancel()


def _shares(compositor: Compositor, processes: int) -> list[list[int]]:
    """Which parts each process fills. The first has most to do, for it runs already."""
    if processes == 1:
        return [[]]
    due = {n: mass_of(part) for n, (part, _) in enumerate(compositor.parts) if not compositor.begun(n)}
    shares: list[list[int]] = [[] for _ in range(processes)]
    if sum(due.values()) >= WORTH_IT:
        for number in sorted(due, key=lambda n: -due[n]):
            min(shares, key=lambda share: sum(due[n] for n in share)).append(number)
    shares.sort(key=lambda share: -sum(due[n] for n in share))
    return [shares[0], *(share for share in shares[1:] if share)]


def _fill(work: Work, numbers: Sequence[int]) -> Mapping[str, bytes]:
    """Fill some parts, in another process; returns what it kept in memory."""
    with rarely_freeing(), collecting() as problems:
        compositor = work.compositor(problems)
        for number in numbers:
            compositor.filled(number)
    return work.kept.known
