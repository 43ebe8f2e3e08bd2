"""Lists of everything but figures and texts, with their forms."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from reporter.data.files.published import published_numbers
from reporter.data.files.sources import SETTINGS, known_countries
from reporter.data.read.catalogue import CATALOGUE
from reporter.data.read.entry_fields import ENTRIES, entry_fields, record_name
from reporter.data.read.shapes import CatalogueShape
from reporter.data.read.yaml_tree import Keys
from reporter.data.records import EditionStatus, Status
from reporter.data.write.amendment import NOTHING, slice_digest
from reporter.data.write.applying import Step, WriteOutcome
from reporter.data.write.figure_fields import FigureField, value_step, year_file
from reporter.editions.start.making import commission_name
from reporter.exchange.publish.edition_status import UNANSWERED
from reporter.workbench.figures.figures import sheet_address
from reporter.workbench.lists.form_inputs import NEW, FormGround, title_of_field
from reporter.workbench.lists.listings import (
    CATALOGUE_PLACE,
    CODES,
    DIMENSIONS,
    OF_CATALOGUE,
    ON_PAGES,
    EntryList,
    ListedFile,
    Listing,
    adding,
    coded_place,
    entry_summary,
    entry_title,
    families,
    is_open,
    known_codes,
    listed_file,
    path_of_mark,
    place_at,
    settings_file,
    settings_ground,
    year_ground,
)
from reporter.workbench.lists.record_form import (
    VALUE_OF,
    RecordForm,
    RecordPlace,
    conflict_of,
    record_data,
    record_form,
    remove_record,
    slice_text,
    write_record,
)
from reporter.workbench.server.form_post import CONFLICT, SEE_OTHER, UNFIT, ask_person
from reporter.workbench.server.frame import YearPage, about_year, form_about_year
from reporter.workbench.year.year_state import OF_THINGS, chapter_of_address

PLACE, BESIDE_YEARS = "lists", "settings"
WRITTEN = WriteOutcome()
Told = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class AskedEntry:
    """The list or record at an address. `above` is the list that contains a record, if any; `listing` its kind."""

    files: ListedFile
    listing: Listing
    path: Keys
    target: EntryList | RecordPlace
    above: EntryList | None = None

    @property
    def address(self) -> str:
        return "/".join((self.files.address, *self.path))

    @property
    def is_new(self) -> bool:
        return self.path[-1] == NEW

    @property
    def is_indicator(self) -> bool:
        return self.files.file == CATALOGUE and self.path[0] == "indicators"

    @property
    def place(self) -> RecordPlace:
        """The place of its record; raises HTTPException for a list, which has none."""
        if isinstance(self.target, EntryList):
            raise HTTPException(405)
        return self.target


def asked_entry(page: YearPage) -> AskedEntry:
    """The list or record at an address; raises HTTPException for none."""
    files, path = files_of(page)[0], tuple(page.request.path_params["place"].split("/"))
    listing = files.listing(path[0])
    if listing is None or (listing.about and len(path) > 1):
        raise HTTPException(404)
    if listing.about:
        return AskedEntry(files, listing, path, RecordPlace(files.file, (), files.shape, keys=listing.about))
    target, above = (place_at(files.file, files.shape, keys) for keys in (path, path[:-1]))
    if isinstance(target, EntryList):
        return AskedEntry(files, listing, path, target)
    if target is None or not isinstance(above, EntryList):
        raise HTTPException(404)
    return AskedEntry(files, listing, path, target, above)


def files_of(page: YearPage) -> tuple[ListedFile, ...]:
    country, year = page.state.country.code, page.request.path_params.get("year")
    if "country" not in page.request.path_params:
        return (settings_file(),)
    own = listed_file(country, None)
    shared = ListedFile(CATALOGUE, CatalogueShape, f"/{country}/{CATALOGUE_PLACE}", OF_CATALOGUE)
    if year:
        return listed_file(country, year), own, shared
    return (shared,) if page.request.url.path.split("/")[2] == CATALOGUE_PLACE else (own, shared)


def ground_of(page: YearPage, asked: AskedEntry) -> FormGround:
    if asked.files.file == SETTINGS:
        return settings_ground(page.vintage, page.locale, page.state.dataset.settings, page.reading.sources)
    within = asked.path[1] if asked.path[0] in (CODES, DIMENSIONS) and len(asked.path) > 1 else ""
    return year_ground(page.vintage, page.locale, page.state.dataset.settings.languages, within)


def field_of(page: YearPage, code: str) -> str:
    chapter = chapter_of_address(code, page.state.data)
    if code.startswith(OF_THINGS) or chapter not in page.figure_chapters:
        return f"/{page.state.country.code}/{CATALOGUE_PLACE}/indicators/{code}"
    asked = page.state.progress.status is EditionStatus.DRAFT
    return sheet_address(page, chapter, {} if asked else {"all": "1"}, at=code)


@about_year
def overview(page: YearPage) -> Response:
    groups = [(file, [_counted(page, file, one) for one in file.listings]) for file in files_of(page)]
    return page.answer("lists/lists.html", PLACE, groups=groups)


@about_year
def settings(page: YearPage) -> Response:
    files = settings_file()
    lines = [_counted(page, files, one) for one in files.listings]
    return page.answer("lists/settings.html", BESIDE_YEARS, lines=lines, file=files.file)


def list_page(page: YearPage, asked: AskedEntry, listed: EntryList) -> Response:
    entries = dict(listed.entries(page.reading.sources))
    if listed.path == (CODES,):
        # Also a dimension without entries.
        entries |= {axis.code: {} for axis in page.vintage.catalogue.dimensions if axis.code not in entries}
    return _answer(
        page,
        asked,
        "lists/list.html",
        entries=entries,
        is_open=is_open,
        commission_name=commission_name,
        beside=lambda data: entry_summary(listed, data, page.locale),
        add="" if listed.path == (CODES,) else adding(listed.file, listed.path),
    )


def form_page(page: YearPage, asked: AskedEntry, form: RecordForm, *, status: int = 200) -> Response:
    above, locale, sources = asked.above, page.locale, page.reading.sources
    keys = [field.key for field in entry_fields(asked.place.shape) if field.holding in ENTRIES]
    inner = (place_at(asked.files.file, asked.files.shape, (*asked.path, key)) for key in keys)
    return _answer(
        page,
        asked,
        "lists/entry.html",
        status=status,
        form=replace(form, findings=_findings_by_key(page, form)),
        codes=known_codes(above, page.vintage, locale, sources) if above and asked.is_new else None,
        families=families(above, page.vintage, locale) if above and asked.is_new else (),
        inner=[] if asked.is_new else [target for target in inner if isinstance(target, EntryList)],
        entries_of=lambda listed: listed.entries(sources),
    )


def removal_page(page: YearPage, asked: AskedEntry, outcome: WriteOutcome = WRITTEN) -> Response:
    piece = slice_text(asked.place, page.reading.sources)
    if not piece or not asked.above:
        raise HTTPException(404)
    status = CONFLICT if outcome.conflict else UNFIT if outcome.problem else 200
    return _answer(
        page, asked, "lists/entry_removal.html", status=status, piece=piece, seen=slice_digest(piece), outcome=outcome
    )


def _answer(page: YearPage, asked: AskedEntry, template: str, *, status: int = 200, **values: object) -> Response:
    place, locale, files = BESIDE_YEARS if asked.files.file == SETTINGS else PLACE, page.locale, asked.files
    made_with = ""
    if place == BESIDE_YEARS and asked.listing.key in ON_PAGES:
        # Published editions were made with earlier settings.
        sources = page.reading.sources
        years = {(code, year) for code in known_countries(sources) for year, _ in published_numbers(sources, code)}
        made_with = locale.listed(locale.put("{} {}", locale.country(code), year) for code, year in sorted(years))
    # A list within a record has no page to link to.
    trail = [
        path
        for path in (asked.path[:depth] for depth in range(1, len(asked.path)))
        if len(path) == 1 or path[0] == CODES or isinstance(place_at(files.file, files.shape, path), RecordPlace)
    ]
    values |= {
        "asked": asked,
        "trail": trail,
        "made_with": made_with,
        "title_at": lambda path: _title(page, asked, path),
        "entry_title": lambda listed, code, data: entry_title(listed, code, data, page.vintage, locale),
    }
    return page.answer(template, place, status=status, **values)


def _counted(page: YearPage, files: ListedFile, listing: Listing) -> tuple[str, str, int | None, int]:
    title, address = page.locale.text(listing.title), f"{files.address}/{listing.key}"
    target = None if listing.about else place_at(files.file, files.shape, (listing.key,))
    if not isinstance(target, EntryList):
        return title, address, None, 0
    entries = target.entries(page.reading.sources)
    return title, address, len(entries), sum(is_open(data) for _, data in entries)


def _title(page: YearPage, asked: AskedEntry, path: Keys) -> str:
    locale, files = page.locale, asked.files
    if len(path) == 1:
        return locale.text(asked.listing.title)
    if path[0] == CODES and len(path) == 2:
        axis = page.vintage.catalogue.dimension(path[1])
        return axis.label.text(locale.language) if axis else path[1]
    target, above = (place_at(files.file, files.shape, keys) for keys in (path, path[:-1]))
    if isinstance(target, EntryList):
        return title_of_field(record_name(above.shape), target.field, locale) if above else ""
    if isinstance(above, EntryList) and path[-1] == NEW:
        return locale.text(adding(above.file, above.path))
    data = record_data(target, page.reading.sources) if target else None
    return entry_title(above, path[-1], data, page.vintage, locale) if isinstance(above, EntryList) else ""


def _findings_by_key(page: YearPage, form: RecordForm) -> Mapping[str, tuple[Told, ...]]:
    place = form.place
    findings_by_key: dict[str, tuple[Told, ...]] = {}
    # What was found before the file was written may be true no more.
    is_checked = page.desk.settled.sources.find(place.file) == page.reading.sources.find(place.file)
    for item in page.reading.findings if is_checked else ():
        if item.mark.path != place.file or not item.asks:
            continue
        path, depth = path_of_mark(page.reading.sources, item.mark), len(place.path)
        if path[:depth] == place.path:
            key = path[depth] if len(path) > depth else ""
            if not place.path and key not in place.keys:
                continue
            # Findings about the country are repeated in each of its drafts; those with a field need no words of the
            # file.
            rows = (str(item.severity), page.words_of(item), "" if item.code == UNANSWERED else item.hint)
            findings_by_key[key] = tuple(dict.fromkeys((*findings_by_key.get(key, ()), rows)))
    return findings_by_key


@about_year
def show(page: YearPage) -> Response:
    asked = asked_entry(page)
    if isinstance(asked.target, EntryList):
        return list_page(page, asked, asked.target)
    if page.request.query_params.get("remove"):
        return removal_page(page, asked)
    form = record_form(asked.place, ground_of(page, asked), page.reading.sources)
    if form.is_new and not asked.is_new:
        raise HTTPException(404)
    # A page that knows some values of a new record links here with these filled in.
    typed_values = {name: value for name, value in page.request.query_params.items() if name.startswith(VALUE_OF)}
    return form_page(page, asked, replace(form, typed=typed_values if asked.is_new else {}))


@form_about_year
def change(posted: Mapping[str, str], page: YearPage) -> Response:
    asked, person = asked_entry(page), page.person
    if "later" in posted:
        form = record_form(asked.place, ground_of(page, asked), page.reading.sources)
        return form_page(page, asked, replace(form, typed=posted))
    if not person:
        return ask_person(page.request, posted)
    if "remove" not in posted:
        return _written(page, asked, posted, person)
    outcome = remove_record(page.desk, person, asked.place, posted.get("seen", NOTHING))
    response: Response = RedirectResponse("/".join((asked.files.address, *asked.path[:-1])), SEE_OTHER)
    if outcome.problem or outcome.conflict:
        response = about_year(lambda now: removal_page(now, asked, outcome))(page.request)
    return response


def _written(page: YearPage, asked: AskedEntry, posted: Mapping[str, str], person: str) -> Response:
    ground, place, request = ground_of(page, asked), asked.place, page.request
    if asked.above and asked.above.is_keyed and asked.is_new:
        place, problem = coded_place(asked.above, posted, page.desk.workspace.snapshot())
        if problem:
            form = record_form(asked.place, ground, page.reading.sources)
            return form_page(page, asked, replace(form, typed=posted, problems={"code": problem}), status=UNFIT)
    further_steps: tuple[Step, ...] = ()
    is_new_indicator = asked.is_new and asked.is_indicator and not place.path[-1].startswith(OF_THINGS)
    if is_new_indicator and page.state.progress.status is EditionStatus.DRAFT:
        # The file of a draft asks for the value.
        field = FigureField(year_file(page.state.country.code, page.state.year), place.path[-1])
        further_steps = (value_step(field, page.vintage.catalogue, str(Status.UNANSWERED), ""),)
    again, conflict = write_record(page.desk, person, place, ground, posted, further_steps)
    if again or conflict:

        def response(now: YearPage) -> Response:
            if again:
                return form_page(now, asked, again, status=UNFIT)
            form = record_form(asked.place, ground_of(now, asked), now.reading.sources)
            two = conflict_of(form, conflict, posted) if conflict else None
            return _answer(now, asked, "lists/entry_conflict.html", status=CONFLICT, two=two)

        return about_year(response)(request)
    path = place.path or asked.path
    if asked.is_new and asked.is_indicator:
        return about_year(lambda now: RedirectResponse(field_of(now, path[-1]), SEE_OTHER))(request)
    if asked.above and path[-1] == NEW:
        path = (*path[:-1], str(len(asked.above.entries(page.desk.reading.sources)) - 1))
    return RedirectResponse("/".join((asked.files.address, *path)), SEE_OTHER)
