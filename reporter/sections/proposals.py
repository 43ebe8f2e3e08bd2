"""Lay challenges, what the figures say, and recommendations beside each other."""

import re
from collections.abc import Mapping
from dataclasses import replace

from reporter.analysis import arithmetic
from reporter.document.document import Challenge, Proposals, Recommended, Section, Text
from reporter.i18n import N_, Locale
from reporter.model import CHALLENGES, RECOMMENDATIONS, Vintage
from reporter.prose.addressed import addressed, is_draft
from reporter.prose.sentences import share_text

HEADS = (N_("Challenge"), N_("What the figures say"), N_("Recommendation"))
WAITS = N_("[to be written by the Rapporteur]")
MOST_SQUARES = 40
# A paragraph behind `>` says what the figures say. One within another is of the outer one.
QUOTE = re.compile(r"</?blockquote>")


def beside(
    chapter: Section, titles: Mapping[str, str], codes: Mapping[str, str], known: Vintage, to: Locale
) -> Section:
    """Lay a chapter's challenges and recommendations beside each other. `titles` are those of its sections, `codes`
    those of the parts of the narrative. Challenges without titles of their own stay running text, with the
    recommendations below. What nobody has written is absent; in a draft its place is kept."""
    inner = {each.code: each for each in chapter.sections}
    empty = replace(chapter, blocks=(), sections=(), headline=None)
    challenges, asked = inner.pop(CHALLENGES, empty), inner.pop(RECOMMENDATIONS, empty)
    made = {each.code: each for each in known.data.recommendations if each.year == known.year}
    told = [(made.get(codes.get(each.code, "")), each) for each in asked.sections]
    numbers = {codes[each.code]: each.code for each in challenges.sections if codes.get(each.code)}
    answering: dict[str, list[Recommended]] = {}
    for record, each in told:
        place = numbers.get(record.answers, "") if record else ""
        answering.setdefault(place, []).append(
            Recommended(
                each.title,
                next((block for block in each.blocks if isinstance(block, Text)), None),
                tuple(addressed(record, known, to)),
                language=each.language,
            )
        )
    waits = is_draft(known) and bool(challenges.blocks or challenges.sections)
    held = Recommended("", None, tuple(addressed(None, known, to)), to.text(WAITS))
    rows = tuple(
        _row(n, each, known, to, tuple(answering.get(each.code, [held] if waits else [])))
        for n, each in enumerate(challenges.sections, 1)
    )
    rest = tuple(answering.get("", ())) or ((held,) if waits and not (rows or told) else ())
    further = (_row(0, replace(asked, title="", blocks=()), known, to, rest),) if rest else ()
    blocks = [each for each in asked.blocks if isinstance(each, Text)]
    others = [each for each in asked.blocks if not isinstance(each, Text)]
    tables = [_laid(each, len(rows), to) for each in (rows, further) if each]
    title = titles[chapter.code]
    if not (asked.blocks or any(each.recommended for each in (*rows, *further))):
        title = titles[CHALLENGES]
    elif not (challenges.blocks or rows):
        title = titles[RECOMMENDATIONS]
    return replace(
        chapter,
        title=title,
        headline=chapter.headline or challenges.headline or asked.headline,
        blocks=(*chapter.blocks, *challenges.blocks, *tables[: bool(rows)], *blocks, *tables[bool(rows) :], *others),
        sections=tuple(inner.values()),
    )


def _laid(rows: tuple[Challenge, ...], challenges: int, to: Locale) -> Proposals:
    told = [(each.title, each.evidence, each.recommended) for each in rows]
    first, second, third = map(any, zip(*told, strict=True))
    if not first:
        caption = N_("Further recommendations") if challenges else N_("Recommendations")
    else:
        said = N_("Challenges, and what the figures say") if second else N_("Challenges")
        caption = N_("Challenges and recommendations") if third else said
    heads = [to.text(head) if is_told else "" for head, is_told in zip(HEADS, (first, second, third), strict=True)]
    return Proposals(to.text(caption), (heads[0], heads[1], heads[2]), rows)


def _row(number: int, each: Section, known: Vintage, to: Locale, recommended: tuple[Recommended, ...]) -> Challenge:
    text = next((block for block in each.blocks if isinstance(block, Text)), None)
    words, evidence = parted(text) if text else (None, None)
    squares, counted = _counted(evidence, known, to) if evidence else ((), "")
    return Challenge(
        number=number,
        code=each.code,
        title=each.title,
        text=words,
        evidence=evidence,
        recommended=recommended,
        language=each.language,
        squares=squares,
        counted=counted,
    )


def _counted(evidence: Text, known: Vintage, to: Locale) -> tuple[tuple[bool, ...], str]:
    """The first part of a small whole that a text prints. Square by square and in words. Part and whole are printed, of
    the edition's year, and exact."""
    for seen in evidence.observations:
        total = known.observation(seen.figure, known.year)
        found = arithmetic.share(seen, total) if seen.code and seen.year == known.year and total else None
        is_small = found and 0 < found.base <= MOST_SQUARES and not known.settings.allows_percent(found.base)
        if found and is_small and total in evidence.observations:
            return tuple(n < found.part for n in range(int(found.base))), share_text(found, known.settings, to)
    return (), ""


def parted(text: Text) -> tuple[Text | None, Text | None]:
    """A text without what stands behind `>`, and that alone. Its values go with the latter."""
    quoted: list[str] = []
    plain: list[str] = []
    depth = done = 0
    for found in QUOTE.finditer(text.html):
        (quoted if depth else plain).append(text.html[done : found.start()])
        depth += -1 if found[0].startswith("</") else 1
        done = found.end()
    plain.append(text.html[done:])
    words, evidence = ("".join(each).strip() for each in (plain, quoted))
    if not evidence:
        return text, None
    return replace(text, html=f"{words}\n", observations=()) if words else None, replace(text, html=f"{evidence}\n")
