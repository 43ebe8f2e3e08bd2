"""Write the sections of a volume: numbers, headlines, narrative, footnotes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from reporter.data.errors import Finding
from reporter.data.i18n import N_, Locale
from reporter.data.languages import known_language
from reporter.data.outline import Outline, Outlines, Part, Volume, is_side_by_side, parts
from reporter.data.records import CHALLENGES, RECOMMENDATIONS, Vintage
from reporter.figures.analysis import arithmetic
from reporter.figures.analysis.arithmetic import change
from reporter.figures.analysis.ledger import (
    ASSISTED,
    LEDGER,
    POPULATIONS,
    REGISTERED,
    SERIES,
    in_ledger,
    key_indicators,
)
from reporter.figures.compare.figures import Manner
from reporter.report.context import Context
from reporter.report.document.content import in_block
from reporter.report.document.document import Block, Box, Challenge, Figure, Proposals, Recommended, Section, Table
from reporter.report.document.plot import Ledger
from reporter.report.sections import change_table, country_ranges
from reporter.report.sections.imprint import VOLUMES
from reporter.text.change_sentences import change_sentence, sentence_between_years, share_text
from reporter.text.evaluation import Printer
from reporter.text.markdown import effective_passages, untranslated
from reporter.text.markdown_writer import addressed, is_draft
from reporter.text.narrative import Narrative, NoteBook
from reporter.text.narrative import compose as compose_text
from reporter.text.tree import REMARK, Flags, Group, Text, line, paragraph


def anchor(block: Block) -> str:
    """The name of a chart or table in texts, empty for other blocks."""
    if not isinstance(block, (Figure, Table)):
        return ""
    return f"{'figure' if isinstance(block, Figure) else 'table'}-{block.code}"


def anchors(blocks: Mapping[str, tuple[Block, ...]]) -> dict[str, int]:
    numbered = (block for group in blocks.values() for block in group if isinstance(block, (Figure, Table)))
    return {anchor(block): block.number for block in numbered}


def written_over(names: Iterable[str], printer: Printer, notebook: NoteBook) -> tuple[dict[str, Text], list[Finding]]:
    """The headlines that texts give to charts and tables, only in the edition's own language (else the title is used),
    and the parts that cannot be printed."""
    headlines: dict[str, Text] = {}
    findings: list[Finding] = []
    language = printer.locale.language
    for name in names:
        passages = effective_passages(printer.vintage, name, language)
        written = [replace(passage, markdown="") for passage in passages if passage.language == language]
        narrative = compose_text(written, printer, notebook)
        findings += narrative.findings
        if narrative.headline:
            headlines[name] = narrative.headline
    return headlines, findings


HEADS = (N_("Challenge"), N_("What the figures say"), N_("Not stated"), N_("Recommendation"))
NONE_MADE = N_("This report makes no recommendations.")
WAITS = N_("[to be written by the Rapporteur]")
MOST_SQUARES = 40


def with_proposals(
    chapter: Section, titles: Mapping[str, str], codes: Mapping[str, str], vintage: Vintage, to: Locale
) -> Section:
    """Set a chapter's challenges next to its recommendations. `titles` are those of its sections; `codes` are those of
    the parts of the narrative, by section. Challenges without titles stay running text, with the recommendations below.
    Parts not yet written are left out, but a draft keeps their place."""
    inner = {section.code: section for section in chapter.sections}
    empty = replace(chapter, blocks=(), sections=(), headline=None)
    challenges, asked = inner.pop(CHALLENGES, empty), inner.pop(RECOMMENDATIONS, empty)
    record_by_code = {advice.code: advice for advice in vintage.data.recommendations if advice.year == vintage.year}
    pairs = [(record_by_code.get(codes.get(section.code, "")), section) for section in asked.sections]
    numbers = {codes[section.code]: section.code for section in challenges.sections if codes.get(section.code)}
    answering: dict[str, list[Recommended]] = {}
    for record, asked_section in pairs:
        place = numbers.get(record.answers, "") if record else ""
        answering.setdefault(place, []).append(
            Recommended(
                asked_section.title,
                next((block for block in asked_section.blocks if isinstance(block, Text)), None),
                tuple(addressed(record, vintage, to)),
                language=asked_section.language,
            )
        )
    waits = is_draft(vintage) and bool(challenges.blocks or challenges.sections)
    placeholder = Recommended("", None, tuple(addressed(None, vintage, to)), to.text(WAITS))
    rows = tuple(
        _row(n, section, vintage, to, tuple(answering.get(section.code, [placeholder] if waits else [])))
        for n, section in enumerate(challenges.sections, 1)
    )
    rest = tuple(answering.get("", ())) or ((placeholder,) if waits and not (rows or pairs) else ())
    further = (_row(0, replace(asked, title="", blocks=()), vintage, to, rest),) if rest else ()
    blocks = [block for block in asked.blocks if isinstance(block, Text)]
    others = [block for block in asked.blocks if not isinstance(block, Text)]
    tables = [_laid(challenge_rows, len(rows), to) for challenge_rows in (rows, further) if challenge_rows]
    title = titles[chapter.code]
    if not (asked.blocks or any(challenge.recommended for challenge in (*rows, *further))):
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
    contents = ((row.title, row.evidence, row.unknown, row.recommended) for row in rows)
    first, second, third, fourth = map(any, zip(*contents, strict=True))
    if not first:
        caption = N_("Further recommendations") if challenges else N_("Recommendations")
    else:
        caption = N_("Challenges and recommendations") if fourth else N_("Challenges")
    heads = [to.text(head) if there else "" for head, there in zip(HEADS, (first, second, third, fourth), strict=True)]
    return Proposals(to.text(caption), (heads[0], heads[1], heads[2], heads[3]), rows)


def with_brief(chapters: Sequence[Section], vintage: Vintage, to: Locale) -> Iterator[Section]:
    """The chapters with a short table of the challenges below the key figures: what the figures say, what is not stated
    and what is recommended to whom. The chapter on them keeps the words and the texts of the recommendations.
    For all of it to fit on one page, the box below the key figures moves to the chapter READING, if there is one."""
    tables = [block for chapter in chapters if chapter.code == PROPOSALS for block in chapter.blocks]
    rows = [row for block in tables if isinstance(block, Proposals) for row in block.rows]
    challenges = tuple(_in_brief(row) for row in rows if row.number)
    figures = ((chapter, block) for chapter in chapters for block in chapter.blocks if isinstance(block, Figure))
    glance = next((chapter for chapter, figure in figures if isinstance(figure.plot, Ledger)), None)
    if not (challenges and glance):
        yield from chapters
        return
    brief = _laid(challenges, len(challenges), to)
    if not (is_draft(vintage) or any(row.recommended for row in rows)):
        brief = replace(brief, caption=to.put("{}. {}", brief.caption, to.text(NONE_MADE)))
    boxes = tuple(block for block in glance.blocks if isinstance(block, Box))
    moves = any(chapter.code == READING for chapter in chapters)
    for chapter in chapters:
        blocks = chapter.blocks
        if chapter is glance:
            others = tuple(block for block in blocks if block not in boxes)
            blocks = (*others, brief) if moves else (*others, brief, *boxes)
        elif chapter.code == READING:
            blocks = (*boxes, *blocks)
        elif chapter.code == PROPOSALS:
            blocks = tuple(_without_evidence(block, to) if isinstance(block, Proposals) else block for block in blocks)
        yield replace(chapter, blocks=blocks)


def _in_brief(row: Challenge) -> Challenge:
    advice = tuple(replace(recommendation, text=None) for recommendation in row.recommended)
    return replace(row, code="", text=None, recommended=advice)


def _without_evidence(block: Proposals, to: Locale) -> Proposals:
    rows = tuple(replace(row, evidence=None, unknown=None, squares=(), counted="") for row in block.rows)
    return _laid(rows, sum(bool(row.number) for row in rows), to)


def _row(number: int, section: Section, state: Vintage, to: Locale, recommended: tuple[Recommended, ...]) -> Challenge:
    text = next((block for block in section.blocks if isinstance(block, Text)), None)
    words, evidence, unknown = parted(text) if text else (None, None, None)
    squares, counted = _counted(evidence, state, to) if evidence else ((), "")
    return Challenge(
        number=number,
        code=section.code,
        title=section.title,
        text=words,
        evidence=evidence,
        unknown=unknown,
        recommended=recommended,
        language=section.language,
        squares=squares,
        counted=counted,
    )


def _counted(evidence: Text, vintage: Vintage, to: Locale) -> tuple[tuple[bool, ...], str]:
    """The first part of a small whole that a text prints, as squares and in words; both exact, and of the year."""
    for value in evidence.observations:
        total = vintage.observation(value.figure, vintage.year)
        share = arithmetic.share(value, total) if value.code and value.year == vintage.year and total else None
        is_small = share and 0 < share.base <= MOST_SQUARES and not vintage.settings.allows_percent(share.base)
        if share and is_small and total in evidence.observations:
            return tuple(n < share.part for n in range(int(share.base))), share_text(share, vintage.settings, to)
    return (), ""


def parted(text: Text) -> tuple[Text | None, Text | None, Text | None]:
    """A text without its block quotes (`>`); the first quote, the evidence in figures, which keeps the values; and the
    others, what is not stated."""
    quoted = tuple(node for node in text.nodes if isinstance(node, Group) and node.tag == "blockquote")
    if not quoted:
        return text, None, None
    words = tuple(node for node in text.nodes if node not in quoted)
    unknown = tuple(inside for quote in quoted[1:] for inside in quote.inside)
    return (
        replace(text, nodes=words, observations=()) if words else None,
        replace(text, nodes=quoted[0].inside),
        replace(text, nodes=unknown, observations=()) if unknown else None,
    )


MOST_SENTENCES = 3
# The table of two sides: a chapter that may have it writes its own headline and lead.
BESIDE = "dumbbells"
VICTIMS = (*POPULATIONS, REGISTERED)


def automatic_headline(part: Part, context: Context, headlines_so_far: Set[str], front: Text | None) -> Text | None:
    """The first finding of a chapter not printed so far; None if there is no other, so that it only has its title.
    `front` is the headline of the first page."""
    if BESIDE in part.blocks:
        return change_table.finding(context, front)
    ranked = country_ranges.ranked_headline(part, context)
    codes = context.in_catalogue(part.findings) if _is_of_years(context) else ()
    lines = (
        line(context.headline(code), (observation,))
        for code in codes
        if (observation := context.vintage.observation(code))
    )
    return next(
        (headline for headline in (ranked, *lines) if headline and headline.words not in headlines_so_far), None
    )


def automatic_lead(part: Part, context: Context) -> Text | None:
    """What changed among a chapter's findings, in a few sentences. None if nothing can be compared."""
    if BESIDE in part.blocks:
        return change_table.lead(context)
    vintage = context.vintage
    if front := country_ranges.ranked_lead(part, context):
        return front
    if not _is_of_years(context):
        return None
    if LEDGER in part.blocks and (indicators := key_indicators(context.vintage)):
        return _lead_of_the_year(context, [indicator.code for indicator in indicators])
    changes = (change(vintage.series(code), vintage.year) for code in context.in_catalogue(part.findings))
    year_changes = [year_change for year_change in changes if year_change.difference is not None][:MOST_SENTENCES]
    before = vintage.year - 1
    words = (change_sentence(move.after, move, before, vintage, context.locale) for move in year_changes if move.after)
    observations = (value for year_change in year_changes for value in (year_change.before, year_change.after) if value)
    return paragraph(context.locale.joined(" ", words), tuple(observations)) if year_changes else None


