"""Everything but figures and texts: the lists, the names of their entries, and the choices of their forms."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain

from reporter.data.errors import Mark, ReporterError
from reporter.data.files.sources import DATA, SETTINGS, Sources, known_countries
from reporter.data.files.workspace import packaged_folder
from reporter.data.i18n import N_, UNIT_WORDS, Locale
from reporter.data.i18n.po_file import program_files
from reporter.data.i18n.territories import letters_of
from reporter.data.outline import CHAPTERS, parts
from reporter.data.read.amount import UNANSWERED
from reporter.data.read.catalogue import CATALOGUE
from reporter.data.read.countries import split_anywhere
from reporter.data.read.entry_fields import EntryField, Holding, entry_fields, entry_keys, record_name
from reporter.data.read.fields import CODE, INDICATOR
from reporter.data.read.key_examples import ShapeType
from reporter.data.read.shapes import CountryShape, WorkspaceShape, YearShape
from reporter.data.read.text import slug
from reporter.data.read.yaml_tree import Keys
from reporter.data.records import CHALLENGES, RECOMMENDATIONS, Esms, Passage, Settings, Vintage
from reporter.data.records.label import ENGLISH, OFFICIAL
from reporter.data.theme.tokens import known_themes
from reporter.data.write.figure_fields import displayed_value, year_file
from reporter.editions.resources import is_unreviewed
from reporter.report.charts import CHARTS
from reporter.report.charts.countries import TITLES
from reporter.report.sections.methodology import HEADINGS
from reporter.text.markdown import part_title
from reporter.workbench.lists.form_inputs import (
    NEW,
    FormGround,
    Known,
    Plain,
    file_data,
    file_tree,
    options_of_field,
    value_at,
)
from reporter.workbench.lists.record_form import VALUE_OF, RecordPlace
from reporter.workbench.year.year_state import BY_KIND, BY_WORD, FIGURES, GENERAL, LAW, OF_THINGS


@dataclass(frozen=True, slots=True)
class EntryList:
    """A key of a file that contains entries, each a record. `field` describes the key; `path` leads to it."""

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
        return tuple((str(number), item) for number, item in enumerate(data)) if isinstance(data, list) else ()

    def place(self, code: str) -> RecordPlace:
        return RecordPlace(self.file, (*self.path, code), self.shape, order=self.order)


def place_at(file: str, shape: ShapeType, path: Keys) -> RecordPlace | EntryList | None:
    """The list or record at a path, None for neither. A key with a value has a form of its own."""
    order = entry_keys(shape)
    here: Keys = ()
    while path:
        field = next((entry_field for entry_field in entry_fields(shape) if entry_field.key == path[0]), None)
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
    """The path of a place in a file: of several the innermost, else the one that begins on its line or before."""
    tree = file_tree(sources, mark.path)
    places = [(start, path) for path, start in chain(tree.keys.items(), tree.marks.items())]
    exact = [path for start, path in places if (start.line, start.column) == (mark.line, mark.column)]
    before = [(start.line, len(path), path) for start, path in places if start.line <= mark.line]
    return max(exact, key=len) if exact else max(before, default=(0, 0, ()))[2]


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of thing that a file lists under `key`, in some `chapters`; `about` limits it to a few keys."""

    key: str
    title: str
    add: str = ""
    chapters: tuple[str, ...] = ()
    about: tuple[str, ...] = ()


