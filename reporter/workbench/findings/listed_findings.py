"""The findings of a year by kind, who accepted which, and what is written and printed of a reason."""

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
from reporter.data.i18n.refresh import said_problem
from reporter.data.outline import Volume
from reporter.data.read.shapes import YearShape
from reporter.data.read.yaml_tree import Keys, decode
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

# What helps, by the key that is written, and the words of the buttons that write it.
PARTS = N_("Correct the parts or the total, or say that the rest is not stated.")
BREAK = N_("Mark the break, and say in a note what changed.")
CHOICE = N_("Choose one of the two figures; a table never mixes them.")
BUTTONS = {
    "incomplete": (PARTS, N_("The rest is not stated")),
    "flags": (BREAK, N_("Mark a break in the series")),
    EUROSTAT: (CHOICE, N_("Leave it as it is"), N_("Fill it with the other figure")),
}
IN_PLACE, OR_ACCEPT = N_("Correct it on its page."), N_("Correct it on its page, or accept it with a reason.")
# A key or a heading that a hint names. The heading of a part is typed on the page, too.
FILE_LINE = re.compile(
    r"(?!.*## ).*(?:\b(?:add|as|correct|of|office:|say|under|with|write) [a-z_]+:(?: |$)|\B# \w)", re.DOTALL
)


def plain_hint(page: YearPage, finding: Finding) -> str:
    """What helps, for who sees a button or field. What is written into a file is left to the terminal."""
    if remedy_buttons(page.reading, finding):
        return page.locale.text(BUTTONS[finding.remedy[0]][0])
    if FILE_LINE.match(str(finding.hint)):
        return page.locale.text(OR_ACCEPT if finding.is_acceptable else IN_PLACE)
    return said_problem(finding.hint, page.locale)


def remedy_buttons(reading: Reading, finding: Finding) -> tuple[str, ...]:
    """The words of the buttons; none where nothing can be pressed."""
    key, _ = finding.remedy
    return BUTTONS.get(key, ())[1:] if key == EUROSTAT or _figure_of(reading, finding) else ()


def remedy_step(reading: Reading, finding: Finding, catalogue: Catalogue, button: str) -> Step | None:
    key, word = finding.remedy
    if key == EUROSTAT:
        return _filling(reading.sources, finding.mark.path, *word.split(), button=button)
    found = _figure_of(reading, finding)
    if found is None:
        return None
    field, written = found
    known = written.get(key) if isinstance(written, Mapping) else None
    words = known if isinstance(known, list) else [known] if known else []
    return detail_step(field, catalogue, (key,), [*map(str, words), word])


def _filling(sources: Sources, file: str, table: str, *figures: str, button: str) -> Step | None:
    """Write which figure fills a table of Eurostat; None for a button that is none."""
    figure = dict(zip(BUTTONS[EUROSTAT][1:], figures, strict=True)).get(button)
    if figure is None:
        return None
    if slice_of(decode(sources.find(file).content, file), file, (EUROSTAT,)):
        return step_of(Amendment(file, (EUROSTAT, table), figure, NOTHING))
    return step_of(Amendment(file, (EUROSTAT,), {table: figure}, NOTHING, order=tuple(YearShape.model_fields)))


def _figure_of(reading: Reading, finding: Finding) -> tuple[FigureField, object] | None:
    """The field of a finding, and what is written there. None without a remedy, and for what is elsewhere than
    among the figures of a year."""
    if not (any(finding.remedy) and OF_A_YEAR.fullmatch(finding.mark.path)):
        return None
    field = FigureField(finding.mark.path, finding.figure)
    written = holder_of(year_figures(reading.sources, field.file), field)
    return (field, written) if written else None


ACCEPTED, SHORT = "accepted", 12


class FindingKind(StrEnum):
    """What a finding asks for, the gravest first. What has `fallen` is a reason that answers for other values than
    there are now."""

    ERROR = "errors"
    FALLEN = "fallen"
    WARNING = "warnings"
    OPEN = "open"
    NOTE = "notes"
    ACCEPTED = "accepted"
    REMARK = "remarks"

    @property
    def mark(self) -> str:
        kinds = {"errors": "error", "fallen": "error", "warnings": "warning", "accepted": "done"}
        return kinds.get(self, "note")


