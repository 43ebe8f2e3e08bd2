"""A snapshot of a workspace: its files by path, each read once."""

import hashlib
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from reporter.data.errors import Finding, Mark, error_at


def checksum(content: bytes | str) -> str:
    return checksum_of((content,))


def checksum_of(pieces: Iterable[bytes | str]) -> str:
    total = hashlib.sha256()
    for piece in pieces:
        total.update(piece.encode() if isinstance(piece, str) else piece)
    return total.hexdigest()


def sums_of(contents: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    return tuple((name, checksum(contents[name])) for name in sorted(contents))


def list_checksum(sums: Mapping[str, str]) -> str:
    """The SHA-256 of a file list with lines `SHA-256 path` as sha256sum prints them, sorted by path."""
    return checksum_of(f"{sums[path]}  {path}\n" for path in sorted(sums))


SETTINGS = "reporter.yaml"
# The folders of a workspace that are read; output is elsewhere.
DATA, TEMPLATES, THEMES, TRANSLATIONS, SCHEMA = "data", "templates", "themes", "translations", "schema"
FOLDERS = (DATA, TEMPLATES, THEMES, TRANSLATIONS, SCHEMA)
# Figures and texts are small: the longest narrative has 54 kB, a message catalogue 330 kB. A theme's font may be large.
LARGEST, LARGEST_TEXT = 1_000_000, 400_000
LARGEST_BINARY = 40_000_000
TYPEFACES = (".ttf", ".otf", ".png", ".jpg")
TEXTS = (".yaml", ".md")
ENDINGS = (".yaml", ".md", ".po", ".html", ".css", ".toml")
PASSED_OVER = "__pycache__"
# A country by one of its files, or by its folder if that cannot be read; a year by its file name. Countries have two
# letters, as ISO 3166-1 and the EU write them (EL for Greece).
COUNTRY = re.compile(rf"{DATA}/([A-Z][A-Z])(?:/[^/]*\.yaml)?", re.ASCII)
YEAR = re.compile(r"([12]\d{3})\.yaml", re.ASCII)
MISSING = "missing-file"


class SourceFile:
    """A file of a snapshot, read once on first use or before it is sent: its bytes, or why it cannot be read."""

    __slots__ = ("_content", "_finding", "_read", "_sha256", "path")

    def __init__(self, path: str, read: Callable[[], bytes | Finding]) -> None:
        self.path = path
        self._read: Callable[[], bytes | Finding] | None = read
        self._content = b""
        self._finding: Finding | None = None
        self._sha256 = ""

    @property
    def content(self) -> bytes:
        """The bytes of the file, empty if it cannot be read."""
        self._once()
        return self._content

    @property
    def finding(self) -> Finding | None:
        """Why the file cannot be read, or None."""
        self._once()
        return self._finding

    @property
    def sha256(self) -> str:
        """The SHA-256 in hexadecimal digits, or what is wrong with a file that cannot be read."""
        if not self._sha256:
            finding = self.finding
            self._sha256 = f"unreadable: {finding.message}" if finding else checksum(self.content)
        return self._sha256

    @property
    def is_read(self) -> bool:
        return self._read is None

    def unread(self) -> "SourceFile":
        return SourceFile(self.path, lambda: self.finding or self.content)

    def _once(self) -> None:
        if self._read is None:
            return
        outcome = self._read()
        self._read = None
        if isinstance(outcome, Finding):
            self._finding = outcome
        else:
            self._content = outcome

    def __reduce__(self) -> "tuple[Callable[..., SourceFile], tuple[str, bytes | Finding]]":
        return _given, (self.path, self.finding or self.content)


def _given(path: str, outcome: bytes | Finding) -> SourceFile:
    return SourceFile(path, lambda: outcome)


class Sources(Mapping[str, SourceFile]):
    """The files of a workspace by path, sorted and immutable. Subsets and overlays share its files."""

    __slots__ = ("_files",)

    def __init__(self, files: Mapping[str, SourceFile]) -> None:
        self._files = dict(sorted(files.items()))

    @classmethod
    def from_contents(cls, contents: Mapping[str, bytes]) -> "Sources":
        return cls({path: _given(path, content) for path, content in contents.items()})

    def __getitem__(self, path: str) -> SourceFile:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __hash__(self) -> int:  # a frozen record may have one as its default
        return id(self)

    def find(self, path: str) -> SourceFile:
        """The file at a path, the unreadable folder on the way to it, or a file with the finding that it is missing."""
        places = (path, *(place.as_posix() for place in PurePosixPath(path).parents))
        existing_path = next((place for place in places if place in self._files), None)
        return SourceFile(path, lambda: missing_file(path)) if existing_path is None else self._files[existing_path]

    def only(self, keep: Callable[[str], bool]) -> "Sources":
        return Sources({path: file for path, file in self._files.items() if keep(path)})

    def below(self, folder: str) -> "Sources":
        start = f"{folder}/"
        return Sources({path.removeprefix(start): file for path, file in self._files.items() if path.startswith(start)})

    def overlay(self, contents: Mapping[str, bytes]) -> "Sources":
        """A new snapshot in which some contents are replaced or added, such as unsaved input."""
        return Sources({**self._files, **Sources.from_contents(contents)})

    def unread(self) -> "Sources":
        return Sources({path: file.unread() for path, file in self._files.items()})

    @property
    def contents(self) -> dict[str, bytes]:
        return {path: file.content for path, file in self._files.items()}


NO_SOURCES = Sources({})


def folder_files(folder: Path) -> Sources:
    """A snapshot of a folder that comes with the program; paths are relative to it."""
    return Sources({path: _of_folder(folder, path) for path in _names(folder, PurePosixPath(), frozenset())})


def file_source(path: Path) -> SourceFile:
    """A finished file of any size, read on first use, or with a finding if it cannot be read."""
    return SourceFile(path.name, lambda: _content(path))


def _content(path: Path) -> bytes | Finding:
    try:
        return path.read_bytes()
    except OSError as problem:
        return _problem(path.name, "unreadable", f"cannot be read: {problem.strerror}", "correct its access rights")


def packaged_file(folder: Path, path: str) -> SourceFile | None:
    """A file in a folder that comes with the program; None if it does not exist or is outside the folder."""
    place = folder / path
    return _of_folder(folder, path) if place.is_file() and _is_inside(place, folder) else None


def folder_sources(root: Path, brought: Container[Path] = ()) -> Sources:
    """A snapshot of a workspace folder without hidden files and the folders `brought`. Reads names only."""
    files = {}
    if os.path.lexists(root / SETTINGS):
        files[SETTINGS] = _of_folder(root, SETTINGS)
    for name in FOLDERS:
        if root / name not in brought:
            files |= {path: _of_folder(root, path) for path in _names(root, PurePosixPath(name), frozenset())}
    return Sources(files)


def _of_folder(root: Path, path: str) -> SourceFile:
    return SourceFile(path, lambda: _read(root, path))


def _names(root: Path, folder: PurePosixPath, above: frozenset[str]) -> Iterator[str]:
    """The paths of all files below a folder; a folder that cannot be listed appears itself."""
    place = root / folder
    real = os.path.realpath(place)
    if not place.is_dir() or real in above:  # a symbolic link in a circle is no folder of files
        return
    try:
        entries = sorted(child.name for child in place.iterdir()) if _is_inside(place, root) else None
    except OSError:
        entries = None
    if entries is None:  # reading it will say why
        yield folder.as_posix()
        return
    for name in entries:
        if name.startswith(".") or name == PASSED_OVER:
            continue
        path = folder / name
        # A folder named like a file takes its place; reading it reports that it is no file.
        if (root / path).is_dir() and path.suffix not in ENDINGS:
            yield from _names(root, path, above | {real})
        else:
            yield path.as_posix()


def _read(root: Path, path: str) -> bytes | Finding:
    place = root / path
    try:
        if not _is_inside(place, root):
            hint = "replace it with the file itself"
            return _problem(path, "outside-workspace", "leads out of the workspace through a symbolic link", hint)
        if place.is_dir():
            next(place.iterdir(), None)  # raises why it cannot be listed
        if place.exists() and not place.is_file():
            # Reading a pipe would never end.
            return _problem(path, "unreadable", "is not a file", "replace it with a text file")
        most = largest_of(path)
        with place.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        return missing_file(path)
    except RuntimeError:
        return _problem(path, "unreadable", "cannot be read: symbolic links form a loop", "correct the links")
    except OSError as problem:
        return _problem(path, "unreadable", f"cannot be read: {problem.strerror}", "correct its access rights")
    if len(content) > most:
        message = f"file is larger than {most // 1000:,} kB"
        return _problem(path, "too-large", message, "keep only figures and text in it")
    return content


def largest_of(path: str) -> int:
    return LARGEST_BINARY if path.endswith(TYPEFACES) else LARGEST_TEXT if path.endswith(TEXTS) else LARGEST


def _is_inside(place: Path, root: Path) -> bool:
    return place.resolve().is_relative_to(root.resolve())


def missing_file(path: str) -> Finding:
    return _problem(path, MISSING, "file is missing", "write it; reporter init DIR --example creates an example")


def _problem(path: str, code: str, message: str, hint: str) -> Finding:
    return error_at(Mark(path), code, message, hint)


def known_countries(sources: Sources) -> tuple[str, ...]:
    return tuple(sorted({match[1] for match in (COUNTRY.fullmatch(path) for path in sources) if match}))


def known_years(sources: Sources, country: str) -> tuple[int, ...]:
    matches = (YEAR.fullmatch(path) for path in sources.below(f"{DATA}/{country}"))
    return tuple(sorted(int(match[1]) for match in matches if match))


INDENTED = (b" ", b"\t", b"#")


def lines_of_keys(content: bytes, keep: Callable[[bytes], bool]) -> bytes:
    """The lines of the YAML keys chosen by their first line; lines before any key are kept."""
    lines, is_kept = [], keep(b"")
    for line in content.splitlines(keepends=True):
        if line.strip() and not line.startswith(INDENTED):
            is_kept = keep(line)
        lines += [line] if is_kept else []
    if lines and not lines[-1].endswith(b"\n"):
        lines.append(b"\n")
    return b"".join(lines)