OF_YEAR = (
    Listing("countries", N_("Countries named"), N_("Add a list of countries"), (GENERAL,)),
    Listing("activities", N_("Activities"), N_("Add an activity"), tuple(BY_KIND.values())),
    Listing("recommendations", N_("Recommendations"), N_("Add addressees of a recommendation")),
    Listing(
        "earlier_recommendations", N_("Follow-up to earlier recommendations"), N_("Add follow-up to a recommendation")
    ),
    Listing("revisions", N_("Revisions"), N_("Add a revision")),
    Listing("differences", N_("Differences from other publications"), N_("Explain a difference")),
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
    Listing("indicators", N_("Country-specific definitions"), N_("Add a country-specific definition")),
    Listing("codes", N_("Country-specific categories"), N_("Add a category")),
    Listing("headings", N_("Headings on the Commission’s page"), about=("headings",)),
    Listing(
        "about",
        N_("Country and publisher"),
        about=("name", "rapporteur", "rapporteur_since", "publisher", "place", "source", "found_at", "mappings"),
    ),
)
OF_SETTINGS = (
    Listing(
        "reports",
        N_("Title, languages, reuse"),
        about=("title", "languages", "publish_machine_translation", "country", "licence", "reuse"),
    ),
    Listing("looks", N_("Theme, charts, annexes"), about=("theme", "charts", "annexes")),
    Listing("thresholds", N_("Percentages and jumps"), about=("thresholds",)),
    Listing("recipients", N_("Recipients"), N_("Add a recipient")),
    Listing("mail", N_("Mail server and sender"), about=("mail",)),
    Listing("deadlines", N_("Reporting duties and deadlines"), N_("Add a deadline")),
    Listing("publish_small_counts", N_("Small counts for the public"), N_("Add a permission")),
    Listing("disclosure", N_("Withheld figures"), about=("disclosure",)),
    Listing("approvals", N_("Approval before publishing"), about=("approvals",)),
)
# Settings of pages; the others are about sending.
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
    """A file with lists. `address` is that of its lists."""

    file: str
    shape: ShapeType
    address: str
    listings: tuple[Listing, ...]

    def listing(self, key: str) -> Listing | None:
        return next((listing for listing in self.listings if listing.key == key), None)


def file_at(file: str) -> ListedFile | None:
    if match := FILE.fullmatch(file):
        return listed_file(match["country"], int(match["year"]) if match["year"] else None)
    return settings_file() if file == SETTINGS else None


def listing_title(file: str, key: str) -> str:
    """The title of the list or form with a key of a file; empty without one."""
    files = file_at(file)
    return next((item.title for item in files.listings if key in (item.key, *item.about)), "") if files else ""


def address_of_path(file: str, path: Keys) -> str:
    """The address of the form for a path; empty without one."""
    files = file_at(file)
    if not path or files is None:
        return ""
    if about := next((listing for listing in files.listings if path[0] in listing.about), None):
        # The fields of a mapping have names of their own.
        inside = path[:2] if isinstance(place_at(file, files.shape, path[:2]), RecordPlace) else path[:1]
        return f"{files.address}/{about.key}#at-{'/'.join(inside)}"
    if files.listing(path[0]) is None:
        return ""
    for depth in range(len(path), 1, -1):
        target, above = (place_at(files.file, files.shape, path[:length]) for length in (depth, depth - 1))
        if isinstance(target, RecordPlace) and isinstance(above, EntryList):
            inside = path[depth : depth + 2] if path[depth : depth + 1] == ("figures",) else path[depth : depth + 1]
            return "/".join((files.address, *path[:depth])) + (f"#at-{'/'.join(inside)}" if inside else "")
    return f"{files.address}/{path[0]}"


def address_of_mark(sources: Sources, mark: Mark) -> str:
    """The address of the form for a place in a file; empty without one."""
    has_form = FILE.fullmatch(mark.path) or mark.path == SETTINGS
    return address_of_path(mark.path, path_of_mark(sources, mark)) if has_form else ""


def adding(file: str, path: Keys) -> str:
    key = path[0] if path[0] == CODES else path[-1]
    if file == CATALOGUE and key == CODES:
        return N_("Add a category")
    files = {SETTINGS: OF_SETTINGS, CATALOGUE: OF_CATALOGUE}
    listings = files.get(file, OF_COUNTRY if file.endswith("/country.yaml") else OF_YEAR)
    return next((listing.add for listing in listings if listing.key == key), N_("Add a role") if key == "roles" else "")


