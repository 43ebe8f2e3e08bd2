"""The start page of a package, for people without the program."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from reporter.data.i18n import N_, NN_, STATUS_WORDS
from reporter.editions.resources import templates_of, theme_of
from reporter.exchange.package.package_contents import BOOK, READ, Consignment, Enclosed
from reporter.formats.bagit.bag import measure
from reporter.formats.html import start_html
from reporter.report.document.document import Entry, StartFile, StartGroup, StartPage
from reporter.report.sections import edition_of

NAME = "start.html"
TITLE = N_("Contents of this package, and how to check it")
# The number of kinds of files listed to open first.
FIRST = 2
# More files of a kind are folded.
MANY = 12
SHOW = NN_("Show the {n} file", "Show the {n} files")
TABLE = "-observations.csv"


def start_page(sent: Consignment, files: Mapping[str, Enclosed]) -> dict[str, Enclosed]:
    theme, templates = theme_of(sent.sources, sent.vintage.settings), templates_of(sent.sources)
    html = start_html(_page_of(sent, files), theme, sent.locale.text, templates)
    return {NAME: Enclosed(measure(html.encode()), sent.locale.text(TITLE), sent.locale.language)}


def _page_of(sent: Consignment, files: Mapping[str, Enclosed]) -> StartPage:
    locale = sent.locale
    ordered = sorted(files, key=lambda path: (files[path].rank, files[path].language != locale.language, path))
    kinds: dict[str, list[StartFile]] = {}
    for path in ordered:
        enclosure = files[path]
        language = locale.language_name(enclosure.language) if enclosure.language else ""
        start_file = StartFile(path, quote(path), language, locale.size(enclosure.content.size))
        kinds.setdefault(enclosure.title, []).append(start_file)
    groups = tuple(
        StartGroup(title, tuple(of_kind), locale.count(*SHOW, len(of_kind)) if len(of_kind) > MANY else "")
        for title, of_kind in kinds.items()
    )
    mine = [path for path in ordered if files[path].language in ("", locale.language)]
    table = next((path for path in mine if path.endswith(TABLE)), "")
    workbook = next((path for path in mine if path.endswith(BOOK)), "")
    first = [path for path in ordered if files[path].rank < len(READ)] or [name for name in (workbook, table) if name]
    chosen = list(dict.fromkeys(files[path].title for path in first))[:FIRST]
    return StartPage(
        edition=edition_of(sent.extract.context),
        title=locale.text(TITLE),
        name=sent.name,
        facts=(*_facts(sent), *_absent(sent, files)),
        first=tuple(StartGroup(group.title, group.files[:1]) for group in groups if group.title in chosen),
        groups=groups,
        table=table,
        workbook=workbook,
    )


def _absent(sent: Consignment, files: Mapping[str, Enclosed]) -> Iterator[Entry]:
    """The linked PDFs that are not in the package: pages stay as published, and a signed PDF has another name."""
    led_to = (f"{job.name}.pdf" for job in sent.jobs if f"{job.name}.html" in files)
    if absent := tuple(name for name in led_to if name not in files):
        words = N_(
            "They lead to files published together with the pages. Missing from this package, or under another name: "
            "{files}."
        )
        text = sent.locale.text(words, files=sent.locale.listed(absent))
        yield Entry(sent.locale.text("Links of the web pages"), (text,))


def _facts(sent: Consignment) -> Iterator[Entry]:
    locale, vintage, published = sent.locale, sent.vintage, sent.published
    edition, language = edition_of(sent.extract.context), locale.language
    what = locale.text(
        N_("{title}: {country}, {year}"),
        title=vintage.settings.title.text(language),
        country=locale.name_of(vintage.country),
        year=vintage.year,
    )
    yield Entry(locale.text("Document"), (what,))
    yield Entry(locale.text("From"), tuple(office for office in (edition.rapporteur, edition.publisher) if office))
    yield Entry(locale.text("Intended for"), (sent.recipient.name.text(language),))
    if published and sent.correction:
        yield Entry(locale.text("Edition"), (sent.correction,))
        yield Entry(locale.text("Why it was corrected"), (published.reason.text(language),))
    elif published:
        text = locale.text("The first edition, published on {date}", date=locale.date(published.date))
        yield Entry(locale.text("Edition"), (text,))
    else:
        yield Entry(locale.text("Edition"), (locale.text("Sent before publication: no number yet"),))
    if sent.replaces:
        yield Entry(locale.text("Replaces"), (sent.replaces,))
    yield Entry(locale.text("Status of the figures"), (locale.text(STATUS_WORDS[vintage.edition.status]),))
    if edition.data_cutoff:
        yield Entry(locale.text("Data as of"), (edition.data_cutoff,))
    yield Entry(locale.text("Name of the package"), (f"{sent.name}.zip",))
