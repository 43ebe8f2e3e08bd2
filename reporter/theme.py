"""How it looks: colours, palette and fonts as tokens that stylesheet and charts share."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FontFace:
    """One static font file and what it is called in CSS and in charts."""

    family: str
    path: Path
    weight: int
    style: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Tokens of a theme folder; `night` holds the colours of dark screens.

    `assets` is the folder that holds theme, fonts, icons, flags and maps.
    """

    name: str
    assets: Path
    colours: Mapping[str, str]
    night: Mapping[str, str]
    categorical: tuple[str, ...]
    past: tuple[str, ...]
    dark_text: tuple[int, ...]
    map_colours: Mapping[str, str | list[str]]
    fonts: tuple[FontFace, ...]

    def accent(self, number: int) -> str:
        """The categorical colour of this number; numbers beyond the palette start again."""
        return self.categorical[number % len(self.categorical)]

    def muted(self, number: int) -> str:
        """The same hue at 42 %, solid, for past years."""
        return self.past[number % len(self.past)]


def load_theme(assets: Path) -> Theme:
    """Reads `theme/theme.toml` of an assets folder; raises OSError or TOMLDecodeError when it cannot."""
    tokens = tomllib.loads((assets / "theme" / "theme.toml").read_text(encoding="utf-8"))
    palette = tokens["palette"]
    return Theme(
        name=tokens["name"],
        assets=assets,
        colours=tokens["colours"],
        night=tokens["night"],
        categorical=tuple(palette["categorical"]),
        past=tuple(palette["past"]),
        dark_text=tuple(palette["dark-text"]),
        map_colours=tokens["map"],
        fonts=tuple(_font(assets, face) for face in tokens["fonts"]),
    )


def _font(assets: Path, face: Mapping[str, str | int]) -> FontFace:
    path = assets / "fonts" / str(face["file"])
    return FontFace(str(face["family"]), path, int(face["weight"]), str(face.get("style", "normal")))