def chapter_lists(chapter: str, country: str, year: int) -> tuple[tuple[str, str], ...]:
    """The lists of a chapter: titles and addresses."""
    lists = []
    for file_year in (year, None):
        files = listed_file(country, file_year)
        lists += [(one.title, f"{files.address}/{one.key}") for one in files.listings if chapter in one.chapters]
    return tuple(lists)


def settings_file() -> ListedFile:
    return ListedFile(SETTINGS, WorkspaceShape, "/settings", OF_SETTINGS)


def listed_file(country: str, year: int | None) -> ListedFile:
    if year is None:
        return ListedFile(f"{DATA}/{country}/country.yaml", CountryShape, f"/{country}/lists", OF_COUNTRY)
    return ListedFile(year_file(country, year), YearShape, f"/{country}/{year}/lists", OF_YEAR)


Find = Callable[[Vintage, Locale], Iterable[tuple[str, str]]]
ACTIVITY, PROVISION = OF_THINGS


def year_ground(vintage: Vintage, locale: Locale, languages: tuple[str, ...], within: str = "") -> FormGround:
    """The context of the records of a year and its country. `within` is the dimension whose codes are meant."""

    def choices_of(record: str, key: str) -> Known:
        find = KNOWN.get((record, key)) or ANYWHERE.get(key)
        if (record, key) in OF_DIMENSION:
            axis = vintage.catalogue.dimension(within)
            return tuple((code.code, code.label.text(locale.language)) for code in (axis.codes if axis else ()))
        return tuple(dict(find(vintage, locale)).items()) if find else ()

    def suggested(record: str, key: str) -> Known:
        find = SUGGESTED.get((record, key)) or SUGGESTED.get(("", key))
        return tuple(dict(find(vintage, locale)).items()) if find else ()

    counted = (indicator.code for indicator in vintage.catalogue.indicators if indicator.unit.is_whole)
    whole = {code.partition(".")[2] for code in counted if code.startswith(OF_THINGS)}
    return FormGround(locale, languages, choices_of, suggested, whole)


def sources_known(vintage: Vintage, locale: Locale) -> Iterator[tuple[str, str]]:
    return ((source.code, source.title.text(locale.language)) for source in vintage.catalogue.sources)


def indicators_known(vintage: Vintage, locale: Locale, family: str = "") -> Iterator[tuple[str, str]]:
    for item in vintage.catalogue.indicators:
        of_family = item.code.startswith(family) if family else not item.code.startswith(OF_THINGS)
        if of_family:
            label = item.label.text(locale.language)
            yield item.code.removeprefix(family), locale.put("{}, {}", label, locale.text(UNIT_WORDS[item.unit]))


def addresses_known(vintage: Vintage, locale: Locale) -> Iterator[tuple[str, str]]:
    for indicator in vintage.catalogue.indicators:
        if indicator.code.startswith(OF_THINGS):
            continue
        label = indicator.label.text(locale.language)
        yield indicator.code, label
        for axis in filter(None, map(vintage.catalogue.dimension, indicator.dimensions)):
            for code in axis.codes:
                yield f"{indicator.code}.{code.code}", locale.put("{}, {}", label, code.label.text(locale.language))


def answers_known(vintage: Vintage, locale: Locale) -> Iterator[tuple[str, str]]:
    """What an agency may be asked for: an indicator, one breakdown of it, the counts of an activity."""
    for indicator in vintage.catalogue.indicators:
        if not indicator.code.startswith(OF_THINGS):
            label = indicator.label.text(locale.language)
            yield indicator.code, label
            for axis in filter(None, map(vintage.catalogue.dimension, indicator.dimensions)):
                named = locale.put("{}, {}", label, locale.inside(axis.label.text(locale.language)))
                yield f"{indicator.code} by {axis.code}", named
    yield from ((f"{ACTIVITY}{item.code}", item.title.text(locale.language)) for item in vintage.data.activities)


