"""The findings of a year by kind, who accepted them, and where their reasons are written and printed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from reporter.check import NOT_NEEDED
from reporter.check.time_series import EUROSTAT
from reporter.data.errors import OF_A_YEAR, Finding, Mark, ReporterError, values_by_year, waiting_texts
from reporter.data.files.published import published_years
from reporter.data.files.sources import DATA, Sources, checksum
from reporter.data.i18n import N_, Locale
from reporter.data.i18n.refresh import translated_problem
from reporter.data.outline import Volume
from reporter.data.read.shapes import YearShape
from reporter.data.read.yaml_tree import Keys, decode, read_yaml
from reporter.data.records import Accepted, Catalogue, CountryData, Label, answer_to, is_about
from reporter.data.write.amendment import NOTHING, Amendment, Conflict, Edit, amended, slice_digest, slice_of
from reporter.data.write.applying import Step, read_journal, step_of
from reporter.data.write.figure_fields import FigureField, detail_step, holder_of, year_figures
from reporter.data.write.yaml_format import Value
from reporter.editions.all_findings import REMARK
from reporter.editions.checked import OF_TEXT
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of
from reporter.editions.resources import locale_of
from reporter.editions.state import context_of
from reporter.report.document.document import Block, Document, Entries, Figure, Table
from reporter.text.tree import Text, calls
from reporter.workbench.server.frame import YearPage
from reporter.workbench.server.workspace_reader import Reading
from reporter.workbench.texts.live_edition import CHART, TABLE
from reporter.workbench.year.year_state import chapter_of_address, chapter_of_finding

# Remedies, by the key that is written, and the labels of the buttons that write it.
PARTS = N_("Correct the parts or the total, or say that the rest is not stated.")
BREAK = N_("Mark the break, and describe the change in a note.")
CHOICE = N_("Choose one of the two figures; a table never mixes them.")
BUTTONS = {
    "incomplete": (PARTS, N_("The rest is not stated")),
    "flags": (BREAK, N_("Mark a break in the series")),
    EUROSTAT: (CHOICE, N_("Leave it as it is"), N_("Use the other figure")),
}
# By the code of what a page of texts remedies.
IN_LANGUAGE = {
    "translation-missing": N_(
        "Open the section under Texts, choose the other language above it and write it there. Until then the edition "
        "in that language prints this text and says so; over a chart it prints the plain title."
    ),
    "part-missing": N_("Open the section under Texts, choose the other language above it and write the part there."),
}
IN_PLACE, OR_ACCEPT = N_("Correct it on its page."), N_("Correct it on its page, or accept it with a reason.")
# A key or heading named by a hint. The heading of a part is typed on the page, too.
FILE_LINE = re.compile(
    r"(?!.*## ).*(?:\b(?:add|as|correct|of|office:|say|under|with|write) [a-z_]+:(?: |$)|\B# \w)", re.DOTALL
)


def plain_hint(page: YearPage, finding: Finding) -> str:
    """The remedy for users with a button or field; instructions for files are left to the terminal."""
    if remedy_buttons(page.reading, finding):
        return page.locale.text(BUTTONS[finding.remedy[0]][0])
    if finding.code in IN_LANGUAGE:
        return page.locale.text(IN_LANGUAGE[finding.code])
    if FILE_LINE.match(str(finding.hint)):
        return page.locale.text(OR_ACCEPT if finding.is_acceptable else IN_PLACE)
    return translated_problem(finding.hint, page.locale)


def remedy_buttons(reading: Reading, finding: Finding) -> tuple[str, ...]:
    """The labels of the buttons; none where there is no button."""
    key, _ = finding.remedy
    return BUTTONS.get(key, ())[1:] if key == EUROSTAT or _figure_of(reading, finding) else ()


def remedy_step(reading: Reading, finding: Finding, catalogue: Catalogue, button: str) -> Step | None:
    key, word = finding.remedy
    if key == EUROSTAT:
        return _filling(reading.sources, finding.mark.path, *word.split(), button=button)
    field_and_text = _figure_of(reading, finding)
    if field_and_text is None:
        return None
    field, written = field_and_text
    existing = written.get(key) if isinstance(written, Mapping) else None
    words = existing if isinstance(existing, list) else [existing] if existing else []
    return detail_step(field, catalogue, (key,), [*map(str, words), word])


def _filling(sources: Sources, file: str, tables: str, *figures: str, button: str) -> Step | None:
    """Write which figure fills some tables of Eurostat; None for an unknown button."""
    figure = dict(zip(BUTTONS[EUROSTAT][1:], figures, strict=True)).get(button)
    if figure is None:
        return None
    chosen: dict[str, Value] = {}
    if written := slice_of(decode(sources.find(file).content, file), file, (EUROSTAT,)):
        chosen |= read_yaml(sources, file).data[EUROSTAT]
    for table in tables.split(","):
        # A table may have a figure for each kind of persons.
        others = chosen.get(table, [])
        others = others if isinstance(others, list) else [others]
        chosen[table] = [*others, figure] if others else figure
    return step_of(Amendment(file, (EUROSTAT,), chosen, slice_digest(written), order=tuple(YearShape.model_fields)))


def _figure_of(reading: Reading, finding: Finding) -> tuple[FigureField, object] | None:
    """The field of a finding and its text. None without a remedy, or outside the figures of a year."""
    if not (any(finding.remedy) and OF_A_YEAR.fullmatch(finding.mark.path)):
        return None
    field = FigureField(finding.mark.path, finding.figure)
    written = holder_of(year_figures(reading.sources, field.file), field)
    return (field, written) if written else None


ACCEPTED, SHORT = "accepted", 12


class FindingKind(StrEnum):
    """What a finding requires, the gravest first. FALLEN: its reason was given for values that have changed."""

    ERROR = "errors"
    FALLEN = "fallen"
    WARNING = "warnings"
    OPEN = "open"
    NOTE = "notes"
    ACCEPTED = "accepted"
    REMARK = "remarks"

    @property
    def mark(self) -> str:
        return {"errors": "error", "fallen": "error", "warnings": "warning", "accepted": "done"}.get(self, "note")


@dataclass(frozen=True, slots=True)
class EntryInFile:
    """A reason in its file. `edit` says who wrote it and when; None where the journal does not know."""

    entry: Accepted
    path: Keys
    written: str
    edit: Edit | None

    @property
    def digest(self) -> str:
        return slice_digest(self.written)


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding of a year, with the reason that accepts it or accepted it before its values changed. `chapter` is empty
    for files and settings; `back` is the present finding where a reason has fallen."""

    finding: Finding
    kind: FindingKind
    chapter: str
    reason: EntryInFile | None = None
    back: Finding | None = None

    @property
    def name(self) -> str:
        return finding_name(self.finding)

    @property
    def acceptable(self) -> str:
        """The name of the finding that can be accepted; empty for none."""
        wanted = self.back or (self.finding if self.finding.is_acceptable else None)
        return finding_name(wanted) if wanted else ""


