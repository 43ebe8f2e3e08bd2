"""Compare the figures and texts of a package across its files."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from reporter.files.checksum import checksum
from reporter.roundtrip.attached import attached_observations, attachment_differences
from reporter.roundtrip.machine import figure_differences, read_json, read_workbook
from reporter.roundtrip.package_names import BOOK, EDITION, METHODS, OBSERVED, SOURCE, is_known
from reporter.roundtrip.stated import Figures, MalformedFileError, figures_of, read_lines
from reporter.roundtrip.text import text_differences

MOST_FIGURES, MOST_PDF = 16 << 20, 64 << 20
MOST_TOLD = 20
# Files of all figures; what others are held against comes first.
RANKS = (".csv", ".pdf", "json", "xlsx")
STRANGE = "has a name that no file of a package has: nobody can tell whether its figures are the same"


class Files(Protocol):
    """The files of a package, as the comparison reads them."""

    @property
    def names(self) -> Sequence[str]:
        """The names of the files."""

    def size(self, name: str) -> int:
        """Size of a file in bytes."""

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a file, in pieces."""


class CrossCheck(NamedTuple):
    """What was compared, and what is wrong. `seen` are lines for people, `wrong` pairs of file and message."""

    seen: tuple[str, ...]
    wrong: tuple[tuple[str, str], ...]


class Observed(NamedTuple):
    """The figures that a file states: its name, language, SHA-256. The checksum is that of the CSV, which may be
    attached; of other forms it is empty."""

    name: str
    language: str
    checksum: str
    figures: Figures

    @property
    def place(self) -> str:
        return "the CSV" if self.name.endswith(".csv") else self.name.rpartition("/")[2]


Places = Iterator[tuple[str, Iterable[str]]]


def compare(files: Files) -> CrossCheck:
    """Compare the figures of all files, and PDFs with their pages. Every file of all figures is held against the CSV in
    its language, else against the first CSV. Without a CSV the file attached to a PDF stands in for it, else the JSON
    or the workbook."""
    seen: list[str] = []
    wrong: list[tuple[str, str]] = []
    known: list[Observed] = []
    for name in sorted(filter(_language, files.names), key=lambda name: RANKS.index(name[-4:])):
        try:
            found = _observed(files, name)
            differing = [*_differences(found, known)]
        except MalformedFileError as problem:
            wrong.append((name, str(problem)))
        else:
            seen.append(f"the same in {name}" if known else f"figures in {name}: {len(found.figures.lines)}")
            known.append(found)
            wrong += ((name, each) for each in _first(differing))
    for name, told in (
        *_attached(files),
        *_texts(files),
        *((name, [STRANGE]) for name in files.names if not is_known(name)),
    ):
        try:
            wrong += ((name, each) for each in _first([*told]))
        except MalformedFileError as problem:
            wrong.append((name, str(problem)))
    bad = {name for name, _ in wrong}
    return CrossCheck(
        tuple(line for line in seen if line.removeprefix("the same in ") not in bad), tuple(dict.fromkeys(wrong))
    )


def _first(messages: Sequence[str]) -> Iterator[str]:
    yield from messages[:MOST_TOLD]
    if len(messages) > MOST_TOLD:
        yield f"and {len(messages) - MOST_TOLD} more differences"


def _language(name: str) -> str:
    """The language of a file that states all figures, else empty."""
    found = OBSERVED.fullmatch(name) or BOOK.fullmatch(name) or EDITION.fullmatch(name)
    return "" if found is None or name.endswith(".html") else found["language"]


def _observed(files: Files, name: str) -> Observed:
    """Read the figures that a file states. Raises MalformedFileError when it states none."""
    content, language = _read_file(files, name), _language(name)
    if name.endswith("json"):
        return Observed(name, language, "", read_json(content))
    if name.endswith("xlsx"):
        return Observed(name, language, "", read_workbook(content))
    if name.endswith(".pdf"):
        content = attached_observations(content)
    lines = io.StringIO(content.decode("utf-8", errors="replace"), newline="")
    return Observed(name, language, checksum(content), figures_of(read_lines(lines)))


def _differences(found: Observed, known: Sequence[Observed]) -> Iterator[str]:
    base = next((each for each in known if each.language == found.language), known[0] if known else None)
    # Where it is the CSV itself, byte for byte, it states the same.
    if base is None or (found.checksum and found.checksum == base.checksum):
        return
    within = "in the file attached, " if found.name.endswith(".pdf") else ""
    alike = True
    same_words = base.language == found.language
    for each in figure_differences(base.figures, found.figures, same_words=same_words, place=base.place):
        alike = False
        yield f"{within}{each}"
    if alike and within and base.checksum and same_words:
        yield f"the file of all figures attached is not {base.place}, byte for byte"


def _attached(files: Files) -> Places:
    sources = {
        f"{found['country']}-{found['year']}.yaml": _read_file(files, name)
        for name in files.names
        if (found := SOURCE.fullmatch(name))
    }
    pages = _pages(files)
    for name in files.names:
        match = EDITION.fullmatch(name)
        if match and match["form"] == "pdf":
            yield name, _attached_to(files, name, sources, pages.get((EDITION, match["language"]), ""))


def _attached_to(files: Files, name: str, sources: Mapping[str, bytes], page: str) -> Iterator[str]:
    yield from attachment_differences(_read_file(files, name), sources, _read_file(files, page) if page else None)


def _pages(files: Files) -> dict[tuple[re.Pattern[str], str], str]:
    return {
        (volume, match["language"]): name
        for name in files.names
        for volume in (EDITION, METHODS)
        if (match := volume.fullmatch(name)) and match["form"] == "html"
    }


def _texts(files: Files) -> Places:
    pages = _pages(files)
    for name in files.names:
        for volume, another in ((EDITION, METHODS), (METHODS, EDITION)):
            match = volume.fullmatch(name)
            page = pages.get((volume, match["language"])) if match and match["form"] == "pdf" else None
            if match and page:
                yield name, _text_of(files, name, page, pages.get((another, match["language"]), ""))


def _text_of(files: Files, name: str, page: str, beside: str) -> Iterator[str]:
    other = _read_file(files, beside) if beside else b""
    yield from text_differences(_read_file(files, name), _read_file(files, page), other)


def _read_file(files: Files, name: str) -> bytes:
    """Read a file whole. Raises MalformedFileError when it is larger than any should be."""
    most = MOST_PDF if name.endswith(".pdf") else MOST_FIGURES
    if files.size(name) > most:
        page = f"{name.rpartition('/')[2]} beside it " if name.endswith(".html") else ""
        raise MalformedFileError(f"{page}is larger than {most >> 20} MiB")
    return b"".join(files.pieces(name))
