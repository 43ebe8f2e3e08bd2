"""Accepting a finding: what is written and printed of the reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from reporter.document.document import Block, Document, Entries, Figure, Table, Text
from reporter.document.outline import Volume
from reporter.document.text_tree import calls
from reporter.edit.amendment import NOTHING, Amendment, Conflict, amended, slice_digest, slice_of
from reporter.edit.handwriting import Value
from reporter.edit.written_steps import Step
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.edition.resources import locale_of
from reporter.errors import Finding, ReporterError, values_by_year
from reporter.files.published import published_years
from reporter.files.sources import DATA, Sources
from reporter.i18n import N_, Locale
from reporter.load.shapes import YearShape
from reporter.load.yaml_tree import decode
from reporter.model import Accepted, CountryData, Label
from reporter.produce.composed import documents_of
from reporter.web.desk import Reading
from reporter.web.listed_findings import ACCEPTED, EntryInFile
from reporter.web.printed_places import CHART, TABLE

FOOTNOTE, LISTED = N_("Footnote {n}"), N_("among the findings accepted")
# Stands where nobody has given a reason yet.
UNSAID = "…"


@dataclass(frozen=True, eq=False)
class Acceptance:
    """That somebody answers for a finding, with a reason in each language. `file` is that of the year in which it is
    written; `before` is the reason that answered for other values, whose place it takes. A figure that is not
    `comparable` is in doubt."""

    finding: Finding
    file: str
    reasons: Mapping[str, str]
    comparable: bool = True
    before: EntryInFile | None = None

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


@dataclass(frozen=True, slots=True)
class WrittenLines:
    """The lines that a change writes, and those it takes out. `after` is the number of the line below which they
    stand."""

    file: str
    after: int
    written: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintedReason:
    """A place where the reason is printed. `section` and what it is said `of` are in the language of the edition, the
    `kind` in that of who looks."""

    section: str
    kind: str
    of: str


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
    return WrittenLines(wanted.file, above, tuple(new[above : len(new) - below]), tuple(old[above : len(old) - below]))


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
                yield from (PrintedReason(title, kind, of) for kind, of in _in_block(block, reason, speaker))
            texts = (block for block in section.blocks if isinstance(block, Text))
            called = {call.number for text in texts for call in calls(text.nodes)}
            yield from (PrintedReason(title, speaker.text(FOOTNOTE, n=n), "") for n in sorted(numbers & called))


def _in_block(block: Block, reason: str, speaker: Locale) -> Iterator[tuple[str, str]]:
    if isinstance(block, Figure | Table):
        kind = speaker.text(CHART if isinstance(block, Figure) else TABLE, n=block.number)
        yield from ((kind, of) for of, text in block.notes if text == reason)
    elif isinstance(block, Entries):
        yield from ((speaker.text(LISTED), each.title) for each in block.entries if reason in each.lines)