@dataclass(frozen=True, slots=True)
class EntryInFile:
    """A reason as its file has it: where and what. `edit` says who wrote it and when; None where the journal does not
    know it."""

    entry: Accepted
    path: Keys
    written: str
    edit: Edit | None

    @property
    def seen(self) -> str:
        return slice_digest(self.written)


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding of a year, with the reason that answers for it. Or that answered for it before its values changed.
    `chapter` is empty for what is in files and settings; `back` is what is found now where a reason has fallen."""

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
    told = (finding.code, finding.figure, finding.year, finding.values, finding.words)
    # What has no figure is told by where it stands.
    place = "" if finding.figure else f"{finding.mark} {finding.message}"
    return checksum(f"{told} {place}")[:SHORT]


def listed_findings(page: YearPage) -> tuple[ListedFinding, ...]:
    """The findings of a year, the gravest first. Texts of earlier years that wait for a decision have a page of their
    own."""
    state = page.state
    found = state.found
    entries = {each.entry.mark: each for each in entries_of(page)}
    # What reviewers said is told apart from what the program found.
    waiting = waiting_texts(found)
    own = (each for each in found if each.undecided not in waiting and each.code != REMARK)

    def order(each: ListedFinding) -> tuple[int, bool, Mark]:
        # Texts in the language of who reads go before those in others.
        text = OF_TEXT.match(each.finding.mark.path)
        is_foreign = text is not None and text[1] != page.locale.language
        return list(FindingKind).index(each.kind), is_foreign, each.finding.mark

    return tuple(sorted((_listed(each, found, state.data, entries) for each in own), key=order))


def findings_to_accept(page: YearPage) -> tuple[ListedFinding, ...]:
    """The findings that can be accepted. Each has the reason that has fallen, if any."""
    found = listed_findings(page)
    fallen = {finding_name(each.back): each.reason for each in found if each.back}
    return tuple(replace(each, reason=fallen.get(each.name)) for each in found if each.finding.is_acceptable)


def entries_of(page: YearPage) -> Iterator[EntryInFile]:
    known = tuple(reversed(read_journal(page.desk.workspace, page.reading.sources).lines))
    by_file: dict[str, int] = {}
    for entry in page.state.data.accepted:
        file = entry.mark.path
        number = by_file[file] = by_file.get(file, -1) + 1
        path: Keys = (ACCEPTED, str(number))
        written = slice_of(decode(page.reading.sources.find(file).content, file), file, path)
        own = (each.edit for each in known if each.is_written and each.edit.file == file)
        yield EntryInFile(
            entry,
            path,
            written,
            next((each for each in own if each.path[:1] == (ACCEPTED,) and written.strip() in each.after), None),
        )


def _listed(
    finding: Finding, found: Iterable[Finding], data: CountryData, entries: Mapping[Mark, EntryInFile]
) -> ListedFinding:
    if finding.code == NOT_NEEDED.code and finding.mark in entries:
        reason = entries[finding.mark]
        back = next((each for each in found if each.is_acceptable and is_about(reason.entry, each)), None)
        chapter = chapter_of_address(reason.entry.figure, data)
        return ListedFinding(finding, FindingKind.FALLEN, chapter, reason, back=back)
    chapter = chapter_of_finding(finding, data)
    if finding.accepted:
        entry = answer_to(finding, data.accepted)
        return ListedFinding(finding, FindingKind.ACCEPTED, chapter, entries.get(entry.mark) if entry else None)
    kind = FindingKind(f"{finding.severity}s")
    return ListedFinding(finding, FindingKind.OPEN if finding.asks and kind is FindingKind.NOTE else kind, chapter)


FOOTNOTE, LISTED = N_("Footnote {n}"), N_("among the findings accepted")
# Stands where nobody has given a reason yet.
UNSAID = "…"


# The number of the line below which a change writes, the lines that it writes, and those it takes out.
WrittenLines = tuple[int, list[str], list[str]]
# A place where the reason is printed: the section and what it is said of in the language of the edition, with the kind
# between them in that of who looks.
PrintedReason = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Acceptance:
    """That somebody answers for a finding, with a reason in each language. `file` is that of the year in which it is
    written; `before` is the reason that answered for other values, whose place it takes. A figure that is not
    `comparable` is in doubt. `written` are the lines that it writes, or `problem` says why it cannot; `printed` are the
    places in each language, None until they are asked for. `lacking` are the languages without a reason."""

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
        """The entry of `accepted:`, as it is written."""
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
        return entry | {"reason": {each: words or UNSAID for each, words in self.reasons.items()}}

    @property
    def unsaid(self) -> Accepted:
        """The entry with no reason yet: what is printed where does not hang on its words."""
        return Accepted(
            rule=self.finding.code,
            figure=self.finding.figure,
            year=self.finding.year or self.year,
            vintage=self.year,
            comparable=self.comparable,
            values=self.finding.values,
            words=self.finding.words,
            reason=Label(tuple((each, UNSAID) for each in self.reasons)),
            mark=self.before.entry.mark if self.before else replace(self.finding.mark, path=self.file),
        )


def file_to_accept(reading: Reading, finding: Finding, country: str, year: int) -> str:
    """The file in which a finding is accepted, seen from an edition. It is that of the first edition concerned, unless
    that was published: what is said of it later stands in the file of the year."""
    first = finding.since or year
    own = year if first in published_years(reading.sources, country) else first
    return f"{DATA}/{country}/{own}.yaml"


def accepting(reading: Reading, data: CountryData, wanted: Acceptance) -> Step:
    """The step that writes a reason. Raises ReporterError where a file changed since the finding was found."""

    def step(sources: Sources) -> Amendment | Conflict | None:
        if _sums(sources, data.country.code) != _sums(reading.sources, data.country.code):
            raise ReporterError("a file changed while this was written", hint="look at the finding again")
        return amendment_to_accept(sources, wanted)

    return step


def _sums(sources: Sources, country: str) -> Mapping[str, str]:
    return {path: each.sha256 for path, each in sources.items() if path.startswith(f"{DATA}/{country}/")}


def amendment_to_accept(sources: Sources, wanted: Acceptance) -> Amendment:
    if wanted.before:
        return Amendment(wanted.file, wanted.before.path, wanted.value, seen=wanted.before.seen)
    text = decode(sources.find(wanted.file).content, wanted.file)
    if slice_of(text, wanted.file, (ACCEPTED,)):
        return Amendment(wanted.file, (ACCEPTED, "-"), wanted.value, NOTHING)
    order = tuple(YearShape.model_fields)
    return Amendment(wanted.file, (ACCEPTED,), [wanted.value], NOTHING, order=order)


def withdrawing(sources: Sources, file: str, seen: str) -> Amendment | None:
    """What takes out the reason of which somebody saw the digest. None where it does not stand there any more."""
    text = decode(sources.find(file).content, file)
    slices: list[str] = []
    while written := slice_of(text, file, (ACCEPTED, str(len(slices)))):
        slices.append(slice_digest(written))
    if seen not in slices:
        return None
    if len(slices) == 1:
        return Amendment(file, (ACCEPTED,), None, slice_digest(slice_of(text, file, (ACCEPTED,))))
    return Amendment(file, (ACCEPTED, str(slices.index(seen))), None, seen)


def lines_written(sources: Sources, wanted: Amendment) -> WrittenLines | None:
    """The lines that an amendment writes; None where nothing is. Raises ReporterError when it cannot be written."""
    text = decode(sources.find(wanted.file).content, wanted.file)
    found = amended(text, wanted)
    if found is None or isinstance(found, Conflict):
        return None
    old, new = text.splitlines(), found.apply(text).splitlines()
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
    """Where the edition prints a reason, in each language. It is composed as if the `entry` stood in the file, in the
    place of an `old` one; that takes a while, and once for all that is typed of it. `speaker` says what kind of place
    it is."""
    checked = reading.checked
    if checked is None:
        return {}
    countries = tuple(
        replace(each, accepted=(*(one for one in each.accepted if one != old), entry))
        if each.country.code == country
        else each
        for each in checked.dataset.countries
    )
    checked = replace(checked, dataset=replace(checked.dataset, countries=countries))
    found: dict[str, tuple[PrintedReason, ...]] = {}
    for language, reason in entry.reason.texts:
        job, locale = Job(country, year, language), locale_of(reading.sources, language)
        context = context_of(checked.dataset, job, locale)
        volumes = documents_of(checked, job, locale, context=context, anyway=True)
        found[language] = tuple(dict.fromkeys(_printed(volumes, reason, speaker)))
    return found


def _printed(volumes: Mapping[Volume, Document], reason: str, speaker: Locale) -> Iterator[PrintedReason]:
    for document in volumes.values():
        numbers = {each.number for each in document.notes if each.text == reason}
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
        yield from ((speaker.text(LISTED), each.title) for each in block.entries if reason in each.lines)
