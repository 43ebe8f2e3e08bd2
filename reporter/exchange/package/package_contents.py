"""The files of a package, part by part, each with its title. Nothing is written."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reporter.data.errors import Finding, ReporterError
from reporter.data.files.as_json import as_json
from reporter.data.files.sources import SETTINGS, Sources, known_countries, known_years, largest_of, lines_of_keys
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import N_, Locale
from reporter.data.outline import Volume
from reporter.data.read.settings import read_settings, recipient_text
from reporter.data.read.yaml_tree import read_yaml
from reporter.data.records import Audience, PackagePart, Recipient, Release, Vintage
from reporter.data.records.label import ENGLISH
from reporter.editions.all_findings import EvaluatedEdition, outcomes_of
from reporter.editions.job import OUTSIDE, Job, page_settings
from reporter.editions.making.exports import (
    Extract,
    Files,
    filled_tables,
    make_csv,
    make_json,
    make_origins,
    make_page,
    make_tables,
)
from reporter.editions.making.order import MadeFile
from reporter.editions.search_cache import findings_of
from reporter.editions.state import EditionState, as_published, edition_state, with_copies, with_inputs
from reporter.formats.bagit import Package
from reporter.formats.bagit.bag import DATA as PAYLOAD
from reporter.formats.bagit.bag import Measured, measure
from reporter.formats.export.observations import ENDING, esms_json, ess_report, figures_schema_text
from reporter.report.sections import esms_of

SOURCES = "source/"
# Settings that affect files other than pages: which small counts are published, and by which rules for whom.
TOLD = {Audience.PUBLIC: (b"publish_small_counts:",), Audience.RESTRICTED: (b"publish_small_counts:", b"disclosure:")}


def packed_sources(state: EditionState, now: EditionState, recipient: Recipient) -> Sources:
    """The source files of an edition's package: what its audience may see of the edition, with the recipient and the
    reasons for publishing small counts as they are `now`."""
    audience, today = state.job.audience, now.inputs.find(SETTINGS).content
    settings, _ = read_settings(now.sources)
    words = recipient_text(recipient, settings.mail if settings else None)
    setting_lines = lines_of_keys(today, lambda line: line.startswith(TOLD[audience]))
    pages = without_addresses(state.inputs.find(SETTINGS).content)
    view = state.view.overlay({SETTINGS: pages + setting_lines + words.encode()})
    if state.release:
        view = with_inputs(view, state.release, view.only(state.inputs.__contains__), audience)
    if state.before:
        copies = state.before.contents
        copies |= {path: without_addresses(content) for path, content in copies.items() if path == SETTINGS}
        view = with_copies(view, state.releases[-2], copies, audience)
    return view


def without_addresses(content: bytes) -> bytes:
    """The lines of `reporter.yaml` on which pages depend. Raises ReporterError where they cannot be separated from the
    addresses of recipients and the means of sending."""
    left = page_settings(content)
    data = read_yaml(Sources.from_contents({SETTINGS: left}), SETTINGS).data
    if strays := [name for key in OUTSIDE if isinstance(data, dict) and (name := key.decode().rstrip(":")) in data]:
        message = f"{SETTINGS}: {strays[0]}: does not begin a line of its own, so it cannot be kept out of a package"
        raise ReporterError(message, hint=f"write {strays[0]}: at the beginning of a line, without quotes")
    return left


def packed_edition(sources: Sources, workspace: Workspace) -> tuple[EditionState, Recipient]:
    """The edition (of the latest year) and recipient of a package. Earlier findings on its files are cached in the
    workspace. Raises ReporterError for files that are not of one country and one recipient."""
    # Errors in settings that were published can no longer be corrected.
    settings, _ = read_settings(sources)
    recipients = settings.recipients if settings else ()
    countries = [code for code in known_countries(sources) if known_years(sources, code)]
    if settings is None or len(recipients) != 1 or len(countries) != 1:
        raise ReporterError(
            f"the files that the package is made from are of {len(countries)} countries for {len(recipients)} "
            "recipients, not of one for one"
        )
    [country], [recipient] = countries, recipients
    job = Job(country, known_years(sources, country)[-1], recipient.language, audience=recipient.audience)
    state = replace(edition_state(sources, job), folder=findings_of(workspace))
    return as_published(state, settings.small_counts), recipient


def received_sources(package: Package) -> Sources:
    """The source files in a package by workspace path. Raises ReporterError for an oversized one."""
    start = f"{PAYLOAD}{SOURCES}"
    names = {name.removeprefix(start): name for name in package.payload if name.startswith(start)}
    for path, name in names.items():
        if len(package.read(name)) > largest_of(path):
            raise ReporterError(f"{name} is larger than {largest_of(path) // 1000:,} kB")
    return Sources.from_contents({path: package.read(name) for path, name in names.items()})


ESS_SHAPE = "https://raw.githubusercontent.com/data-cleaning/ValidatReport/master/json/validation_report_1.0.1.json"
ESS_TRIGGER = "reporter package"
FIGURES, VALIDATION, METADATA = "figures/", "validation/", "metadata/"
BOOK, UNKNOWN_KIND = ".xlsx", "application/octet-stream"
LINKS = {"pdf": ("https://pdfa.org/resource/iso-14289-pdfua/", "https://pdfa.org/resource/iso-19005-3-pdf-a-3/")}
TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".csv": "text/csv",
    ".json": "application/json",
    BOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".md": "text/markdown",
    ".txt": "text/plain",
}


def path_of(document: MadeFile) -> str:
    return f"{FIGURES}{document.name}" if document.name.endswith(BOOK) else document.name


@dataclass(frozen=True, slots=True)
class Consignment:
    """The content of a package for a recipient; all of it follows from `sources`, the files that travel with it.
    `extracts` are those of the edition by language, the recipient's first; `locale` is the recipient's language, used
    for descriptions; `documents` are finished files by document and format; `replaces` names the package that this one
    supersedes, empty for the first; `releases` are the numbers published; `made_by` is the program that packs."""

    sources: Sources
    recipient: Recipient
    locale: Locale
    extracts: Mapping[str, Extract]
    documents: Mapping[Job, Mapping[str, MadeFile]]
    replaces: str = ""
    releases: tuple[Release, ...] = ()
    made_by: str = ""

    @property
    def published(self) -> Release | None:
        return self.releases[-1] if self.releases else None

    @property
    def correction(self) -> str:
        """A corrigendum's description of itself, empty for a first edition."""
        if len(self.releases) < 2:
            return ""
        before, last = self.releases[-2:]
        return self.locale.text(
            "This is corrigendum {n} of {date}. It replaces the edition published on {before}.",
            n=last.number,
            date=self.locale.date(last.date),
            before=self.locale.date(before.date),
        )

    @property
    def vintage(self) -> Vintage:
        return self.extract.vintage

    @property
    def extract(self) -> Extract:
        return self.extracts[self.locale.language]

    @property
    def stem(self) -> str:
        return Job(self.vintage.country.code, self.vintage.year, "", audience=self.recipient.audience).begin

    @property
    def name(self) -> str:
        return f"{self.stem}-{self.recipient.code}"

    @property
    def jobs(self) -> tuple[Job, ...]:
        return tuple(sorted(self.documents, key=lambda job: job.name))


