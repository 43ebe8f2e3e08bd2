"""Load a theme: a folder with colours, palette and fonts, shared by stylesheets and charts."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from reporter.data.errors import DataError, Finding, Mark, error_at, nearest
from reporter.data.files.sources import MISSING, NO_SOURCES, THEMES, SourceFile, Sources, folder_files

DEFAULT, TOKENS, SHEET, FONTS = "ministry", "theme.toml", "theme.css", "fonts"
NAME = re.compile("[a-z0-9][a-z0-9-]*")
COLOUR = re.compile("#[0-9A-Fa-f]{6}")
FAMILY = re.compile(r"[\w -]{1,100}")
FONT = re.compile(r"\w[\w.-]{0,99}\.ttf")
# The first bytes of a TrueType font, the only kind that charts can use.
TRUETYPE = (b"\0\1\0\0", b"true")
# The least number of families.
FAMILIES = 3
COLOURS = (
    "ink",
    "text",
    "secondary",
    "rule",
    "hairline",
    "tile",
    "note",
    "gold",
    "accent",
    "paper",
    "ground",
    "alert",
    "now",
    "before",
    "earlier",
    "tint",
    "caution",
    "caution-tint",
    "land",
    "soft",
)
# Dark screens use all colours but those of the cover.
NIGHT = (*(name for name in COLOURS if name not in ("gold", "ground", "alert", "soft")), "alert")
CHOSEN = Mark("reporter.yaml")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FontFace:
    """A static font file with family, weight and style. `address` is its URL for pages. `path` is the program's file;
    for a font of a workspace it is None, and `content` has the file."""

    family: str
    address: str
    weight: int
    style: str
    path: Path | None = None
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Theme:
    """The tokens of a theme's folder. `night` has the colours for dark screens, `cover_named` that of countries named
    on the cover. `files` are the folder's files by name; `assets` is the program's folder of fonts, flags and maps."""

    name: str
    files: Mapping[str, bytes]
    assets: Path
    colours: Mapping[str, str]
    night: Mapping[str, str]
    cover_land: str
    cover_named: str
    fonts: tuple[FontFace, ...]

    @property
    def family(self) -> str:
        """The font family of text and charts: the first in the theme."""
        return self.fonts[0].family


def load_theme(assets: Path, name: str = DEFAULT, own: Sources = NO_SOURCES, chosen: Mark = CHOSEN) -> Theme:
    """Load a theme by name, from `themes/NAME` of the workspace, else the program's `assets/themes/NAME`. `chosen` is
    where the name is written. Raises DataError with everything wrong with the theme."""
    source = _find(assets, name, own, chosen)
    tokens = _Tokens(source)
    theme = Theme(
        name=name,
        files=source.files.contents,
        assets=assets,
        colours={key: tokens.colour("colours", key) for key in (*COLOURS, *tokens.further("colours", COLOURS))},
        night={key: tokens.colour("night", key) for key in NIGHT},
        cover_land=tokens.colour("map", "cover-land"),
        cover_named=tokens.colour("map", "cover-named"),
        fonts=_fonts(tokens, assets),
    )
    if tokens.findings:
        raise DataError(tuple(sorted(tokens.findings, key=lambda finding: finding.mark)))
    return theme


def known_themes(assets: Path, own: Sources) -> tuple[str, ...]:
    brought = {path.name for path in (assets / THEMES).iterdir() if path.is_dir()}
    return tuple(sorted(brought | {path.partition("/")[0] for path in own.below(THEMES)}))


@dataclass(frozen=True, slots=True)
class _Source:
    """The files of a theme's folder, and its `name` in messages."""

    files: Sources
    name: str


def _find(assets: Path, name: str, own: Sources, chosen: Mark) -> _Source:
    brought = folder_files(assets / THEMES / name) if NAME.fullmatch(name) else NO_SOURCES
    places = (_Source(own.below(f"{THEMES}/{name}"), f"{THEMES}/{name}"), _Source(brought, f"assets/{THEMES}/{name}"))
    source = next((place for place in places if place.files), None)
    unlisted = own.find(f"{THEMES}/{name}").finding
    if unlisted and unlisted.code != MISSING:
        raise DataError((unlisted,))
    if source is None or not NAME.fullmatch(name):
        near = nearest(name, known_themes(assets, own))
        hint = f"{near}; a theme of your own is a folder themes/NAME with a file {TOKENS}"
        raise DataError((error_at(chosen, "unknown-theme", f"unknown theme {name!r}", hint),))
    if faulty := tuple(file.finding for file in source.files.values() if file.finding):
        raise DataError(faulty)
    return source


def _fonts(tokens: "_Tokens", assets: Path) -> tuple[FontFace, ...]:
    listed = tokens.data.get("fonts", [])
    faces = [_face(tokens, assets, number) for number in range(len(listed) if isinstance(listed, list) else 0)]
    upright = {face.family for face in faces if face and face.style == "normal"}
    if None not in faces and len(upright) < FAMILIES:
        hint = "list families for text, for serif text and for display, in this order, each with [[fonts]]"
        tokens.error("theme-token", f"fonts: {len(upright)} upright families of {FAMILIES}", hint, "fonts")
    return tuple(face for face in faces if face)


