"""What is neither figure nor text, as the workbench lists it."""

import re
from dataclasses import dataclass
from itertools import chain

from reporter.edit.figure_fields import year_file
from reporter.errors import Mark
from reporter.files.sources import DATA, SETTINGS, Sources
from reporter.i18n import N_
from reporter.load.catalogue import CATALOGUE
from reporter.load.entry_fields import EntryField, Holding, entry_fields, entry_keys
from reporter.load.key_examples import ShapeType
from reporter.load.shapes import CatalogueShape, CountryShape, WorkspaceShape, YearShape
from reporter.load.yaml_tree import Keys
from reporter.web.chapter_places import BY_KIND, GENERAL, LAW
from reporter.web.forms.form_inputs import NEW, Plain, file_data, file_tree, value_at
from reporter.web.forms.record_form import RecordPlace


@dataclass(frozen=True, slots=True)
class EntryList:
    """A key of a file that holds entries, each a record. `field` says of the key what it means; `path` leads to it."""

    file: str
    path: Keys
    field: EntryField
    shape: ShapeType
    order: tuple[str, ...]

    @property
    def is_keyed(self) -> bool:
        return self.field.holding is not Holding.ITEMS

    def entries(self, sources: Sources) -> tuple[tuple[str, Plain], ...]:
        data = value_at(file_data(sources, self.file), self.path)
        if isinstance(data, dict):
            return tuple(data.items())
        return tuple((str(number), each) for number, each in enumerate(data)) if isinstance(data, list) else ()

    def place(self, code: str) -> RecordPlace:
        return RecordPlace(self.file, (*self.path, code), self.shape, order=self.order)


def place_at(file: str, shape: ShapeType, path: Keys) -> RecordPlace | EntryList | None:
    """What a path of a file leads to; None for no record. A key that holds a value leads to a form of that key
    alone."""
    order = entry_keys(shape)
    here: Keys = ()
    while path:
        field = next((each for each in entry_fields(shape) if each.key == path[0]), None)
        if field is None:
            return None
        named = 2 if field.holding is Holding.NAMED_ENTRIES else 1
        if field.shape is None or field.holding in (Holding.OTHER, Holding.COUNTS):
            return RecordPlace(file, here, shape, keys=path, order=order) if len(path) == 1 else None
        here, path = (*here, *path[:named]), path[named:]
        if field.holding is not Holding.GROUP:
            if not path:
                return EntryList(file=file, path=here, field=field, shape=field.shape, order=order)
            if field.holding is Holding.ITEMS and not (path[0] == NEW or path[0].isdecimal()):
                return None
            here, path = (*here, path[0]), path[1:]
        shape = field.shape
    return RecordPlace(file, here, shape, order=order)


def path_of_mark(sources: Sources, mark: Mark) -> Keys:
    """The path of what stands at a place in a file. Of several the innermost; else of what begins on its line, or
    before it."""
    tree = file_tree(sources, mark.path)
    found = [(each, path) for path, each in chain(tree.keys.items(), tree.marks.items())]
    exact = [path for each, path in found if (each.line, each.column) == (mark.line, mark.column)]
    before = [(each.line, len(path), path) for each, path in found if each.line <= mark.line]
    return max(exact, key=len) if exact else max(before, default=(0, 0, ()))[2]


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of things that a file lists. `key` is where they stand, `chapters` are those that tell of them. One
    `about` a few keys of the file names these."""

    key: str
    title: str
    add: str = ""
    chapters: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


OF_YEAR = (
    Listing("countries", N_("Countries named"), N_("Add a list of countries"), (GENERAL,)),
    Listing("activities", N_("Activities"), N_("Add an activity"), tuple(BY_KIND.values())),
    Listing("recommendations", N_("Recommendations"), N_("Add to whom a recommendation goes")),
    Listing(
        "earlier_recommendations", N_("What became of earlier recommendations"), N_("Add what became of another one")
    ),
    Listing("revisions", N_("Revisions"), N_("Add a revision")),
    Listing("differences", N_("Differences from other publications"), N_("Add why a figure differs")),
    Listing("about", N_("About the year"), about=("source", "data_cutoff")),
)
OF_COUNTRY = (
    Listing("provisions", N_("Law"), N_("Add a provision"), (LAW,)),
    Listing("plans", N_("Plans"), N_("Add a plan"), (LAW,)),
    Listing("institutions", N_("Institutions"), N_("Add an institution"), (LAW,)),
    Listing("contacts", N_("Contacts"), N_("Add a contact")),
    Listing("agencies", N_("Agencies"), N_("Add an agency")),
    Listing("references", N_("Resources"), N_("Add a document or website")),
    Listing("sources", N_("Sources"), N_("Add a source")),
    Listing("methodology", N_("Methodology"), about=("methodology",)),
    Listing("indicators", N_("Own definitions"), N_("Add an own definition")),
    Listing("codes", N_("Own categories"), N_("Add a category")),
    Listing("headings", N_("Headings on the Commission’s page"), about=("headings",)),
    Listing(
        "about",
        N_("Country and publisher"),
        about=("name", "rapporteur", "rapporteur_since", "publisher", "source", "found_at", "mappings"),
    ),
)
OF_SETTINGS = (
    Listing("reports", N_("Title, languages, reuse"), about=("title", "languages", "country", "licence", "reuse")),
    Listing("looks", N_("Theme, charts, annexes"), about=("theme", "charts", "annexes")),
    Listing("thresholds", N_("Percentages and jumps"), about=("thresholds",)),
    Listing("recipients", N_("Recipients"), N_("Add a recipient")),
    Listing("mail", N_("Mail server and sender"), about=("mail",)),
    Listing("deadlines", N_("What is due, and when"), N_("Add what is due")),
    Listing("publish_small_counts", N_("Small counts for the public"), N_("Add a permission")),
    Listing("disclosure", N_("What the public does not get"), about=("disclosure",)),
    Listing("approvals", N_("Approval before publishing"), about=("approvals",)),
)
# What pages are made with; the rest says how they leave the house.
ON_PAGES = ("reports", "looks", "thresholds")
OF_CATALOGUE = (
    Listing("indicators", N_("What is counted"), N_("Add an indicator")),
    Listing("dimensions", N_("Breakdowns"), N_("Add a breakdown")),
    Listing("sources", N_("Sources"), N_("Add a source")),
    Listing("abbreviations", N_("Abbreviations"), N_("Add an abbreviation")),
)
CODES, DIMENSIONS = "codes", "dimensions"
CATALOGUE_PLACE = "catalogue"
FILE = re.compile(rf"{DATA}/(?P<country>[A-Z]{{2}})/(?:country|(?P<year>[12]\d{{3}}))\.yaml", re.ASCII)


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file whose things are listed. `address` is that of its lists."""

    file: str
    shape: ShapeType
    address: str
    listings: tuple[Listing, ...]

    def listing(self, key: str) -> Listing | None:
        return next((each for each in self.listings if each.key == key), None)


