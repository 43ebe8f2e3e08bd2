"""Rules for the narrative: what it may contain, earlier texts that an edition prints again, and translations."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import permutations

from reporter.check.prose_text import Reread
from reporter.check.rule import CheckedEdition, Problem
from reporter.data.errors import LANGUAGE, Mark, nearest
from reporter.data.files.sources import DATA, SETTINGS
from reporter.data.i18n import N_, load_locale
from reporter.data.outline import BLOCKS, block_names, is_chart, parts, with_charts
from reporter.data.outline import SECTIONS as OUTLINE
from reporter.data.records import Passage, StillHolds
from reporter.data.records.country import FIGURE, OVER, TABLE, UNREAD_TEXT
from reporter.data.records.label import ENGLISH
from reporter.data.records.message import tell
from reporter.figures.analysis.ledger import BY_PERSON, LEDGER
from reporter.report.charts import CHARTS, make_chart
from reporter.report.context import Context
from reporter.text.markdown import SectionText, has_words, problems, section_texts
from reporter.text.reused_texts import MOST

SECTIONS = frozenset(part.code for part in parts())
# Charts that draw what others then leave out.
DRAWN_FIRST = (LEDGER, BY_PERSON)
TABLES = tuple(name for name in BLOCKS if name not in CHARTS)
# This rule cannot make charts that need the year before.
OF_TWO_YEARS = frozenset(block_names(tuple(chapter for chapter in OUTLINE if chapter.code == "compared")))
# Parsing takes a millisecond a page; a passage without any of these signs contains nothing to refuse.
SUSPECT = re.compile(r"<(?!(?:https?://[^\s<>]*|[\w.+-]+@[\w.-]+)>)|\[|^ {0,3}#(?!# [^*_`{\\&]*$)|^[ \t|:=-]+$", re.M)


def unknown_section(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        passage = parsed.passage
        name = passage.section
        if not passage.part and name not in SECTIONS and not _is_over(name, edition):
            headings = (*SECTIONS, *(f"{FIGURE}{chart}" for chart in CHARTS), *(f"{TABLE}{table}" for table in TABLES))
            what = "chart or table" if name.startswith(OVER) else "section"
            meant = f"{FIGURE}{name}" if name in CHARTS else name
            message = f"no {what} is called {name.removeprefix(FIGURE).removeprefix(TABLE)!r}"
            yield Problem(message, _heading(passage), nearest(meant, headings))


def text_over_chart(edition: CheckedEdition) -> Iterator[Problem]:
    for passage in (parsed.passage for parsed in edition.new_passages):
        if _is_over(passage.section, edition) and (passage.part or passage.carries or passage.markdown.strip()):
            message = f"{passage.section} can have a headline, but no text below it"
            hint = f"write it after the colon, # {passage.section}: …, or in the section of the chart"
            yield Problem(message, _heading(passage), hint)


def chart_not_made(edition: CheckedEdition) -> Iterator[Problem]:
    # What another chart draws instead is no fault of the text.
    choice = replace(edition.vintage.settings.charts, leave_out=DRAWN_FIRST)
    vintage = replace(edition.vintage, settings=replace(edition.vintage.settings, charts=choice))
    blocks, context = shown_blocks(edition), Context(vintage, load_locale(ENGLISH))
    # Its headline may be written in several languages.
    is_made = cache(lambda name: make_chart(name, context) is not None)
    for passage in (parsed.passage for parsed in edition.new_passages):
        name = passage.section.removeprefix(FIGURE)
        if name == passage.section or not (passage.headline and is_chart(name, edition.vintage.catalogue)):
            continue
        if name not in blocks:
            message = f"no section shows the chart {name}: its headline is not printed"
            hint = f"remove the heading, or choose the chart under charts: in {SETTINGS}"
            yield Problem(message, _heading(passage), hint)
        elif name not in OF_TWO_YEARS and not is_made(name):
            message = f"the chart {name} has nothing to show in {edition.year}: its headline is not printed"
            yield Problem(message, _heading(passage), "keep the heading for a year with the chart, or remove it")


def shown_blocks(edition: CheckedEdition) -> tuple[str, ...]:
    return block_names(with_charts(OUTLINE, edition.vintage.settings.charts))


def is_shown(name: str, edition: CheckedEdition) -> bool:
    """Return whether a profile shows the section, chart or table of a heading."""
    return name in SECTIONS or (name.startswith(OVER) and name.partition("-")[2] in shown_blocks(edition))


def _is_over(name: str, edition: CheckedEdition) -> bool:
    chart, table = name.removeprefix(FIGURE), name.removeprefix(TABLE)
    return (chart != name and is_chart(chart, edition.vintage.catalogue)) or (table != name and table in TABLES)


def _heading(passage: Passage) -> Mark:
    """The line of a heading: above the text of a section, but the first line of a part."""
    return Mark(passage.mark.path, passage.mark.line - (not passage.part), 1)


def raw_html(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        passage = parsed.passage
        if SUSPECT.search(passage.markdown):
            findings = problems(passage.markdown, passage.mark)
            yield from (Problem(finding.message, finding.mark, finding.hint) for finding in findings)


def bad_expression(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        yield from (Problem(finding.message, finding.mark, finding.hint) for finding in parsed.findings)


WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# A placeholder in the place of a name.
NOBODY = re.compile(r"[\W\d_]*|.*[\[\]<>{}…].*|(?:your |the )?name|todo|tbd|tbc|n/?a|x+|nobody|someone|somebody", re.I)
CARRY = "carry: rest"


def undecided_text(edition: CheckedEdition) -> Iterator[Problem]:
    for passage in _carried(edition):
        if edition.confirmed.isdisjoint((passage.section, passage.name)):
            what = f"part {passage.part} of section {passage.section}" if passage.part else f"section {passage.section}"
            message = f"{what} dates from {passage.year} and is not confirmed for {edition.year}"
            hint = f"read it: if every word is still right, {confirmation(edition, passage.name)}"
            hint += f"; else rewrite it in the text of {edition.year}, or end it with an empty heading"
            # The first line that has words, where a draft marks the text.
            first = next((n for n, line in enumerate(passage.markdown.split("\n")) if line.strip()), None)
            mark = Mark(passage.mark.path, passage.mark.line + (first or 0))
            mark = passage.headline.mark if first is None and passage.headline else mark
            yield Problem(message, mark, hint, year=edition.year, undecided=passage.name)


def decision_not_needed(edition: CheckedEdition) -> Iterator[Problem]:
    earlier = {name for passage in _carried(edition) for name in (passage.section, passage.name)}
    earlier |= {name for text in edition.new_texts if text.is_reused for name in (text.section, text.name)}
    earlier -= {""}
    for decision, name in ((entry, name) for entry in _decisions(edition) for name in entry.texts):
        if name not in earlier and name != f"{UNREAD_TEXT}.{decision.year}":
            message, hint = _why_not(edition, name, earlier)
            yield Problem(message, decision.mark, hint, year=edition.year)


def decision_unsigned(edition: CheckedEdition) -> Iterator[Problem]:
    end = f"{edition.year}-12-31"
    for decision in _decisions(edition):
        if not decision.texts:
            yield Problem("the entry names no text", decision.mark, "name what was read: texts: [general_situation]")
        if NOBODY.fullmatch(decision.by):
            hint = "write a name or an office: by: Office of the National Rapporteur"
            yield Problem(f"by: {decision.by!r} is not the name of a person or office", decision.mark, hint)
        if not WHOLE_DAY.fullmatch(decision.day):
            hint = f"write the day on which they were read, such as day: {edition.year + 1}-03-01"
            yield Problem(f"day: {decision.day} is not a day", decision.mark, hint)
        elif decision.day < end:
            message = f"the day {decision.day} is before the end of {edition.year}"
            yield Problem(message, decision.mark, f"read the texts again, and write {end} or a later day")


def decision_copied(edition: CheckedEdition) -> Iterator[Problem]:
    for decision in _decisions(edition):
        if copied := next(filter(decision.is_copy_of, edition.data.still_holds), None):
            message = f"the entry is copied from {copied.year} and confirms nothing for {edition.year}"
            again = f"read the texts again for {edition.year}"
            hint = f"{again}, and write that day; if it is the same day, write an entry for each text"
            yield Problem(message, decision.mark, hint)


def nothing_to_carry(edition: CheckedEdition) -> Iterator[Problem]:
    for passage in (parsed.passage for parsed in edition.new_passages if parsed.passage.carries):
        earlier = (text for text in edition.vintage.data.passages if text.year < passage.year)
        before = section_texts(earlier).get(passage.section, {}).get(passage.language)
        if before is None or not before.printed:
            message = f"section {passage.section} says {CARRY}, but has no earlier text in {passage.language}"
            yield Problem(message, passage.mark, f"remove the line {CARRY}: the section is complete without it")


def confirmation(edition: CheckedEdition, name: str) -> str:
    place = f"{DATA}/{edition.data.country.code}/{edition.year}.yaml"
    return f'paste under still_holds: in {place}: - {{texts: [{name}], by: "[your name]", day: "[the day]"}}'


def _carried(edition: CheckedEdition) -> Iterator[Passage]:
    printed = (parsed.passage for parsed in edition.passages)
    return (
        text for text in printed if text.year < edition.year and is_shown(text.section, edition) and has_words(text)
    )


def _decisions(edition: CheckedEdition) -> Iterator[StillHolds]:
    return (decision for decision in edition.data.still_holds if decision.year == edition.year)


def _why_not(edition: CheckedEdition, name: str, earlier: Set[str]) -> tuple[str, str]:
    texts = [parsed.passage for parsed in edition.passages if name in (parsed.passage.section, parsed.passage.name)]
    there = {heading for passage in edition.vintage.data.passages for heading in (passage.section, passage.name)}
    is_new = any(name in (text.name, text.section) for text in edition.new_texts)
    if is_new or any(passage.year == edition.year and has_words(passage) for passage in texts):
        return f"{name} is new in {edition.year}: there is nothing to confirm", f"remove {name} from texts:"
    if name in there or name in SECTIONS:
        return f"the edition of {edition.year} prints no earlier text of {name}", f"remove {name} from texts:"
    return f"no text is called {name!r}", nearest(name, earlier)


Section = dict[str, SectionText]
# One language has at least a quarter more new words than the other.
CLEARLY = 0.25


def translation_missing(edition: CheckedEdition) -> Iterator[Problem]:
    for code, written in _sections(edition):
        for language in edition.vintage.settings.languages:
            if language not in written:
                other = _newest(written)
                prints = "the plain title" if code.startswith(OVER) else f"the text in {other.language}, and says so"
                file = f"text/{language}/{other.year}.md"
                hint = (
                    f"write it in {language}: below # {code} in {file}, or in the workbench under Texts with the "
                    f"button of that language; until then its edition prints {prints}"
                )
                message = tell(N_("section {section} is not written in {language}"), section=code, language=language)
                yield replace(_problem(other.passages[0], message, hint, other.year), remedy=(LANGUAGE, language))


def machine_text(edition: CheckedEdition) -> Iterator[Problem]:
    """Paragraphs translated by machine; the settings may permit to publish them."""
    for passage in (reread.passage for reread in edition.new_passages):
        if passage.unreviewed and passage.language not in edition.vintage.settings.machine_translation:
            frame = N_("{section}: paragraphs translated by machine and not reviewed: {count}")
            message = tell(frame, section=passage.name, count=len(passage.unreviewed))
            hint = (
                "read and correct each, and delete the comment with the word machine next to it; or permit to publish "
                f"them as they are: publish_machine_translation: [{passage.language}]"
            )
            yield Problem(message, passage.unreviewed[0], hint, passage.name, passage.year)


def translation_behind(edition: CheckedEdition) -> Iterator[Problem]:
    """A text older in one language than in another, or copied from an earlier year while the other is new."""
    for code, written in _sections(edition):
        newest = _newest(written)
        year, first = newest.year, newest.language
        for language, text in written.items():
            if text.year < year:
                older = N_("section {section} is of {year} in {language}, of {later} in {other}")
                message = tell(older, section=code, year=text.year, language=language, later=year, other=first)
                fallback = "plain title" if code.startswith(OVER) else f"text in {first}"
                hint = f"write it for {year} in {language} as well; until then that edition prints the {fallback}"
                yield _problem(text.passages[0], message, hint, year)
    texts_by_section: dict[str, dict[str, list[Reread]]] = {}
    for entry in edition.new_texts:
        if not edition.is_confirmed(entry):
            texts_by_section.setdefault(entry.section or entry.name, {}).setdefault(entry.language, []).append(entry)
    for texts in texts_by_section.values():
        for old, new in permutations(texts.values(), 2):
            yield from _copied(edition, old, new)


def part_missing(edition: CheckedEdition) -> Iterator[Problem]:
    """A part with a code that one language has and another lacks, both last written in the same year."""
    for code, written in _sections(edition):
        year = _newest(written).year
        parts = {
            language: {entry.part: entry for entry in text.printed if entry.part}
            for language, text in written.items()
            if text.year == year
        }
        for part, passage in {name: entry for of in parts.values() for name, entry in of.items()}.items():
            for language in (other for other, passages in parts.items() if part not in passages):
                lacks = N_("part {part} of section {section} is not in {language}")
                message = tell(lacks, part=part, section=code, language=language)
                hint = f"write {{#{part}}} after the same sub-heading in text/{language}/{passage.year}.md"
                yield replace(_problem(passage, message, hint, year), remedy=(LANGUAGE, language))


def _copied(edition: CheckedEdition, old: Sequence[Reread], new: Sequence[Reread]) -> Iterator[Problem]:
    """Report texts copied in one language and new in another, if possible by paragraph."""
    is_alike = [text.sort for text in old] == [text.sort for text in new]
    behind = [
        (one, other)
        for one, other in zip(old, new, strict=False)
        if is_alike
        and (one.is_reused and other.is_statement and (not other.is_reused) and (one.share - other.share >= CLEARLY))
    ]
    if not is_alike and _share(old) >= MOST and _share(old) - _share(new) >= CLEARLY:
        behind = [(old[0], new[0])]
    for one, other in behind:
        what = tell(N_("the paragraph")) if one.section else tell(N_("the text"))
        what = what if is_alike else tell(N_("section {section}"), section=one.section)
        year = max(text.reuse.year for text in ((one,) if is_alike else old) if text.reuse)
        others = N_("{what} has the words of {year} in {language}, but new ones in {other}")
        message = tell(others, what=what, year=year, language=one.language, other=other.language)
        hint = f"write it for {edition.year} in {one.language} as well, or correct the text in {other.language}"
        figure = f"text.{one.name}" if one.section else ""
        yield Problem(message, one.mark, hint, figure=figure, year=edition.year, undecided=one.name)


def _share(texts: Sequence[Reread]) -> float:
    sizes = [len(entry.text.stems) for entry in texts]
    return sum(entry.share * size for entry, size in zip(texts, sizes, strict=True)) / max(1, sum(sizes))


def _sections(edition: CheckedEdition) -> Iterator[tuple[str, Section]]:
    """The texts of each section, by language of the workspace."""
    for code, texts in edition.texts.items():
        languages = edition.vintage.settings.languages
        written = {language: text for language, text in texts.items() if language in languages and text.printed}
        yield from ((code, written),) if written else ()


def _newest(written: Section) -> SectionText:
    return max(written.values(), key=lambda text: text.year)


def _problem(passage: Passage, message: str, hint: str, year: int) -> Problem:
    return Problem(message=message, mark=passage.mark, hint=hint, figure=f"text.{passage.name}", year=year)