def _face(tokens: "_Tokens", assets: Path, number: int) -> FontFace | None:
    """Read an entry of `[[fonts]]`, a font of the theme or shared; None, with a finding, if it cannot be used."""
    at = ("fonts", str(number))
    family, file = (tokens.value(at, key, "") for key in ("family", "file"))
    weight, style = tokens.value(at, "weight", 400), tokens.value(at, "style", "normal", needed=False)
    if not FAMILY.fullmatch(family) or style not in ("normal", "italic") or not 1 <= weight <= 1000:
        hint = 'write family = "Name", weight = 400 and, for italics, style = "italic"'
        tokens.error("theme-token", f"not a font face: {family!r}, {weight}, {style!r}", hint, *at)
        return None
    own = tokens.source.files.get(file)
    path = assets / FONTS / file
    if not FONT.fullmatch(file) or (own is None and not path.is_file()):
        hint = f"put the .ttf file into {tokens.source.name}, or name one of the program's assets/fonts"
        tokens.error("missing-font", f"there is no font file {file!r}", hint, *at, "file")
        return None
    if _begins(path if own is None else own) not in TRUETYPE:
        hint = "use a static .ttf; charts cannot read WOFF2 or OpenType with PostScript outlines"
        tokens.error("missing-font", f"{file} is not a TrueType font", hint, *at, "file")
    if own:
        return FontFace(family=family, address=f"theme:{file}", weight=weight, style=style, content=own.content)
    return FontFace(family=family, address=f"asset:{FONTS}/{file}", weight=weight, style=style, path=path)


def _begins(font: Path | SourceFile) -> bytes:
    if isinstance(font, SourceFile):
        return font.content[:4]
    with font.open("rb") as file:
        return file.read(4)


@dataclass(slots=True)
class _Tokens:
    """The content of a theme's file, and its findings."""

    source: _Source
    data: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        try:
            text = self.source.files[TOKENS].content.decode()
            self.lines = _lines(text)
            self.data = tomllib.loads(text)
        except KeyError:
            raise self._unreadable("file is missing", 1) from None
        except RecursionError:
            raise self._unreadable("brackets are nested too deeply", 1) from None
        except ValueError as problem:
            match = re.search(r"line (\d+)", str(problem))
            raise self._unreadable(f"not valid TOML: {problem}", int(match[1]) if match else 1) from None

    def _unreadable(self, message: str, line: int) -> DataError:
        place = Mark(f"{self.source.name}/{TOKENS}", line)
        hint = "start with a copy of the program's themes/ministry; reporter admin doctor shows where it is"
        return DataError((error_at(place, "theme-token", message, hint),))

    def error(self, code: str, message: str, hint: str, *keys: str) -> None:
        """Add a finding at the line of these keys, else of the nearest table around them."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        place = Mark(f"{self.source.name}/{TOKENS}", self.lines.get(keys, 1))
        self.findings.append(error_at(place, code, message, hint))

    def value(self, table: str | tuple[str, str], key: str, fallback: T, *, needed: bool = True) -> T:
        """A token of the fallback's type; else the fallback, with a finding unless missing and not `needed`."""
        keys = (table,) if isinstance(table, str) else table
        token = self._table(keys).get(key)
        if isinstance(token, type(fallback)):
            return token
        if token is not None or needed:
            what = "is missing" if token is None else f"is {token!r}"
            hint = "see the program's themes/ministry/theme.toml; reporter admin doctor shows where it is"
            self.error("theme-token", f"{'.'.join((keys[0], key))} {what}", hint, *keys, key)
        return fallback

    def further(self, table: str, standard_keys: tuple[str, ...]) -> list[str]:
        """The other keys of a table, for the theme's own stylesheet; a key that is not a name is a finding."""
        keys = [key for key in self._table((table,)) if key not in standard_keys]
        for key in (name for name in keys if not NAME.fullmatch(name)):
            self.error(
                "theme-token", f"{table}.{key} is not a name", "write lower-case letters, digits, hyphens", table, key
            )
        return keys

    def colour(self, table: str, key: str) -> str:
        colour = self.value(table, key, "#000000")
        if COLOUR.fullmatch(colour):
            return colour
        self.error("theme-token", f"{table}.{key}: {colour!r} is not a colour", 'write it as "#0B3A75"', table, key)
        return "#000000"

    def _table(self, keys: tuple[str, ...]) -> Mapping[str, Any]:
        table: Any = self.data.get(keys[0], {})
        for key in keys[1:]:
            table = table[int(key)]
        return table if isinstance(table, dict) else {}


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each table and key of a TOML text, as Python's parser gives none. `[[fonts]]` are numbered from 0."""
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*(\[\[?)\s*([\w-]+)\s*\]", line):
            name = match[2]
            listed = sum(1 for keys in lines if len(keys) == 2 and keys[0] == name and keys[1].isdigit())
            table = (name, str(listed)) if match[1] == "[[" else (name,)
            lines.setdefault((name,), number)
            lines[table] = number
        elif match := re.match(r"\s*\"?([^\"\s=#]+)\"?\s*=", line):
            lines[(*table, match[1])] = number
    return lines