def figure_label(address: str, vintage: Vintage, locale: Locale) -> str:
    """The name of a figure or part; else its address."""
    indicator, _, part = split_anywhere(vintage.catalogue, address, vintage.country.code, (locale.language,))
    if indicator is None:
        return address
    words = (term.label.text(locale.language) for term in (indicator, part) if term)
    return locale.joined(", ", (next(words), *map(locale.inside, words)))


def parts_known(section: str, vintage: Vintage, locale: Locale) -> Iterator[tuple[str, str]]:
    passages: tuple[Passage, ...] = vintage.data.passages
    codes = (passage.part for passage in passages if passage.section == section and passage.part)
    return ((code, part_title(passages, section, code, locale.language)) for code in codes)


# By record and key; then by key, whatever the record.
KNOWN: Mapping[tuple[str, str], Find] = {
    ("Agency", "language"): lambda vintage, locale: (
        (language, locale.opened(locale.language_name(language))) for language in vintage.settings.languages
    ),
    ("Activity", "figures"): partial(indicators_known, family=ACTIVITY),
    ("Activity", "part_of"): lambda vintage, locale: (
        (activity.code, activity.title.text(locale.language)) for activity in vintage.data.activities
    ),
    ("Provision", "figures"): partial(indicators_known, family=PROVISION),
    ("Recommendation", "to"): lambda vintage, locale: (
        *((contact.code, contact.name.text(locale.language)) for contact in vintage.country.contacts),
        *((institution.code, institution.name.text(locale.language)) for institution in vintage.country.institutions),
    ),
    ("Recommendation", "answers"): partial(parts_known, CHALLENGES),
    ("Country", "methodology"): lambda _, locale: ((str(concept), locale.text(HEADINGS[concept])) for concept in Esms),
    ("Code", "mappings"): lambda vintage, _: (
        (name, name) for axis in vintage.catalogue.dimensions for code in axis.codes for name, _ in code.mappings
    ),
    ("Country", "headings"): lambda _, locale: ((part.code, locale.text(part.title)) for part in parts()),
    ("Indicator", "mappings"): lambda vintage, _: (
        (name, name) for indicator in vintage.catalogue.indicators for name, _ in indicator.mappings
    ),
    ("Indicator", "dimensions"): lambda vintage, locale: (
        (dimension.code, dimension.label.text(locale.language)) for dimension in vintage.catalogue.dimensions
    ),
    ("Indicator", "terms"): lambda vintage, locale: (
        (language, locale.opened(locale.language_name(language))) for language in vintage.settings.languages
    ),
}
ANYWHERE: Mapping[str, Find] = {"source": sources_known, "publication": sources_known}
OF_DIMENSION = (("Code", "within"), ("Code", "combines"))
SUGGESTED: Mapping[tuple[str, str], Find] = {
    ("", "figure"): addresses_known,
    ("Agency", "answers"): answers_known,
    ("Indicator", "population"): lambda vintage, _: (
        (indicator.population, indicator.population) for indicator in vintage.catalogue.indicators
    ),
}


def settings_ground(vintage: Vintage, locale: Locale, settings: Settings, sources: Sources) -> FormGround:
    countries = tuple((code, locale.country(code)) for code in known_countries(sources))
    named = {code: locale.opened(locale.language_name(code)) for code in (*settings.languages, *OFFICIAL)}
    for code, name in tuple(named.items()):
        if is_unreviewed(code):
            named[code] = locale.text("{language} (translated by machine)", language=name)
        elif code != ENGLISH and not any(program_files(code)):
            named[code] = locale.text("{language} (partly in English)", language=name)
    languages = tuple((code, named[code]) for code in settings.languages)
    others = sorted(OFFICIAL - set(settings.languages), key=lambda code: letters_of(named[code], locale.language))
    # The profile's charts, each with its section.
    title_by_chart = {name: part.title for part in parts() for name in part.blocks if name in CHARTS}
    codes_by_field: Mapping[tuple[str, str], Known] = {
        ("Workspace", "country"): countries,
        ("Workspace", "theme"): tuple((name, name) for name in known_themes(packaged_folder("assets"), sources)),
        ("Workspace", "languages"): (*languages, *((code, named[code]) for code in others)),
        ("ChartChoice", "leave_out"): tuple(
            (name, locale.put("{}: {}", locale.text(title), name)) for name, title in title_by_chart.items()
        ),
        ("ChartChoice", "instead"): (),
        ("Recipient", "language"): languages,
        ("Deadline", "to"): tuple((item.code, item.name.text(locale.language)) for item in settings.recipients),
        ("Permission", "country"): countries,
        ("Permission", "source"): tuple(sources_known(vintage, locale)),
    }

    def suggested(record: str, key: str) -> Known:
        return tuple(addresses_known(vintage, locale)) if (record, key) == ("Permission", "figures") else ()

    return FormGround(locale, settings.languages, lambda *key: codes_by_field.get(key, ()), suggested)