def _lead_of_the_year(context: Context, codes: Sequence[str]) -> Text:
    """The key figures in at most three sentences: the first compared with the year before, then others of the same
    year, then those of other populations of persons."""
    vintage, locale, year = context.vintage, context.locale, context.vintage.year
    first = next((code for code in codes if code in VICTIMS), codes[0])
    move = change(vintage.series(first), year)
    is_first = year == vintage.years[0]
    if is_first:
        sentences = []
    elif move.difference is None or move.after is None:
        names = (str(year - 1), str(year))
        sentences = [
            sentence_between_years(
                change_table.counted_label(context, first, move.after), move, names, vintage.settings, locale
            )
        ]
    else:
        sentences = [change_sentence(move.after, move, year - 1, vintage, locale)]
    separate_codes = {*VICTIMS, ASSISTED} if first in VICTIMS else {ASSISTED}
    others = [code for code in codes if code in separate_codes and code != first]
    same = [code for code in codes if code not in separate_codes and code != first]
    if counted := [first, *same] if is_first else same:
        frame = N_("Counted in {year}: {counts}.") if is_first else N_("Also counted in {year}: {counts}.")
        sentences.append(context.text(frame, year=year, counts=_counts(context, counted)))
    if others:
        one, many = (
            N_("A different group in {year}: {counts}."),
            N_("Different groups in {year}, never added together: {counts}."),
        )
        sentences.append(context.text(many if len(others) > 1 else one, year=year, counts=_counts(context, others)))
    observations = (move.before, *(vintage.observation(code) for code in (first, *same, *others)))
    return paragraph(locale.joined(" ", sentences), tuple(filter(None, observations)))


