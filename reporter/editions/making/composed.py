"""Compose an edition as a document, before drawing and layout, and trace where a figure comes from and is printed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from reporter import __version__
from reporter.check import BY_MACHINE, by_machine
from reporter.data.errors import DataError, Finding, Mark, Severity, UsageError
from reporter.data.i18n import CHANGED, NN_, Locale
from reporter.data.i18n.po_file import DOCUMENT
from reporter.data.i18n.refresh import program_messages
from reporter.data.outline import Volume
from reporter.data.records import Annexes, CountryData, Dataset, EditionStatus, Observation, Vintage, is_hidden, vintage
from reporter.data.records.label import PRINTED
from reporter.editions.checked import CheckedDataset, blocking_findings, edition_findings, require_year
from reporter.editions.job import Job, inputs_of, outlines_of, volumes
from reporter.editions.public.public_files import written_place
from reporter.editions.resources import locale_of
from reporter.editions.state import EditionState, context_of
from reporter.figures.compare.erratum import Erratum
from reporter.figures.compare.figures import Manner
from reporter.report.context import Context
from reporter.report.document.content import printed_values
from reporter.report.document.document import Document
from reporter.report.sections import Composition, Production, compose
from reporter.report.sections.draft_findings import flagged, flags_of
from reporter.report.sections.imprint import VOLUMES
from reporter.report.tables.tabulate import FLAG_WORDS
from reporter.text.tree import Flags


def documents_of(
    checked: CheckedDataset,
    job: Job,
    locale: Locale,
    production: Production | None = None,
    *,
    context: Context | None = None,
    erratum: Erratum | None = None,
    anyway: bool = False,
) -> dict[Volume, Document]:
    """Compose the volumes of a document, with their production if given. A given context has its erratum. A draft is
    composed whatever the findings. Otherwise a text that cannot be printed raises DataError, unless `anyway`, which
    composes a draft if anything stops the edition."""
    context = context or context_of(checked.dataset, job, locale, erratum)
    vintage = context.vintage
    outlines, about = outlines_of(job, vintage.settings.annexes), checked.printed
    if job.manner:
        # A comparison covers its own years.
        years = {int(side) for side in job.sides} if job.manner is Manner.YEARS else {job.year}
        about = tuple(finding for finding in about if finding.year in years)

    is_draft = job.manner is None and vintage.edition.status is EditionStatus.DRAFT

    def composed_with(flags: Flags) -> Composition:
        token = PRINTED.set(printed := set[str]())
        try:
            composition = compose(vintage, locale, about, production, outlines=outlines, context=context, flags=flags)
        finally:
            PRINTED.reset(token)
        return _unreviewed(composition, len(printed & locale.machine), locale, vintage, is_draft=is_draft)

    def drafted() -> dict[Volume, Document]:
        return _draft(edition_findings(checked, checked.printed, job.country, job.year), context, composed_with)

    stopped = anyway and blocking_findings(checked, job.year, (job.language,))
    if is_draft or (job.manner is None and stopped):
        volumes = drafted()
    else:
        composed = composed_with(Flags())
        if composed.findings and not anyway:
            raise DataError(composed.findings)
        volumes = drafted() if composed.findings else dict(composed.volumes)
    return {volume: replace(item, edition=replace(item.edition, stem=job.begin)) for volume, item in volumes.items()}


def document_of(checked: CheckedDataset, job: Job, locale: Locale, *, erratum: Erratum | None = None) -> Document:
    return documents_of(checked, job, locale, erratum=erratum)[job.volume]


BY_MACHINE_WORDS = NN_(
    "{n} heading, label or sentence here was translated by machine and not reviewed; the publisher permits this.",
    "{n} headings, labels and sentences here were translated by machine and not reviewed; the publisher permits this.",
)


def _unreviewed(whole: Composition, count: int, locale: Locale, vintage: Vintage, *, is_draft: bool) -> Composition:
    """A composition of which `count` messages were translated by machine: with the finding that stops it unless it is a
    draft, or with the remark that the publisher permits it. Templates print further messages, so any one counts."""
    if locale.machine.isdisjoint(ids[0] for ids in program_messages(DOCUMENT)):
        return whole
    if locale.language in vintage.settings.machine_translation:
        words = locale.count(*BY_MACHINE_WORDS, count)
        remarks = {volume: filter(None, (document.remark, words)) for volume, document in whole.volumes.items()}
        noted = {key: replace(whole.volumes[key], remark=locale.joined(" ", texts)) for key, texts in remarks.items()}
        return replace(whole, volumes=noted)
    finding = by_machine(locale.language)
    severity = finding.severity if is_draft else Severity.ERROR
    finding = replace(finding, severity=severity, hint=f"this edition prints {count} of them; {finding.hint}")
    return replace(whole, findings=(*whole.findings, finding))


def _draft(
    findings: tuple[Finding, ...], context: Context, composed_with: Callable[[Flags], Composition]
) -> dict[Volume, Document]:
    """Compose a draft, in which findings are marked and stop nothing, including texts that cannot be printed, known
    from a first attempt. Each volume lists them with their places."""
    flags = flags_of(findings, context)
    composed = composed_with(flags)
    marks = {finding.mark for group in flags.groups for finding in group}
    new = tuple(finding for finding in composed.findings if finding.mark not in marks)
    # The document knows how many of its words were translated by machine.
    counted = {finding.message: finding for finding in composed.findings if finding.code == BY_MACHINE.code}
    if new or counted:
        flags = flags_of((*(counted.get(finding.message, finding) for finding in findings), *new), context)
        composed = composed_with(flags)
    notes = [finding for finding in findings if not (finding.asks or finding.accepted)]
    return {volume: flagged(document, flags, notes, context) for volume, document in composed.volumes.items()}


def production_of(checksum: str, job: Job, vintage: Vintage, *, proven: bool = False) -> Production:
    """How an edition is produced. `proven`: the PDF is kept only if it passes both profiles."""
    annexes, others = vintage.settings.annexes, (code for code in vintage.settings.languages if code != job.language)
    return Production(
        program=__version__,
        checksum=checksum,
        data_file=data_name(job),
        source_file=source_name(job),
        proven=proven,
        names=_names(job, annexes),
        translations={language: _names(replace(job, language=language), annexes) for language in others},
    )


def _names(job: Job, annexes: Annexes) -> Mapping[Volume, str]:
    return {volume_job.volume: volume_job.name for volume_job in volumes(job, annexes)}


def source_name(job: Job) -> str:
    """The name of the year's file inside the PDF. Empty for a comparison, which has no single such file."""
    return f"{job.begin}.yaml" if job.manner is None else ""


