"""What is neither figure nor text, as the workbench lists it."""

from collections.abc import Mapping
from dataclasses import dataclass

from reporter.files.sources import DATA, SETTINGS
from reporter.i18n import N_
from reporter.load.key_examples import ShapeType
from reporter.load.shapes import CountryShape, WorkspaceShape, YearShape
from reporter.load.yaml_tree import Keys
from reporter.web.figure_fields import year_file


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of things that a file lists.

    `key` is where they stand. One `about` a few keys of the file names them instead.
    """

    key: str
    title: str
    add: str = ""
    about: tuple[str, ...] = ()


OF_YEAR = (
    Listing("countries", N_("Countries named"), N_("Add a list of countries")),
    Listing("activities", N_("Activities"), N_("Add an activity")),
    Listing("recommendations", N_("Recommendations"), N_("Add to whom a recommendation goes")),
    Listing(
        "earlier_recommendations", N_("What became of earlier recommendations"), N_("Add what became of another one")
    ),
    Listing("revisions", N_("Revisions"), N_("Add a revision")),
    Listing("differences", N_("Differences from other publications"), N_("Add why a figure differs")),
    Listing("about", N_("About the year"), about=("source", "data_cutoff")),
)
OF_COUNTRY = (
    Listing("provisions", N_("Law"), N_("Add a provision")),
    Listing("plans", N_("Plans"), N_("Add a plan")),
    Listing("institutions", N_("Institutions"), N_("Add an institution")),
    Listing("contacts", N_("Contacts"), N_("Add a contact")),
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
)
# What pages are made with; the rest says how they leave the house.
ON_PAGES = ("reports", "looks", "thresholds")
LISTED = (*OF_YEAR, *OF_COUNTRY, *OF_SETTINGS)
ADDS: Mapping[str, str] = {"roles": N_("Add a role"), **{each.key: each.add for each in LISTED}}
CODES = "codes"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file whose things are listed.

    `address` is that of its lists.
    """

    file: str
    shape: ShapeType
    address: str
    listings: tuple[Listing, ...]

    def listing(self, key: str) -> Listing | None:
        """What is listed under a key."""
        return next((each for each in self.listings if each.key == key), None)


def adding(path: Keys) -> str:
    """What the button says that adds to the list at a path."""
    return ADDS[path[0] if path[0] == CODES else path[-1]]


def settings_file() -> ListedFile:
    """The settings of the workspace."""
    return ListedFile(SETTINGS, WorkspaceShape, "/settings", OF_SETTINGS)


def listed_file(country: str, year: int | None) -> ListedFile:
    """The file of a year, or without one of a country."""
    if year is None:
        return ListedFile(f"{DATA}/{country}/country.yaml", CountryShape, f"/{country}/lists", OF_COUNTRY)
    return ListedFile(year_file(country, year), YearShape, f"/{country}/{year}/lists", OF_YEAR)
