"""The theme as values that the stylesheet can use. Colours with their readable companions, fonts, the flag."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporter.model.geography import iso_of
from reporter.theme.tokens import SHEET, Theme

READABLE = 4.5  # WCAG 2.1, 1.4.3: contrast of text smaller than 18 pt
SOFT = 0.78
# The colours that charts are drawn with; those of words go first.
DRAWN = ("ink", "text", "secondary", "paper", "now", "before", "earlier", "caution", "tint", "land", "rule", "hairline")
# So many classes of a map are light by day: words on them have the colour of the ink.
LIGHT = 2


@dataclass(frozen=True, slots=True)
class Face:
    """A font file by its address on the page."""

    family: str
    address: str
    weight: int
    style: str


@dataclass(frozen=True, slots=True)
class Look:
    """All that a template may ask of the theme. An address is empty when there is no such file. `maps` are the classes
    of maps by the names of their variables, and `night_maps` those of dark screens."""

    colours: tuple[tuple[str, str], ...]
    night: tuple[tuple[str, str], ...]
    maps: tuple[tuple[str, str], ...]
    night_maps: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, tuple[str, ...]], ...]
    faces: tuple[Face, ...]
    flag: str
    sheet: str


def look_of(theme: Theme, country: str = "") -> Look:
    """Return the look of a document about a country in a theme. Without a country it has no flag."""
    colours = dict(theme.colours) | {"soft": _mix(theme.colours["paper"], theme.colours["ground"], SOFT)}
    alert = _readable(colours["alert"], theme.night["ink"], theme.night["tile"])
    flag = f"flags/{iso_of(country).lower()}.svg"
    return Look(
        colours=tuple(colours.items()),
        night=(*theme.night.items(), ("alert", alert)),
        maps=_numbered(theme.classes),
        night_maps=_numbered(theme.night_classes or _night_classes(theme)),
        families=tuple(_families(theme)),
        faces=tuple(Face(each.family, each.address, each.weight, each.style) for each in theme.fonts),
        flag=f"asset:{flag}" if (theme.assets / flag).is_file() else "",
        sheet=f"theme:{SHEET}" if SHEET in theme.files else "",
    )


def day_names(theme: Theme) -> dict[str, str]:
    """The variable of each colour of charts. The key is its hex value by day. Of colours that are alike by day, the
    first of these names stands for all."""
    named = [*((name, theme.colours[name]) for name in DRAWN), *_numbered(theme.classes)]
    return {colour.lower(): name for name, colour in reversed(named)}


def _numbered(classes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((f"map-{number}", colour) for number, colour in enumerate(classes, 1))


def _night_classes(theme: Theme) -> tuple[str, ...]:
    """Classes of maps for dark screens, worked out from its other colours. More is lighter. Words upon the dark ones,
    which are those that are light by day, can be read in the colour of the ink, and upon the others in that of the
    paper, as they are printed."""
    ink, paper, now = (theme.night[name] for name in ("ink", "paper", "now"))
    light = len(theme.classes) - LIGHT
    low = (_readable(_mix(now, paper, share), paper, ink) for share in (0.36, 0.52))
    high = (_readable(_mix(ink, now, step / max(light - 1, 1) * 0.7), ink, paper) for step in range(light))
    return (*low, *high)


def _families(theme: Theme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the typefaces of each role, the one to use first. The theme lists text, serif and display in this order;
    text stands in for characters the others lack."""
    names = list(dict.fromkeys(face.family for face in theme.fonts))
    for number, role in enumerate(("sans", "serif", "display")):
        own = names[min(number, len(names) - 1)]
        yield role, tuple(dict.fromkeys((own, names[0])))


def _readable(colour: str, ink: str, paper: str) -> str:
    beneath = _luminance(paper)
    for share in range(21):
        mixed = _mix(ink, colour, share / 20)
        dark, light = sorted((_luminance(mixed), beneath))
        if (light + 0.05) / (dark + 0.05) >= READABLE:
            return mixed
    return ink


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _luminance(colour: str) -> float:
    parts = (channel / 255 for channel in _channels(colour))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
