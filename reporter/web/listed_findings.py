"""The findings of a year by kind, and who accepted which."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from reporter.check import NOT_NEEDED
from reporter.edit.amendment import Edit, slice_digest, slice_of
from reporter.edit.journal import read_journal
from reporter.edition.all_findings import REMARK
from reporter.errors import Finding, Mark, waiting_texts
from reporter.files.checksum import checksum
from reporter.load.yaml_tree import Keys, decode
from reporter.model import Accepted, CountryData, answer_to, is_about
from reporter.web.chapter_places import chapter_of_address, chapter_of_finding
from reporter.web.frame import YearPage

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
    made = (_listed(each, found, state.data, entries) for each in own)
    return tuple(sorted(made, key=lambda each: (list(FindingKind).index(each.kind), each.finding.mark)))


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
