"""The theme as values that the stylesheet can use. Colours with their readable companions, fonts, the flag."""

from dataclasses import dataclass

from reporter.data.records.geography import iso_of
from reporter.data.theme.tokens import SHEET, Theme

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
    flag = f"flags/{iso_of(country).lower()}.svg"
    # The theme lists text, serif and display in this order; text has the characters that the others lack.
    names = list(dict.fromkeys(face.family for face in theme.fonts))
    return Look(
        colours=tuple(theme.colours.items()),
        night=tuple(theme.night.items()),
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
