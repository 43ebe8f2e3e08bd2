"""Load the files that a page may load, and refuse all others. Charts, assets, the cover's map, files of the theme,
stylesheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from reporter.data.files.sources import NO_SOURCES, TEMPLATES, SourceFile, Sources, packaged_file
from reporter.data.theme.cover import cover_map
from reporter.data.theme.tokens import Theme


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates of the program; those of the workspace go first."""

    brought: Path
    own: Sources = NO_SOURCES

    def find(self, name: str) -> SourceFile | None:
        path = f"{TEMPLATES}/{name}"
        return self.own[path] if path in self.own else packaged_file(self.brought, name)


TYPES = {".svg": "image/svg+xml", ".css": "text/css", ".ttf": "font/ttf", ".png": "image/png", ".jpg": "image/jpeg"}
SHEET = ".css"
REFUSED = "only chart:, asset:, map:, theme: and template: addresses are loaded"


class Loaded(NamedTuple):
    """The content of an address and its media type."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the addresses of one document lead to. `images` are its charts by name, `templates` finds its
    stylesheets."""

    images: Mapping[str, bytes]
    theme: Theme
    templates: Templates

    def load(self, address: str) -> Loaded:
        """Load an address of this document; raises ValueError for any other."""
        scheme, _, name = address.partition(":")
        name = unquote(name)
        match scheme:
            case "chart":
                if name not in self.images:
                    raise ValueError(f"no chart of this name was drawn: {name}")
                content, suffix = self.images[name], ".svg"
            case "asset":
                content, suffix = _read(self.theme.assets, name, (".svg", ".png", ".jpg", ".ttf"))
            case "map":
                # The map of the cover: `map:LT`, or with lines to countries `map:LT?named=DE,UK`.
                country, _, named = name.partition("?named=")
                content, suffix = cover_map(self.theme, country, [each for each in named.split(",") if each]), ".svg"
            case "theme":
                content, suffix = self._theme(name)
            case "template":
                content, suffix = self._template(name)
            case _:
                raise ValueError(f"refused, {REFUSED}")
        return Loaded(content, TYPES[suffix])

    def _theme(self, name: str) -> tuple[bytes, str]:
        suffix = PurePosixPath(name).suffix
        if suffix not in TYPES or name not in self.theme.files:
            raise ValueError(f"no such file: {name}")
        return self.theme.files[name], suffix

    def _template(self, name: str) -> tuple[bytes, str]:
        found = self.templates.find(name) if name.endswith(SHEET) else None
        if found is None:
            raise ValueError(f"no such file: {name}")
        if found.finding:
            raise ValueError(found.finding.message)
        return found.content, SHEET


def _read(folder: Path, name: str, suffixes: tuple[str, ...]) -> tuple[bytes, str]:
    """Read a file of a folder. Raises ValueError for a path that leaves the folder, even by a symbolic link, and when
    there is no such file."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"refused, {name} lies outside its folder")
    if path.suffix not in suffixes or not path.is_file():
        raise ValueError(f"no such file: {name}")
    return path.read_bytes(), path.suffix