# Files for readers, in reading order.
READ = ((Volume.MAIN, "pdf"), (Volume.MAIN, "html"), (Volume.METHODS, "pdf"), (Volume.METHODS, "html"))


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file of a package, with size and checksum. `title` is in the recipient's language, `language` its own;
    `conforms_to` are addresses of standards; `rank` is its place in the letter, files for readers first."""

    content: Measured
    title: str
    language: str = ""
    conforms_to: tuple[str, ...] = ()
    rank: int = len(READ)


Parts = Mapping[str, Enclosed]
Enclose = Callable[[Consignment], Parts]


def languages_of(recipient: Recipient, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages of a recipient's files: all if it gets the profile, else its own."""
    return languages if {PackagePart.PDF, PackagePart.HTML} & set(recipient.gets) else (recipient.language,)


def enclose(sent: Consignment, parts: Iterable[Enclose]) -> dict[str, Enclosed]:
    files = {path: enclosure for part in parts for path, enclosure in part(sent).items()}
    return {path: files[path] for path in sorted(files)}


def media_type(path: str) -> str:
    return TYPES.get(path[path.rfind(".") :].lower(), UNKNOWN_KIND)


TITLES: Mapping[str, Mapping[Volume, str]] = {
    "pdf": {Volume.MAIN: N_("The profile as a PDF"), Volume.METHODS: N_("Data and methods as a PDF")},
    "html": {Volume.MAIN: N_("The profile as a web page"), Volume.METHODS: N_("Data and methods as a web page")},
    "xlsx": {Volume.MAIN: N_("All tables of the profile as a workbook")},
}