# The keys from which a code is made, the first one present.
NAMING = ("name", "title", "label", "subject", "role", "law")
LONGEST = 40
OF_ACTIVITIES, OF_LAW = N_("a count of activities: activity"), N_("a penalty or period of law: law")


def known_codes(listed: EntryList, vintage: Vintage, locale: Locale, sources: Sources) -> Known | None:
    """The codes for a new entry; empty for any, None where entries have none."""
    if not listed.is_keyed:
        return None
    there = {code for code, _ in listed.entries(sources)}
    record = record_name(listed.shape)
    if record in ("Recommendation", "FollowUp"):
        title_by_code = dict(parts_known(RECOMMENDATIONS, vintage, locale))
    elif record == "OwnMeaning":
        title_by_code = {item.code: item.label.text(locale.language) for item in vintage.catalogue.indicators}
    else:
        return ()
    return tuple((code, title) for code, title in title_by_code.items() if code not in there)


def families(listed: EntryList, vintage: Vintage, locale: Locale) -> Known:
    if record_name(listed.shape) != "Indicator":
        return ()
    titles = {chapter.code: chapter.title for chapter in CHAPTERS}
    words = dict.fromkeys(indicator.code.partition(".")[0] for indicator in vintage.catalogue.indicators)
    chapters = {word: titles.get(BY_WORD.get(word, FIGURES), "") for word in words}
    labels = {word: locale.put("{}: {}", locale.text(title), word) for word, title in chapters.items() if title}
    return tuple({**labels, "activity": locale.text(OF_ACTIVITIES), "law": locale.text(OF_LAW)}.items())


def coded_place(
    listed: EntryList, posted: Mapping[str, str], sources: Sources
) -> tuple[RecordPlace, ReporterError | None]:
    """The place of a new entry, or why it has none: under the code typed, or one made from its name."""
    there = {code for code, _ in listed.entries(sources)}
    typed, family = (" ".join(posted.get(name, "").split()) for name in ("code", "family"))
    new_code = typed or _new_code(posted, there, f"{family}." if family else "")
    pattern = INDICATOR if record_name(listed.shape) in ("Indicator", "OwnMeaning") else CODE
    problem = None
    if not new_code:
        problem = ReporterError("the name is missing", hint="enter its name, from which the code is made")
    elif typed in there:
        problem = ReporterError(f"{typed} already exists", hint="choose another code, or change the existing entry")
    elif pattern is INDICATOR and "." not in new_code:
        problem = ReporterError("the chapter is missing", hint="choose the chapter above")
    elif not pattern.fullmatch(new_code):
        problem = ReporterError(
            f"{typed!r} is not a code", hint=f"use lower-case letters, digits and _, such as {slug(typed)}"
        )
    return listed.place(new_code), problem