def finding_name(finding: Finding) -> str:
    identity = (finding.code, finding.figure, finding.year, finding.values, finding.words)
    # Without a figure, it is identified by its place.
    place = "" if finding.figure else f"{finding.mark} {finding.message}"
    return checksum(f"{identity} {place}")[:SHORT]


def listed_findings(page: YearPage) -> tuple[ListedFinding, ...]:
    """The findings of a year, the gravest first. Texts that wait for a decision have their own page."""
    state = page.state
    findings = state.all_findings
    entries = {entry_in_file.entry.mark: entry_in_file for entry_in_file in entries_of(page)}
    # Reviewers' remarks are listed separately from the program's findings.
    waiting = waiting_texts(findings)
    own = (finding for finding in findings if finding.undecided not in waiting and finding.code != REMARK)

    def order(listed_finding: ListedFinding) -> tuple[int, bool, Mark]:
        # Texts in the user's language come first.
        text = OF_TEXT.match(listed_finding.finding.mark.path)
        is_foreign = text is not None and text[1] != page.locale.language
        return list(FindingKind).index(listed_finding.kind), is_foreign, listed_finding.finding.mark

    return tuple(sorted((_listed(finding, findings, state.data, entries) for finding in own), key=order))


def findings_to_accept(page: YearPage) -> tuple[ListedFinding, ...]:
    """The findings that can be accepted, each with the reason that has fallen, if any."""
    findings = listed_findings(page)
    fallen = {finding_name(row.back): row.reason for row in findings if row.back}
    return tuple(replace(row, reason=fallen.get(row.name)) for row in findings if row.finding.is_acceptable)


