"""Choose a height for the key figures that fills their page. What stands around it is estimated from its words, in mm,
at the sizes of `templates/css/glance.css`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporter.document.document import Box, Figure, Section, Text
from reporter.document.plot import Crowd, Ledger
from reporter.prose.headlines import lines_of

PAGE, SPARE = 252.0, 4.5
# A headline that is estimated so long, in em, still stands on a line: the estimate is a little too large.
LIKELY = 21.0
LOWEST, HIGHEST = 11.4, 22.0
# Lines in mm and how many characters stand on one: of the lead, of notes, of words over charts, of the box.
KICKER, TITLE, BELOW_TITLE = 5.2, 9.8, 3.2
LEAD, NOTE, OVER, READ = (5.75, 99), (3.6, 136), (3.7, 136), (4.25, 53)
BETWEEN = 1.2
# The words of a row.
AROUND_WORDS, LABEL, CHANGE = 1.5, (4.0, 33), (3.6, 39)
# Rules, paddings and margins around a ledger, persons and a box; the head of the years; a line of words over persons.
AROUND_LEDGER, AROUND_CROWD, AROUND_BOX, AROUND_FOOT, YEARS, HEAD = 15.0, 15.4, 12.2, 5.0, 5.2, 5.2
ROOM, PERSON, PITCH, SMALLEST, GAP, LETTER = 163.0, 9.9, 3.63, 0.6, 6.0, 1.6
LABEL_OF_NOTES = "Source: "


def with_full_page(section: Section) -> Section:
    """Give the rows of key figures what is left of their page. A section without a ledger stays as it is."""
    found = next((each for each in section.blocks if isinstance(each, Figure) and isinstance(each.plot, Ledger)), None)
    if found is None or not isinstance(found.plot, Ledger):
        return section
    others = sum(_height(block) for block in section.blocks if isinstance(block, (Figure, Text, Box)))
    title = section.headline.words if section.headline else section.title
    notes = [
        LABEL_OF_NOTES,
        *(f"{mark} {text}" for each in section.blocks if isinstance(each, Figure) for mark, text in each.notes),
    ]
    foot = AROUND_FOOT + _lines(notes, NOTE, together=True) + _lines([LABEL_OF_NOTES + found.source_note], NOTE)
    left = PAGE - SPARE - KICKER - TITLE * lines_of(title, LIKELY) - BELOW_TITLE - others - foot
    heights = _row_heights(
        [
            AROUND_WORDS
            + _lines([f"{row.label} {row.calls}"], LABEL)
            + _lines([f"{row.change} {row.context}".strip()], CHANGE)
            for row in found.plot.rows
        ],
        left,
    )
    rows = tuple(
        replace(row, strip=replace(row.strip, height=height))
        for row, height in zip(found.plot.rows, heights, strict=True)
    )
    full = replace(found, plot=replace(found.plot, rows=rows))
    return replace(section, blocks=tuple(full if block is found else block for block in section.blocks))


def _row_heights(least: Sequence[float], left: float) -> list[float]:
    """The heights of rows that fit into what is left. All are alike unless the words of one need more."""
    steps = (tenths / 10 for tenths in range(int(HIGHEST * 10), int(LOWEST * 10), -2))
    fits = (step for step in steps if sum(max(step, each) for each in least) <= left)
    height = next(fits, LOWEST)
    return [round(max(height, each), 1) for each in least]


def _height(block: Figure | Text | Box) -> float:
    if isinstance(block, Text):
        return _lines([block.words], LEAD)
    if isinstance(block, Box):
        told = (f"{head} {text}" for head, text in zip(block.heads or block.paragraphs, block.paragraphs, strict=True))
        paragraphs = [_lines([text], READ) + BETWEEN for text in told]
        return AROUND_BOX + min(
            max(sum(paragraphs[:cut]), sum(paragraphs[cut:])) for cut in range(1, len(paragraphs) + 1)
        )
    words = _lines([block.unit_line, *([block.caption] if block.headline else [])], OVER, together=True)
    if isinstance(block.plot, Ledger):
        return AROUND_LEDGER + YEARS + words
    return AROUND_CROWD + words + (_crowd(block.plot) if isinstance(block.plot, Crowd) else 0.0)


def _lines(texts: Iterable[str], line: tuple[float, int], *, together: bool = False) -> float:
    height, letters = line
    lengths = [len(text) for text in texts if text]
    return height * sum(-(-each // letters) for each in ([sum(lengths)] if together else lengths))


def _crowd(plot: Crowd) -> float:
    wide = sum(
        max(max(each.count, each.before, 1) * PITCH, LETTER * len(f"{each.label} {each.text} {each.past} {each.call}"))
        for each in plot.groups
    )
    scale = max(min((ROOM - GAP * (len(plot.groups) - 1)) / max(wide, 1.0), 1.0), SMALLEST)
    lines = max(-(-(wide * scale) // ROOM), 1.0) if scale == SMALLEST else 1.0
    return lines * (HEAD + len(plot.labels) * PERSON * scale)