def enclose_built(sent: Consignment, form: str) -> Parts:
    """The finished files of a format in each language; the signed form of a PDF where there is one."""
    return {
        path_of(document): Enclosed(
            content=document.content,
            title=sent.locale.text(TITLES[form][job.volume]),
            language=job.language,
            conforms_to=LINKS.get(form, ()),
            rank=READ.index((job.volume, form)) if (job.volume, form) in READ else len(READ),
        )
        for job in sent.jobs
        if (document := sent.documents[job].get(form))
    }


def enclose_csv(sent: Consignment) -> Parts:
    """CSV files of observations and Article 19a coverage in each language, with metadata."""
    observed = sent.locale.text("All figures of the edition and of earlier years, one value per line")
    covered = sent.locale.text("Coverage of Article 19a of Directive 2011/36/EU")
    columns = sent.locale.text("Column descriptions")

    def title(name: str) -> str:
        return columns if name.endswith(ENDING) else covered if "-coverage." in name else observed

    return dict(_exported(sent, make_csv, title))


def enclose_json(sent: Consignment) -> Parts:
    files = _exported(sent, make_json, lambda _: sent.locale.text("All figures, machine-readable"))
    schema = Enclosed(measure(figures_schema_text().encode()), sent.locale.text("Schema of the figures for machines"))
    return dict(files) | {f"{FIGURES}export.schema.json": schema}


def enclose_sdmx(sent: Consignment) -> Parts:
    """The tables of Eurostat under the names its portal requires, with the origin of their numbers."""
    tables = filled_tables(sent.extract)
    table_by_code = make_tables(sent.extract, tables)
    origins = sent.locale.text("Origin of each number in the tables for Eurostat")
    files: dict[str, Enclosed] = {}
    for flow, _ in tables:
        name = edamis_name(flow.code, sent.vintage.country.code, sent.vintage.year)
        title = sent.locale.text("Table for Eurostat: {label}", label=flow.label.text(sent.locale.language))
        files[f"{FIGURES}{name}"] = Enclosed(measure(table_by_code[flow.code]), title)
    return files | dict(_exported(sent, lambda extract: make_origins(extract, tables), lambda _: origins))


EDAMIS = re.compile(r"[A-Z0-9]{1,8}_[A-Z0-9]{1,7}_A_[A-Z]{2}_[0-9]{4}_0000(_[A-Z0-9]{1,220})?")


def edamis_name(code: str, country: str, year: int) -> str:
    """Name a table of Eurostat by the convention of its portal EDAMIS. Of CRIM_THB_VSAGE the domain is CRIM, the
    structure THB, and the rest an option, which the portal ignores. Raises ReporterError for any other code."""
    domain, structure, *rest = (*code.split("_"), "")
    name = "_".join((domain, structure, "A", country, str(year), "0000", *filter(None, ["".join(rest)])))
    if not EDAMIS.fullmatch(name):
        hint = "the code of a table is capital letters and digits, such as CRIM_THB_VSAGE"
        raise ReporterError(f"{name!r} cannot be the name of an EDAMIS file", hint=hint)
    return f"{name}.CSV"


def enclose_page(sent: Consignment) -> Parts:
    titles = {
        ".html": sent.locale.text("The text for the Commission’s page, ready to paste"),
        ".md": sent.locale.text("The text for the Commission’s page as Markdown"),
    }
    files = make_page(sent.extract)
    return {name: Enclosed(measure(text), titles[name[name.rindex(".") :]], ENGLISH) for name, text in files.items()}


def enclose_sources(sent: Consignment) -> Parts:
    title = sent.locale.text("Source file of the profile")
    return {f"{SOURCES}{path}": Enclosed(measure(content), title) for path, content in sent.sources.contents.items()}


