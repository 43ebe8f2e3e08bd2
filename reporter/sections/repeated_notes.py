"""Notes that charts share, printed under the first of them only."""

from collections.abc import Mapping
from dataclasses import replace

from reporter.document.document import Block, Figure
from reporter.document.outline import Outline, parts
from reporter.i18n import N_, Locale

# A single note is shorter than the words that point to it.
LEAST_TO_REFER = 2


def without_repeated_notes(
    blocks: Mapping[str, tuple[Block, ...]], outline: Outline, locale: Locale
) -> Mapping[str, tuple[Block, ...]]:
    """Print each note under the first chart that needs it.

    The charts are numbered; the later ones of a section point to that number.
    """
    made = dict(blocks)
    for part in parts(outline):
        seen: dict[str, int] = {}
        for name in part.blocks:
            made[name] = tuple(_noted(each, seen, locale) if isinstance(each, Figure) else each for each in made[name])
    return made


def _noted(figure: Figure, seen: dict[str, int], locale: Locale) -> Figure:
    again = [note for note in figure.notes if note[1] in seen]
    if len(again) >= LEAST_TO_REFER:
        own = tuple(note for note in figure.notes if note not in again)
        numbers = sorted({seen[text] for _, text in again})
        message = N_("More notes on these values stand under Figure {n}")
        figure = replace(figure, notes=(*own, *(("", locale.text(message, n=number)) for number in numbers)))
    for _, text in figure.notes:
        seen.setdefault(text, figure.number)
    return figure