def _counts(context: Context, codes: Iterable[str]) -> str:
    value, inside = context.locale.value, context.locale.inside
    values = {code: context.vintage.observation(code) for code in codes}
    pairs = ((inside(change_table.counted_label(context, code, item)), value(item)) for code, item in values.items())
    return context.locale.joined("; ", (context.locale.put("{} – {}", *pair) for pair in pairs))


def _is_of_years(context: Context) -> bool:
    """Whether years are compared, rather than countries or editions."""
    return context.sides is None or context.sides.manner is Manner.YEARS


PROPOSALS, READING = "proposals", "reading"


class SectionWriter:
    """Writes sections: chapter numbers, headlines, narrative, footnotes."""

    def __init__(
        self,
        context: Context,
        blocks: Mapping[str, tuple[Block, ...]],
        outlines: Outlines,
        volume: Volume,
        flags: Flags,
    ) -> None:
        self.context, self.blocks, self.outline = context, blocks, outlines[volume]
        self.vintage, self.locale = self.context.vintage, self.context.locale
        self.notebook = NoteBook(self.locale.language)
        elsewhere = {
            name: VOLUMES[other] for other, outline in outlines.items() for name in anchors(_blocks_of(outline, blocks))
        }
        here = anchors(_blocks_of(self.outline, blocks))
        elsewhere = {name: title for name, title in elsewhere.items() if name not in here}
        # Codes of the parts of the narrative by section code.
        self.codes: dict[str, str] = {}
        self.printer = Printer(
            vintage=self.vintage, locale=self.locale, anchors=anchors(blocks), flags=flags, elsewhere=elsewhere
        )
        own = {} if is_side_by_side(outlines) else here
        self.headlines, self.findings = written_over(own, self.printer, self.notebook)
        # The headlines of chapters and charts so far, so that no finding is printed as two of them.
        self.told = {headline.words for headline in self.headlines.values()}
        self.front: Text | None = None

    def chapters(self) -> Iterator[Section]:
        chapters = tuple(self._chapters())
        return map(_with_heights, with_brief(chapters, self.vintage, self.locale) if chapters else ())

    def _chapters(self) -> Iterator[Section]:
        numbers, letters = iter(range(1, 100)), iter(known_language(self.locale.language).letters)
        for part in self.outline:
            if not has_content(part, self.blocks, self.vintage, self.locale):
                continue
            number = next(letters) if part.annex else str(next(numbers)) if part.numbered else ""
            self.notebook.open_chapter()
            yield self._section(part, number, 1)

    def _section(self, part: Part, number: str, level: int) -> Section:
        narrative = self._narrative(part)
        headline, lead = self._opening(part, level, narrative)
        intro = (*lead, *self._remark(narrative), *(text for title, text in narrative.parts if not title))
        blocks = tuple(self._headed(block) for name in part.blocks for block in self.blocks[name])
        titled = [(title, text) for title, text in narrative.parts if title]
        coded = (code for (title, _), code in zip(narrative.parts, narrative.codes, strict=False) if title)
        self.codes |= {f"{part.code}-{n}": code for n, code in enumerate(coded, 1)}
        below = [
            Section(
                f"{part.code}-{n}", f"{number}.{n}" if number else "", title, level + 1, (text,), language=text.language
            )
            for n, (title, text) in enumerate(titled, 1)
        ]
        inner = [subpart for subpart in part.parts if has_content(subpart, self.blocks, self.vintage, self.locale)]
        below += [
            self._section(child, f"{number}.{n}" if number else "", level + 1)
            for n, child in enumerate(inner, len(titled) + 1)
        ]
        section = Section(
            code=part.code,
            number=number,
            title=title_of(part, self.context),
            level=level,
            blocks=(*intro, *blocks),
            sections=tuple(below),
            headline=headline,
            opens_page=part.opens_page,
            front=part.front,
        )
        if part.code != PROPOSALS:
            return section
        titles = {subpart.code: self.locale.text(subpart.title) for subpart in part.walk()}
        return with_proposals(section, titles, self.codes, self.vintage, self.locale)

    def _opening(self, part: Part, level: int, narrative: Narrative) -> tuple[Text | None, tuple[Text, ...]]:
        """The headline and lead of a chapter, generated if not written. Sections below it have only what is written."""
        if level > 1 or part.annex:
            return narrative.headline, ()
        inside = (block for subpart in part.walk() for name in subpart.blocks for block in self.blocks[name])
        headline = narrative.headline or automatic_headline(part, self.context, self.told, self.front)
        self.front = self.front or headline
        self.told |= {headline.words} if headline else set()
        opens = any(not title for title, _ in narrative.parts) or isinstance(next(inside, None), Text)
        lead = None if opens else automatic_lead(part, self.context)
        return headline, (lead,) if lead else ()

    def _headed(self, block: Block) -> Block:
        """Give a chart or table the headline written for it, else its finding unless that is printed elsewhere."""
        if not isinstance(block, (Figure, Table)):
            return block
        written = self.headlines.get(anchor(block))
        if written and not self._is_of_ledger(written, block):
            return replace(block, headline=written)
        words = block.headline.words if block.headline else ""
        if words in self.told:
            return replace(block, headline=None)
        self.told |= {words} - {""}
        return block

    def _is_of_ledger(self, headline: Text, block: Block) -> bool:
        """Whether a headline is only about series that the ledger draws and its chart has left out."""
        codes = in_ledger(self.vintage, SERIES.get(block.code, ())) if isinstance(block, Figure) else ()
        about = {observation.address for observation in headline.observations}
        return bool(about) and about.issubset(codes)

    def _narrative(self, part: Part) -> Narrative:
        passages = effective_passages(self.vintage, part.code, self.locale.language)
        if not passages:
            return Narrative(())
        # What the figures say of challenges is printed first, without notes: their figures have them.
        near = self.outline if part.code == CHALLENGES else (part,)
        blocks = (block for subpart in parts(near) for name in subpart.blocks for block in self.blocks[name])
        noted = tuple(block for block in blocks if isinstance(block, (Figure, Table)))
        language = passages[0].language
        # A note is printed below, or is said by a figure without it.
        observations = (observation for block in noted for _, observation in in_block(block))
        note_texts = {text for block in noted for _, text in block.notes}
        note_texts |= {note.text(language) for observation in observations for note in self.vintage.notes(observation)}
        foreign = language != self.locale.language
        printer = replace(self.printer, locale=self.locale.speak(language)) if foreign else self.printer
        narrative = compose_text(passages, printer, self.notebook, note_texts)
        self.findings += narrative.findings
        return narrative.in_language(language) if foreign else narrative

    def _remark(self, narrative: Narrative) -> tuple[Text, ...]:
        language = next((text.language for _, text in narrative.parts), "")
        if not language:
            return ()
        return (paragraph(untranslated(language, self.locale), sort=REMARK),)


