"""The theme as values that the stylesheet can use. Colours with their readable companions, fonts, the flag."""

from dataclasses import dataclass

from reporter.model.geography import iso_of
from reporter.theme.tokens import SHEET, Theme

READABLE = 4.5  # WCAG 2.1, 1.4.3: contrast of text smaller than 18 pt
SOFT = 0.78
# The colours that charts are drawn with; those of words go first.
DRAWN = ("ink", "text", "secondary", "paper", "now", "before", "earlier", "caution", "tint", "land", "rule", "hairline")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file by its address on the page."""

    family: str
    address: str
    weight: int
    style: str


@dataclass(frozen=True, slots=True)
class Look:
    """All that a template may ask of the theme. An address is empty when there is no such file."""

    colours: tuple[tuple[str, str], ...]
    night: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, tuple[str, ...]], ...]
    faces: tuple[Face, ...]
    flag: str
    sheet: str


def look_of(theme: Theme, country: str = "") -> Look:
    """Return the look of a document about a country in a theme. Without a country it has no flag."""
    colours = dict(theme.colours) | {"soft": _mix(theme.colours["paper"], theme.colours["ground"], SOFT)}
    alert = _readable(colours["alert"], theme.night["ink"], theme.night["tile"])
    flag = f"flags/{iso_of(country).lower()}.svg"
    # The theme lists text, serif and display in this order; text has the characters that the others lack.
    names = list(dict.fromkeys(face.family for face in theme.fonts))
    return Look(
        colours=tuple(colours.items()),
        night=(*theme.night.items(), ("alert", alert)),
        families=tuple(
            (role, tuple(dict.fromkeys((names[min(number, len(names) - 1)], names[0]))))
            for number, role in enumerate(("sans", "serif", "display"))
        ),
        faces=tuple(Face(each.family, each.address, each.weight, each.style) for each in theme.fonts),
        flag=f"asset:{flag}" if (theme.assets / flag).is_file() else "",
        sheet=f"theme:{SHEET}" if SHEET in theme.files else "",
    )


def day_names(theme: Theme) -> dict[str, str]:
    """The variable of each colour of charts. The key is its hex value by day. Of colours that are alike by day, the
    first of these names stands for all."""
    return {theme.colours[name].lower(): name for name in reversed(DRAWN)}


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