def entries_of(page: YearPage) -> Iterator[EntryInFile]:
    lines = tuple(reversed(read_journal(page.desk.workspace, page.reading.sources).lines))
    by_file: dict[str, int] = {}
    for entry in page.state.data.accepted:
        file = entry.mark.path
        number = by_file[file] = by_file.get(file, -1) + 1
        path: Keys = (ACCEPTED, str(number))
        written = slice_of(decode(page.reading.sources.find(file).content, file), file, path)
        own = (line.edit for line in lines if line.is_written and line.edit.file == file)
        yield EntryInFile(
            entry,
            path,
            written,
            next((edit for edit in own if edit.path[:1] == (ACCEPTED,) and written.strip() in edit.after), None),
        )


def _listed(
    finding: Finding, findings: Iterable[Finding], data: CountryData, entries: Mapping[Mark, EntryInFile]
) -> ListedFinding:
    if finding.code == NOT_NEEDED.code and finding.mark in entries:
        reason = entries[finding.mark]
        back = next((other for other in findings if other.is_acceptable and is_about(reason.entry, other)), None)
        chapter = chapter_of_address(reason.entry.figure, data)
        return ListedFinding(finding, FindingKind.FALLEN, chapter, reason, back=back)
    chapter = chapter_of_finding(finding, data)
    if finding.accepted:
        entry = answer_to(finding, data.accepted)
        return ListedFinding(finding, FindingKind.ACCEPTED, chapter, entries.get(entry.mark) if entry else None)
    kind = FindingKind(f"{finding.severity}s")
    return ListedFinding(finding, FindingKind.OPEN if finding.asks and kind is FindingKind.NOTE else kind, chapter)


FOOTNOTE, LISTED = N_("Footnote {n}"), N_("among the findings accepted")
# The placeholder for a missing reason.
UNSAID = "…"


# The number of the line below which a change writes, the lines that it writes, and those it removes.
WrittenLines = tuple[int, list[str], list[str]]
# A place where the reason is printed: section, kind of place, and subject; the kind in the user's language, the others
# in that of the edition.
PrintedReason = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Acceptance:
    """The acceptance of a finding, with a reason in each language. `file` is that of its year; `before` is the reason
    for other values that it replaces. A figure not `comparable` is in doubt. `written` are its lines, or `problem` the
    obstacle; `printed` are places by language, None until requested. `lacking` languages have no reason."""

    finding: Finding
    file: str
    reasons: Mapping[str, str]
    comparable: bool = True
    before: EntryInFile | None = None
    written: WrittenLines | None = None
    printed: Mapping[str, tuple[PrintedReason, ...]] | None = None
    problem: ReporterError | None = None
    lacking: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return finding_name(self.finding)

    @property
    def year(self) -> int:
        return int(self.file.rpartition("/")[2].partition(".")[0])

    @property
    def value(self) -> dict[str, Value]:
        """The entry of `accepted:` to write."""
        finding = self.finding
        entry: dict[str, Value] = {"rule": finding.code, "figure": finding.figure}
        if finding.year and finding.year != self.year:
            entry["year"] = str(finding.year)
        if not self.comparable:
            entry["comparable"] = "false"
        if finding.values:
            entry["values"] = values_by_year(finding.values)
        if finding.words:
            entry["words"] = finding.words
        return entry | {"reason": {language: words or UNSAID for language, words in self.reasons.items()}}

    @property
    def unsaid(self) -> Accepted:
        """The entry without a reason: the places where it is printed do not depend on its words."""
        return Accepted(
            rule=self.finding.code,
            figure=self.finding.figure,
            year=self.finding.year or self.year,
            vintage=self.year,
            comparable=self.comparable,
            values=self.finding.values,
            words=self.finding.words,
            reason=Label(tuple((language, UNSAID) for language in self.reasons)),
            mark=self.before.entry.mark if self.before else replace(self.finding.mark, path=self.file),
        )


def file_to_accept(reading: Reading, finding: Finding, country: str, year: int) -> str:
    """The file in which to accept a finding: that of the first edition concerned unless published, else of the year."""
    first = finding.since or year
    own = year if first in published_years(reading.sources, country) else first
    return f"{DATA}/{country}/{own}.yaml"


def accepting(reading: Reading, data: CountryData, wanted: Acceptance) -> Step:
    """The step that writes a reason. Raises ReporterError where a file changed since the finding."""

    def step(sources: Sources) -> Amendment | Conflict | None:
        if _sums(sources, data.country.code) != _sums(reading.sources, data.country.code):
            raise ReporterError("a file changed while this was written", hint="review the finding again")
        return amendment_to_accept(sources, wanted)

    return step


