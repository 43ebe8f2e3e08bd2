"""The narrative of two editions, compared section by section."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from reporter.data.i18n import N_, NN_, Locale, unbroken
from reporter.data.outline import SECTIONS, parts
from reporter.data.records import Observation, Passage, Vintage
from reporter.data.records.country import OVER
from reporter.data.records.label import altered
from reporter.figures.compare.figures import Manner, Side
from reporter.figures.compare.text_diff import Fate, ParagraphDiff, WordRun, compare_paragraphs, mark_moved_sentences
from reporter.report.context import Context
from reporter.report.document.document import Block, Box, Entries, Entry, Revised, RevisedParagraph, Stretch
from reporter.text import tree as text_tree
from reporter.text.evaluation import Printed, Printer
from reporter.text.expression import Expression, parse
from reporter.text.markdown import effective_passages, untranslated, written_since
from reporter.text.narrative import NoteBook, compose
from reporter.text.tree import Group, Inline, TextBlock, words

OLD, FIRST_WORDS = 3, 6
# The kinds of paragraphs.
HEADLINE, HEADING, PARAGRAPH, ITEM, NOTE = "headline", "heading", "paragraph", "item", "note"
SPACE = re.compile(r"[ \t\r\n]+")
TITLES: Mapping[str, str] = {part.code: part.title for part in parts(SECTIONS)}
OVER_CHART = N_("Headline of a chart or table")
LABELS = {
    Fate.INSERTED: N_("inserted"),
    Fate.DELETED: N_("deleted"),
    Fate.LEFT: N_("moved from here"),
    Fate.CAME: N_("moved here"),
}
ELSEWHERE = {Fate.LEFT: N_("moved to the section “{section}”"), Fate.CAME: N_("moved from the section “{section}”")}


class PlainParagraph(NamedTuple):
    """A paragraph without its markup, and its kind."""

    text: str
    sort: str


@dataclass(frozen=True, slots=True)
class _SectionVersions:
    """A section in the first and in the last edition. An edition without it has no passages and no paragraphs."""

    code: str
    passages: tuple[tuple[Passage, ...], tuple[Passage, ...]]
    old: tuple[PlainParagraph, ...]
    new: tuple[PlainParagraph, ...]

    @property
    def printed(self) -> tuple[Passage, ...]:
        return self.passages[1] or self.passages[0]

    @property
    def language(self) -> str:
        return self.printed[0].language

    def sort(self, revision: ParagraphDiff) -> str:
        return self.new[revision.now].sort if revision.now is not None else self.old[revision.was or 0].sort

    @property
    def in_two_languages(self) -> bool:
        """Whether the versions are in different languages, so that their words cannot be compared."""
        return len({version[0].language for version in self.passages if version}) > 1


def texts_carried(context: Context) -> Entries | None:
    """Texts unchanged for three years or more. As a table, they would shift the table numbers of one language only."""
    sides, locale = context.sides, context.locale
    if sides is None or sides.manner is Manner.COUNTRIES:
        return None
    edition = sides.last.edition
    texts = (passage for code in TITLES for passage in effective_passages(edition, code, locale.language))
    ages = sorted(((written_since(edition, passage), passage) for passage in texts), key=lambda pair: pair[0])
    entries = tuple(_carried(edition, passage, since, locale) for since, passage in ages if edition.year - since >= OLD)
    title = N_("Texts carried over unchanged for three years or more; the figures in them are those of {year}")
    return Entries(locale.text(title, year=edition.year), entries) if entries else None


def _carried(edition: Vintage, passage: Passage, since: int, locale: Locale) -> Entry:
    one, many = NN_("unchanged since {since}, for {n} year", "unchanged since {since}, for {n} years")
    years = edition.year - since
    text = locale.count(one, many, years, n=locale.numeral(years), since=since)
    title = locale.text(TITLES[passage.section])
    part = passage.markdown.partition("\n")[0].removeprefix("## ") if passage.part else ""
    return Entry(locale.put("{}: {}", title, part) if part else title, (text,))


def texts_changed(context: Context) -> tuple[Block, ...]:
    """Every section that differs between the first and last edition, word by word. Empty for countries."""
    sides = context.sides
    if sides is None or sides.manner is Manner.COUNTRIES:
        return ()
    sections = [versions for code in TITLES if (versions := _both(context, code))]
    changed = [section for section in sections if section.old != section.new]
    revisions = mark_moved_sentences({section.code: _compared(section) for section in changed})
    join = context.locale.joined
    blocks = tuple(
        _revised(context, item, revisions[item.code], join(" ", _remarks(context, item))) for item in changed
    )
    same = _unchanged(context, [section for section in sections if section.old == section.new])
    return (_reading(context), *blocks, *same) if sections else ()


def texts_corrected(context: Context) -> tuple[Revised, ...]:
    """The sections that differ between two states of an edition."""
    sides = context.sides
    written = {passage.section for side in (sides.sides if sides else ()) for passage in side.edition.data.passages}
    over = sorted(code for code in written if code.startswith(OVER))
    sections = [versions for code in (*TITLES, *over) if (versions := _both(context, code))]
    changed = [section for section in sections if section.old != section.new]
    revisions = mark_moved_sentences({section.code: _compared(section) for section in changed})
    return tuple(_revised(context, item, revisions[item.code], _untranslated(context, item)) for item in changed)


def _both(context: Context, code: str) -> _SectionVersions | None:
    sides, language = context.sides, context.locale.language
    if sides is None:
        return None
    first, last = (effective_passages(side.edition, code, language) for side in (sides.first, sides.last))
    if not (first or last):
        return None
    return _SectionVersions(code, (first, last), _plain(context, sides.first, first), _plain(context, sides.last, last))


def _plain(context: Context, side: Side, passages: tuple[Passage, ...]) -> tuple[PlainParagraph, ...]:
    if not passages:
        return ()
    return plain_paragraphs(passages, Printer(side.edition, _speaker(context, passages[0].language), {}))


def _speaker(context: Context, language: str) -> Locale:
    own = context.locale
    return own if language == own.language else own.speak(language)


def _compared(both: _SectionVersions) -> tuple[ParagraphDiff, ...]:
    return compare_paragraphs(() if both.in_two_languages else both.old, both.new)


def _revised(context: Context, both: _SectionVersions, revisions: Sequence[ParagraphDiff], remark: str) -> Revised:
    locale = context.locale
    language = both.language
    return Revised(
        locale.text(TITLES.get(both.code, OVER_CHART)),
        remark,
        tuple(_printed(both, revisions, _speaker(context, language))),
        language if language != locale.language else "",
    )


def _remarks(context: Context, both: _SectionVersions) -> Iterator[str]:
    """Remarks on a whole section: it is new, dropped, older than its figures, or in another language."""
    sides, locale = context.sides, context.locale
    first, last = both.passages
    if sides is None:
        return
    years = {"first": sides.first.edition.year, "last": sides.last.edition.year}
    if not first:
        yield locale.text("New: the edition of {first} has no text here.", **years)
    elif not last:
        yield locale.text("Dropped: the edition of {last} has no text here.", **years)
    elif both.in_two_languages:
        language = locale.language_name(first[0].language)
        message = N_(
            "In the edition of {first} this section is in another language, so it is not compared: {language}."
        )
        yield locale.text(message, language=language, **years)
    elif _names(first) == _names(last) and (since := _since(sides.last.edition, last)) <= sides.first.edition.year:
        yield locale.text("Wording unchanged since {since}; only the figures differ.", since=since)
    if remark := _untranslated(context, both):
        yield remark


def _untranslated(context: Context, both: _SectionVersions) -> str:
    locale = context.locale
    return "" if both.language == locale.language else untranslated(both.language, locale)


def _names(passages: Iterable[Passage]) -> list[str]:
    return [passage.name for passage in passages]


def _since(edition: Vintage, passages: Iterable[Passage]) -> int:
    return max(written_since(edition, passage) for passage in passages)


def _printed(both: _SectionVersions, revisions: Sequence[ParagraphDiff], locale: Locale) -> Iterator[RevisedParagraph]:
    """The paragraphs that differ, below their headings; the others are counted."""
    waiting: list[tuple[str, ParagraphDiff]] = []
    for before, revision in zip((None, *revisions), revisions, strict=False):
        sort = both.sort(revision)
        if revision.unchanged:
            waiting.append((sort, revision))
            continue
        yield from _context(waiting, locale)
        waiting = []
        words = tuple(_spaced_once(stretch for run in revision.runs for stretch in _stretches(run, both.code, locale)))
        yield RevisedParagraph(sort, words, _origin(both, revision, before, locale) if revision.moved else "")
    yield from _left_out([sort for sort, _ in waiting], locale)


def _context(waiting: list[tuple[str, ParagraphDiff]], locale: Locale) -> Iterator[RevisedParagraph]:
    """The unchanged paragraphs before one that differs: their last heading, and their number before and after it."""
    headings = [n for n, (sort, _) in enumerate(waiting) if sort == HEADING]
    place = headings[-1] if headings else len(waiting)
    yield from _left_out([sort for sort, _ in waiting[:place]], locale)
    for sort, revision in waiting[place : place + 1]:
        yield RevisedParagraph(sort, tuple(Stretch(run.text) for run in revision.runs))
    yield from _left_out([sort for sort, _ in waiting[place + 1 :]], locale)


def _left_out(sorts: Iterable[str], locale: Locale) -> Iterator[RevisedParagraph]:
    number = sum(sort != HEADING for sort in sorts)
    if number:
        text = locale.count("{n} paragraph unchanged", "{n} paragraphs unchanged", number)
        yield RevisedParagraph("unchanged", (Stretch(text),))


def _stretches(run: WordRun, code: str, locale: Locale) -> Iterator[Stretch]:
    """The words of a run. The space around inserted, deleted or moved words is not marked."""
    words = run.text.strip()
    if run.fate is Fate.UNCHANGED or not words:
        yield Stretch(run.text)
        return
    before, _, after = run.text.partition(words)
    yield from (Stretch(before),) if before else ()
    label = locale.text(LABELS[run.fate])
    if run.place not in ("", code):
        label = locale.text(ELSEWHERE[run.fate], section=locale.text(TITLES.get(run.place, OVER_CHART)))
    yield Stretch(words, run.fate, label)
    yield from (Stretch(after),) if after else ()


def _spaced_once(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    spaced = False
    for stretch in stretches:
        text = stretch.text.lstrip() if spaced else stretch.text
        if text:
            yield replace(stretch, text=text)
            spaced = text[-1].isspace()


def _origin(both: _SectionVersions, revision: ParagraphDiff, before: ParagraphDiff | None, locale: Locale) -> str:
    """The paragraph after which a moved paragraph used to be."""
    was = revision.was or 0
    if before and before.moved and before.was == was - 1:
        return locale.text("moved with the paragraph above")
    if not was:
        return locale.text("moved here from the start of the section")
    words = both.old[was - 1].text.split()
    start = " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")
    return locale.text("moved here; it followed “{words}”", words=start)


def _unchanged(context: Context, same: Sequence[_SectionVersions]) -> tuple[Entries, ...]:
    sides, locale = context.sides, context.locale
    if sides is None or not same:
        return ()
    entries = tuple(
        Entry(
            locale.text(TITLES[section.code]),
            (locale.text("unchanged since {year}", year=_since(sides.last.edition, section.printed)),),
        )
        for section in same
    )
    return (Entries(locale.text("Sections unchanged"), entries),)


def _reading(context: Context) -> Box:
    sides, locale = context.sides, context.locale
    first, last = (sides.first.edition.year, sides.last.edition.year) if sides else (0, 0)
    message = N_(
        "The texts are shown as printed in the editions of {first} and {last}, each with its own figures. Text that "
        "the later edition no longer has is struck through and marked as deleted; text that it adds is underlined "
        "and marked as inserted. Sentences and paragraphs in a different place are marked as moved. Figures and "
        "tables are named without numbers."
    )
    return Box(locale.text("Reading the texts"), (locale.text(message, first=first, last=last),))


class _Unnumbered(Printer):
    """Prints references without numbers, which differ between editions, and claims without checking them, since a
    published claim may be refused today."""

    def _reference(self, expression: Expression) -> Printed:
        word = N_("Figure {n}") if expression.call == "figure" else N_("Table {n}")
        return Printed(altered(self.locale.text(word, n="…"), unbroken))

    def _claim(self, expression: Expression, observation: Observation) -> Printed:
        return Printed(expression.words[0], (observation,))


def plain_paragraphs(passages: Sequence[Passage], printer: Printer) -> tuple[PlainParagraph, ...]:
    """The paragraphs of a section's passages in reading order, the headline first and the footnotes last."""
    unnumbered = _Unnumbered(*(getattr(printer, field.name) for field in fields(printer)))
    narrative = compose(passages, unnumbered, NoteBook())
    paragraphs = [PlainParagraph(_bare(narrative.headline.words), HEADLINE)] if narrative.headline else []
    for title, text in narrative.parts:
        paragraphs += [PlainParagraph(title, HEADING)] if title else []
        paragraphs += _paragraphs(text.nodes, PARAGRAPH)
    expressions = (piece.expression for passage in passages for piece in parse(passage)[0] if piece.expression)
    return (*paragraphs, *(PlainParagraph(item.argument, NOTE) for item in expressions if item.call == "note"))


def _paragraphs(nodes: Iterable[TextBlock | Inline], sort: str) -> Iterator[PlainParagraph]:
    """The paragraphs with words; those in a list are items."""
    for node in nodes:
        if isinstance(node, Group):
            yield from _paragraphs(node.inside, ITEM if node.tag == "li" else sort)
        elif isinstance(node, text_tree.Paragraph) and (text := _bare(words(node.inside))):
            yield PlainParagraph(text, sort)


def _bare(text: str) -> str:
    return SPACE.sub(" ", text).strip()