def enclose_validation(sent: Consignment) -> Parts:
    """The results of the checks: of each PDF those of veraPDF; of the data the findings, and the
    result of every rule in the format of the European Statistical System."""
    vintage = sent.vintage
    code, unread = vintage.country.code, dict(sent.extract.checked.unread)
    read = vintage.year < unread.get(code, vintage.year + 1)
    edition = EvaluatedEdition(code, vintage.year, vintage.edition.day, read)
    outcomes = outcomes_of(_findings(sent), [edition], vintage.index.values(), vintage.settings.languages)
    files = {
        f"{VALIDATION}{sent.stem}-checks.json": Enclosed(
            measure(f"{as_json([finding.plain() for finding in _findings(sent)], indent=1)}\n".encode()),
            sent.locale.text("Findings of the automatic checks"),
        ),
        f"{VALIDATION}{sent.stem}-ess.json": Enclosed(
            measure(ess_report(outcomes, ESS_TRIGGER, vintage.country.publisher.text(sent.locale.language)).encode()),
            sent.locale.text("Validation report in the format of the European Statistical System"),
            conforms_to=(ESS_SHAPE,),
        ),
    }
    if PackagePart.PDF in sent.recipient.gets:
        title = sent.locale.text("Validation of the PDFs")
        reports = [_report(sent.documents[job]["pdf"]) for job in sent.jobs if "pdf" in sent.documents[job]]
        lines = "".join(map(_in_words, reports))
        files[f"{VALIDATION}{sent.stem}-pdf.json"] = Enclosed(
            measure(f"{as_json(reports, indent=1)}\n".encode()), title
        )
        files[f"{VALIDATION}{sent.stem}-pdf.txt"] = Enclosed(measure(lines.encode()), title)
    return files


def enclose_metadata(sent: Consignment) -> Parts:
    title = sent.locale.text("Statistical metadata under the headings of ESMS")
    return {
        f"{METADATA}{extract.name}-esms.json": Enclosed(
            measure(esms_json(extract.title, language, esms_of(extract.context, extract.findings), extract.audience)),
            title,
            language,
        )
        for language, extract in sent.extracts.items()
    }


PARTS: Mapping[PackagePart, Enclose] = {
    PackagePart.PDF: partial(enclose_built, form="pdf"),
    PackagePart.HTML: partial(enclose_built, form="html"),
    PackagePart.XLSX: partial(enclose_built, form="xlsx"),
    PackagePart.CSV: enclose_csv,
    PackagePart.SDMX: enclose_sdmx,
    PackagePart.JSON: enclose_json,
    PackagePart.PAGE: enclose_page,
    PackagePart.VALIDATION: enclose_validation,
    PackagePart.METADATA: enclose_metadata,
}


def _exported(
    sent: Consignment, make: Callable[[Extract], Files], title: Callable[[str], str]
) -> Iterator[tuple[str, Enclosed]]:
    for language, extract in sent.extracts.items():
        for name, content in make(extract).items():
            yield f"{FIGURES}{name}", Enclosed(measure(content), title(name), language)


def _findings(sent: Consignment) -> Sequence[Finding]:
    return [finding for finding in sent.extract.findings if finding.since <= sent.vintage.year]


def _report(document: MadeFile) -> dict[str, object]:
    """The checkers' result for one PDF, from when it was built (one that fails is not kept). It describes the PDF
    inside a signed file; the signed file is checked as a whole before its package is put in place."""
    signed = {"unsigned_sha256": document.unsigned} if document.unsigned else {}
    return {
        "path": document.name,
        "sha256": document.content.sha256,
        **signed,
        "program": f"reporter {document.program}",
        "judged_sha256": document.sha256,
        "results": document.proof,
        "passes": bool(document.proof) and not any(result["failed"] for result in document.proof),
    }


def _in_words(report: Mapping[str, object]) -> str:
    verdict = "passes" if report["passes"] else "does not pass"
    results = report["results"] if isinstance(report["results"], list) else []
    lines = [
        f"  {' '.join(map(str, (result['checker'], result['version'])))}, {result['profile']}: "
        f"{result['passed']} of {result['rules']} rules passed"
        for result in results
    ]
    return "\n".join((f"{report['path']}: {verdict}, {report['sha256']}", *lines)) + "\n"