# In mm: the height of the key figures by themselves and above the challenges, and of the highest row.
ALONE, ABOVE_CHALLENGES, HIGHEST = 96.0, 62.0, 20.0


def _with_heights(section: Section) -> Section:
    """A section whose key figures share the height available: the fewer rows, the higher."""
    below = any(isinstance(other, Proposals) for other in section.blocks)
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Figure) and isinstance(block.plot, Ledger):
            height = round(min((ABOVE_CHALLENGES if below else ALONE) / len(block.plot.rows), HIGHEST), 1)
            rows = tuple(replace(row, strip=replace(row.strip, height=height)) for row in block.plot.rows)
            blocks.append(replace(block, plot=replace(block.plot, rows=rows)))
        else:
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def title_of(part: Part, context: Context) -> str:
    return context.text(part.alone if part.alone and context.sides is None else part.title)


def has_content(part: Part, blocks: Mapping[str, tuple[Block, ...]], vintage: Vintage, locale: Locale) -> bool:
    """Whether a section, or one below it, has a narrative or a block."""
    return any(
        effective_passages(vintage, subpart.code, locale.language) or any(blocks[name] for name in subpart.blocks)
        for subpart in part.walk()
    )


def _blocks_of(outline: Outline, blocks: Mapping[str, tuple[Block, ...]]) -> dict[str, tuple[Block, ...]]:
    return {name: blocks[name] for part in parts(outline) for name in part.blocks}