def data_name(job: Job) -> str:
    """The name of the file of all observations or, for a comparison, of everything compared."""
    return f"{job.begin}-{'comparison' if job.manner else 'observations'}.csv"


# Maps a line of what an audience may see to the line in the written file.
WrittenPlace = Callable[[Mark], Mark]


# Everything known about one value, in the edition's language.
Trace = dict[str, str | int | tuple[str, ...]]


def trace(state: EditionState, whole: Dataset, written: WrittenPlace, language: str, address: str) -> Trace:
    """Trace a figure in an edition. `whole` includes later files, which may restate it; `written` maps its lines to
    those of the original files. Raises UsageError with the nearest names for an unknown figure."""
    job, checked = replace(state.job, language=language), state.checked
    require_year(checked, job.country, job.year)
    locale = locale_of(state.sources, language)
    record = vintage(checked.dataset, job.country, job.year)
    observation = record.observation(address)
    if observation is None:
        near = get_close_matches(address, sorted({name for name, year in record.index if year == record.year}), 3, 0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "figures are named as in data/catalogue.yaml"
        raise UsageError(f"{address} has no value in the edition of {job.year}", hint=hint)
    indicator, source = record.catalogue.indicator(observation.indicator), record.catalogue.source(observation.source)
    printed = list[str]()
    for volume, document in documents_of(checked, job, locale, erratum=state.erratum).items():
        suffix = f" ({locale.text(VOLUMES[volume])})" if volume else ""
        printed += (f"{place}{suffix}" for place in printed_values(document) if place.observation == observation)
    data = whole.country(job.country)
    latest = vintage(whole, job.country, job.year, as_of=data.years[-1].year if data else None).data
    return {
        "address": address,
        "year": job.year,
        "standing": locale.text(CHANGED) if record.edition.changed else "",
        "value": locale.value(observation),
        "label": locale.label_of(observation, record.catalogue),
        "definition": dict(indicator.definitions)[observation.definition].text(language) if indicator else "",
        "place": str(written_place(inputs_of(state.sources, job), state.inputs, observation.mark)),
        "source": f"{source.publisher.text(language)}, {source.title.text(language)}" if source else observation.source,
        "flags": tuple(sorted(f"{flag.value}: {FLAG_WORDS[flag]}" for flag in observation.flags)),
        "notes": tuple(dict.fromkeys(note.text(language) for note in record.notes(observation))),
        "printed": tuple(dict.fromkeys(printed)),
        "vintages": tuple(_vintages(latest, written, observation, locale)),
    }


def _vintages(data: CountryData, written: WrittenPlace, item: Observation, locale: Locale) -> Iterator[str]:
    stated = [other for other in data.observations if (other.address, other.year) == (item.address, item.year)]
    revised = [other for other in data.revisions if (other.figure, other.year) == (item.address, item.year)]
    if revised and not is_hidden(item):
        yield from (f"edition {other.vintage}: {locale.value(other)} ({written(other.mark)})" for other in stated)
        for revision in revised:
            reason = revision.reason.text(locale.language)
            yield f"edition {revision.now.vintage}: {locale.value(revision.now)} ({written(revision.mark)}) {reason}"