def _sums(sources: Sources, country: str) -> Mapping[str, str]:
    return {path: file.sha256 for path, file in sources.items() if path.startswith(f"{DATA}/{country}/")}


def amendment_to_accept(sources: Sources, wanted: Acceptance) -> Amendment:
    if wanted.before:
        return Amendment(wanted.file, wanted.before.path, wanted.value, digest=wanted.before.digest)
    if slice_of(decode(sources.find(wanted.file).content, wanted.file), wanted.file, (ACCEPTED,)):
        return Amendment(wanted.file, (ACCEPTED, "-"), wanted.value, NOTHING)
    return Amendment(wanted.file, (ACCEPTED,), [wanted.value], NOTHING, order=tuple(YearShape.model_fields))


def withdrawing(sources: Sources, file: str, digest: str) -> Amendment | None:
    """The amendment that removes the reason with the `digest`; None where it is gone."""
    text = decode(sources.find(file).content, file)
    slices: list[str] = []
    while written := slice_of(text, file, (ACCEPTED, str(len(slices)))):
        slices.append(slice_digest(written))
    if digest not in slices:
        return None
    if len(slices) == 1:
        return Amendment(file, (ACCEPTED,), None, slice_digest(slice_of(text, file, (ACCEPTED,))))
    return Amendment(file, (ACCEPTED, str(slices.index(digest))), None, digest)


def lines_written(sources: Sources, wanted: Amendment) -> WrittenLines | None:
    """The lines that an amendment writes, None for none. Raises ReporterError when it cannot be written."""
    text = decode(sources.find(wanted.file).content, wanted.file)
    edit = amended(text, wanted)
    if edit is None or isinstance(edit, Conflict):
        return None
    old, new = text.splitlines(), edit.apply(text).splitlines()
    above = _alike(old, new)
    below = _alike(old[above:][::-1], new[above:][::-1])
    return above, new[above : len(new) - below], old[above : len(old) - below]


def _alike(one: list[str], other: list[str]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (here, there) in pairs if here != there), min(len(one), len(other)))


@lru_cache(maxsize=4)
def reasons_printed(
    reading: Reading, entry: Accepted, old: Accepted | None, country: str, year: int, speaker: Locale
) -> Mapping[str, tuple[PrintedReason, ...]]:
    """Where the edition prints a reason, in each language, composed as if the `entry` replaced the `old` one. That
    takes a while, but only once while its words are typed. `speaker` is the user's language."""
    checked = reading.checked
    if checked is None:
        return {}
    countries = tuple(
        replace(data, accepted=(*(one for one in data.accepted if one != old), entry))
        if data.country.code == country
        else data
        for data in checked.dataset.countries
    )
    checked = replace(checked, dataset=replace(checked.dataset, countries=countries))
    places_by_language: dict[str, tuple[PrintedReason, ...]] = {}
    for language, reason in entry.reason.texts:
        job, locale = Job(country, year, language), locale_of(reading.sources, language)
        volumes = documents_of(checked, job, locale, context=context_of(checked.dataset, job, locale), anyway=True)
        places_by_language[language] = tuple(dict.fromkeys(_printed(volumes, reason, speaker)))
    return places_by_language


def _printed(volumes: Mapping[Volume, Document], reason: str, speaker: Locale) -> Iterator[PrintedReason]:
    for document in volumes.values():
        numbers = {note.number for note in document.notes if note.text == reason}
        for section in document.walk():
            title = f"{section.number} {section.title}".strip()
            for block in section.blocks:
                yield from ((title, kind, of) for kind, of in _in_block(block, reason, speaker))
            texts = (block for block in section.blocks if isinstance(block, Text))
            called = {call.number for text in texts for call in calls(text.nodes)}
            yield from ((title, speaker.text(FOOTNOTE, n=n), "") for n in sorted(numbers & called))


def _in_block(block: Block, reason: str, speaker: Locale) -> Iterator[tuple[str, str]]:
    if isinstance(block, Figure | Table):
        kind = speaker.text(CHART if isinstance(block, Figure) else TABLE, n=block.number)
        yield from ((kind, of) for of, text in block.notes if text == reason)
    elif isinstance(block, Entries):
        yield from ((speaker.text(LISTED), entry.title) for entry in block.entries if reason in entry.lines)