def _new_code(posted: Mapping[str, str], there: set[str], family: str) -> str:
    for key in NAMING:
        names = {
            name.partition("/")[2]: value for name, value in posted.items() if name.startswith(f"{VALUE_OF}{key}/")
        }
        words = next((slug(names[language]) for language in (ENGLISH, *names) if slug(names.get(language, ""))), "")
        if words:
            short = words[:LONGEST].rpartition("_")[0] if len(words) > LONGEST else words
            code = f"{family}{short or words[:LONGEST]}"
            return next(
                option for option in (code, *(f"{code}_{number}" for number in range(2, 1000))) if option not in there
            )
    return ""


NAMED = ("name", "title", "label", "subject", "full", "role", "definition", "reason")
# Shown next to the name of an entry.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "Activity": ("kind", "period"),
    "Contact": ("role", "until"),
    "Deadline": ("basis",),
    "Permission": ("reason",),
    "Recipient": ("channel",),
    "CountryList": ("named", "groups"),
    "Difference": ("publication", "published"),
    "FollowUp": ("state",),
    "Institution": ("role",),
    "Plan": ("period",),
    "Provision": ("since", "until"),
    "Recommendation": ("by",),
    "Reference": ("group",),
    "Revision": ("was", "now"),
    "Source": ("publisher",),
}


def is_open(data: Plain) -> bool:
    return any(value_at(data, (key,)) == UNANSWERED for key in ("named", "state", "source"))


def entry_summary(listed: EntryList, data: Plain, locale: Locale) -> str:
    """The text next to the name of an entry."""
    if is_open(data):
        return locale.text("not answered yet")
    return locale.joined(" · ", tuple(_details(listed, record_name(listed.shape), data, locale)))


def entry_title(listed: EntryList, code: str, data: Plain | None, vintage: Vintage, locale: Locale) -> str:
    record = record_name(listed.shape)
    if record == "CountryList":
        kind = value_at(data, ("kind",))
        return next((locale.text(words) for term, words in TITLES.items() if term == kind), locale.text(N_("A list")))
    if record in ("Revision", "Difference"):
        figure, year = (str(value_at(data, (key,)) or "") for key in ("figure", "year"))
        label = figure_label(figure, vintage, locale)
        return locale.put("{}, {}", label, year) if year else label
    if record in ("Recommendation", "FollowUp"):
        return part_title(vintage.data.passages, RECOMMENDATIONS, code, locale.language)
    if record == "Permission":
        country, years = (str(value_at(data, (key,)) or "") for key in ("country", "years"))
        first, _, last = years.partition("/")
        return locale.put("{}, {}", locale.country(country), locale.period(*(first, last)))
    if record == "OwnMeaning":
        indicator = vintage.catalogue.indicator(code)
        return indicator.label.text(locale.language) if indicator else code
    if listed.path == ("codes",):
        axis = vintage.catalogue.dimension(code)
        return axis.label.text(locale.language) if axis else code
    if record == "Provision":
        law, article = _words(value_at(data, ("law",)), locale), str(value_at(data, ("article",)) or "")
        named = locale.put("{} {}", law, locale.article(article)) if article else law
        return locale.put("{}: {}", named, _words(value_at(data, ("subject",)), locale))
    return next((words for key in NAMED if (words := _words(value_at(data, (key,)), locale))), code)


def _details(listed: EntryList, record: str, data: Plain, locale: Locale) -> Iterator[str]:
    field_by_key = {field.key: field for field in entry_fields(listed.shape)}
    for key in BESIDE.get(record, ()):
        value = value_at(data, (key,))
        if key == "named" and isinstance(value, list):
            yield ", ".join(locale.country(str(code)) for code in value)
        elif isinstance(value, list):
            yield from (words for item in value if (words := _words(item, locale)))
        elif isinstance(value, dict):
            yield _words(value, locale)
        elif value:
            options = dict(options_of_field(record, field_by_key[key], locale))
            yield options.get(str(value), "").partition(": ")[0] or displayed_value(str(value))


def _words(data: Plain | None, locale: Locale) -> str:
    if not isinstance(data, dict):
        return ""
    return " ".join(next((str(data[code]) for code in (locale.language, ENGLISH, *data) if data.get(code)), "").split())