def file_at(file: str) -> ListedFile | None:
    known = FILE.fullmatch(file)
    if known:
        return listed_file(known["country"], int(known["year"]) if known["year"] else None)
    return settings_file() if file == SETTINGS else None


def listing_title(file: str, key: str) -> str:
    """The list or form that holds a key of a file; empty without one."""
    files = file_at(file)
    return next((each.title for each in files.listings if key in (each.key, *each.about)), "") if files else ""


def address_of_path(file: str, path: Keys) -> str:
    """The form of the record that a path leads into. Empty for what no form of the lists asks for."""
    files = file_at(file)
    if not path or files is None:
        return ""
    about = next((each for each in files.listings if path[0] in each.about), None)
    if about:
        # The fields of a mapping have names of their own.
        inside = path[:2] if isinstance(place_at(file, files.shape, path[:2]), RecordPlace) else path[:1]
        return f"{files.address}/{about.key}#at-{'/'.join(inside)}"
    if files.listing(path[0]) is None:
        return ""
    for depth in range(len(path), 1, -1):
        found, above = (place_at(files.file, files.shape, path[:each]) for each in (depth, depth - 1))
        if isinstance(found, RecordPlace) and isinstance(above, EntryList):
            inside = path[depth : depth + 2] if path[depth : depth + 1] == ("figures",) else path[depth : depth + 1]
            return "/".join((files.address, *path[:depth])) + (f"#at-{'/'.join(inside)}" if inside else "")
    return f"{files.address}/{path[0]}"


def listed_catalogue(country: str) -> ListedFile:
    return ListedFile(CATALOGUE, CatalogueShape, f"/{country}/{CATALOGUE_PLACE}", OF_CATALOGUE)


def address_of_mark(sources: Sources, mark: Mark) -> str:
    """The form of what stands at a place; empty without one."""
    has_form = FILE.fullmatch(mark.path) or mark.path == SETTINGS
    return address_of_path(mark.path, path_of_mark(sources, mark)) if has_form else ""


def adding(file: str, path: Keys) -> str:
    key = path[0] if path[0] == CODES else path[-1]
    if file == CATALOGUE and key == CODES:
        return N_("Add a category")
    files = {SETTINGS: OF_SETTINGS, CATALOGUE: OF_CATALOGUE}
    known = files.get(file, OF_COUNTRY if file.endswith("/country.yaml") else OF_YEAR)
    return next((each.add for each in known if each.key == key), N_("Add a role") if key == "roles" else "")


def chapter_lists(chapter: str, country: str, year: int) -> tuple[tuple[str, str], ...]:
    """The lists that a chapter tells of: their titles and addresses."""
    found = []
    for each in (year, None):
        files = listed_file(country, each)
        found += [(one.title, f"{files.address}/{one.key}") for one in files.listings if chapter in one.chapters]
    return tuple(found)


def settings_file() -> ListedFile:
    return ListedFile(SETTINGS, WorkspaceShape, "/settings", OF_SETTINGS)


def listed_file(country: str, year: int | None) -> ListedFile:
    if year is None:
        return ListedFile(f"{DATA}/{country}/country.yaml", CountryShape, f"/{country}/lists", OF_COUNTRY)
    return ListedFile(year_file(country, year), YearShape, f"/{country}/{year}/lists", OF_YEAR)
