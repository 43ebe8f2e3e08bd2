"""What reviewers said, as the page of the findings shows it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from reporter.context import Context
from reporter.edition.all_findings import remark_finding
from reporter.edition.checked import OF_TEXT
from reporter.errors import DataError, Finding
from reporter.files.sources import DATA
from reporter.i18n import N_
from reporter.intake.remarks.deciding_remarks import FiledRemark, filed_remarks
from reporter.model import ChangedWords, Observation
from reporter.model.country import OVER
from reporter.sections.retold import label_at
from reporter.web.chapter_places import chapter_of_address, passage_at, written_chapters
from reporter.web.figure_sheet import chapters_with_figures
from reporter.web.forms.entry_places import path_of_mark
from reporter.web.forms.listings import address_of_mark, listed_file
from reporter.web.frame import YearPage
from reporter.web.live_edition import field_address, figure_address

FIGURE, TEXT, FILE, LIST = N_("figure"), N_("text, {language}"), N_("file"), N_("list")
# The files in which lists stand.
OF_LISTS = re.compile(rf"{DATA}/([A-Z]{{2}})/([12]\d{{3}}|country)\.yaml", re.ASCII)
TO_FIELD, TO_TEXT, TO_FIGURE = N_("Go to the field"), N_("Go to the text"), N_("Where it comes from")
TO_FORM = N_("Go to the form")


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Where a finding is, and the page to mend it on. `link` says where the `address` leads; both are empty where the
    file is all there is."""

    title: str
    kind: str
    address: str = ""
    link: str = ""


def place_of_finding(page: YearPage, finding: Finding, figure: str = "") -> FindingPlace:
    """Where a finding is; `figure` where it says so of another entry."""
    locale = page.locale
    of_text = OF_TEXT.match(finding.mark.path)
    if of_text:
        return _place_in_texts(page, finding, of_text[1])
    named = figure or finding.figure
    seen = next(_stated_at(page, finding, named), None)
    form = address_of_mark(page.reading.sources, finding.mark) if seen is None or seen.owner else ""
    if form:
        kind = FIGURE if seen else LIST
        return FindingPlace(_entry(page, finding, named), locale.text(kind), form, locale.text(TO_FORM))
    if not named and seen is None:
        return FindingPlace(finding.mark.path, locale.text(FILE))
    # What is found in a part is told of its figure.
    title = label_at(named or (seen.address if seen else ""), Context(page.vintage, locale))
    address, link = _field(page, seen) if seen else ("", "")
    return FindingPlace(title, locale.text(FIGURE), address, locale.text(link) if link else "")


def _place_in_texts(page: YearPage, finding: Finding, language: str) -> FindingPlace:
    locale = page.locale
    passage = passage_at(finding, page.state.data.passages)
    kind = locale.text(TEXT, language=locale.language_name(language))
    if passage is None:
        return FindingPlace(finding.mark.path, kind)
    code = passage.section.removeprefix(OVER[0]).removeprefix(OVER[1])
    written = (part for chapter in written_chapters() for part in chapter.walk() if not part.made)
    part = next((part for part in written if code == part.code or code in part.blocks), None)
    if part is None:
        return FindingPlace(passage.section, kind)
    address = f"/{page.state.country.code}/{page.state.year}/text/{language}/{part.code}"
    return FindingPlace(locale.text(part.title), kind, address, locale.text(TO_TEXT))


def _entry(page: YearPage, finding: Finding, named: str) -> str:
    locale, state = page.locale, page.state
    titles = {f"activities.{each.code}": each.title for each in state.data.activities}
    titles |= {f"law.{each.code}": each.subject for each in state.country.provisions}
    stands = OF_LISTS.fullmatch(finding.mark.path)
    path = path_of_mark(page.reading.sources, finding.mark)
    if named in titles:
        return titles[named].text(locale.language)
    if named or not (stands and path):
        return label_at(named, Context(page.vintage, locale)) if named else finding.mark.path
    files = listed_file(stands[1], int(stands[2]) if stands[2].isdecimal() else None)
    listing = next((each for each in files.listings if path[0] in (each.key, *each.about)), None)
    return locale.text(listing.title) if listing else finding.mark.path


def _stated_at(page: YearPage, finding: Finding, figure: str) -> Iterator[Observation]:
    known = page.vintage.index.values()
    yield from (each for each in known if each.mark == finding.mark)
    if figure:
        year = finding.year or page.state.year
        found = (page.vintage.observation(figure, each) for each in (year, page.state.year))
        yield from (each for each in found if each)
        yield from (each for each in known if each.figure == figure and each.year == year)


def _field(page: YearPage, seen: Observation) -> tuple[str, str]:
    chapter = chapter_of_address(seen.indicator, page.state.data)
    field = field_address(seen, page.state.data)
    if "/figures/" in field and chapter in chapters_with_figures(page):
        return f"{field}#f-{quote(seen.address)}", TO_FIELD
    return figure_address(seen, page.state.year), TO_FIGURE


@dataclass(frozen=True, slots=True)
class RemarkTrouble:
    """What was wrong with a decision, and what was typed."""

    number: str
    words: str
    typed: str


def remarks_of(page: YearPage) -> tuple[FiledRemark, ...]:
    """The remarks on a year's edition, the open ones first."""
    found: tuple[FiledRemark, ...] = ()
    # What cannot be read is among the findings.
    with suppress(DataError):
        found = filed_remarks(page.reading.sources, page.state.country.code, page.state.year)
    return tuple(sorted(found, key=lambda each: not each.remark.is_open))


def finding_of(page: YearPage, filed: FiledRemark) -> Finding | None:
    """A remark as it stands in the file that its sentence is in. None where it is in none."""
    finding = remark_finding(page.reading.sources, filed.received, filed.remark)
    return finding if filed.remark.file and finding.mark.path == filed.remark.file else None


def changed_figure(page: YearPage, change: ChangedWords) -> str:
    """Where the figure is told of whose printed value was changed; empty for none that the edition has."""
    seen = page.vintage.observation(change.figure, change.year or page.state.year) if change.figure else None
    return figure_address(seen, page.state.year) if seen else ""
