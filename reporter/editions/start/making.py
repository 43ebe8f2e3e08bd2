"""Make the folder of a workspace, and the files of a year. Codes are accepted as people type them."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.sources import DATA, NO_SOURCES, SETTINGS, Sources, known_years
from reporter.data.files.workspace import Workspace, example_folder
from reporter.data.files.writing import write_together
from reporter.data.i18n import N_, Locale, country_codes, load_locale, official_languages
from reporter.data.i18n.territories import country_meant
from reporter.data.languages import COMMISSION
from reporter.data.read.catalogue import CATALOGUE
from reporter.data.read.dataset import load_dataset, load_joint_catalogue
from reporter.data.read.schema import schema_text
from reporter.data.read.shapes import SHAPES
from reporter.data.read.yaml_tree import in_languages
from reporter.data.read.year import YEAR
from reporter.data.records import Catalogue
from reporter.data.records.label import ENGLISH, OFFICIAL
from reporter.editions.job import check_country
from reporter.editions.resources import locale_lookup
from reporter.editions.start.new_year import LEGEND, SCHEMA, text_file, year_before, year_file
from reporter.editions.start.questions import Lines, core_of, questions
from reporter.formats.export.observations import SCHEMA as EXPORT
from reporter.formats.export.observations import figures_schema_text

SCHEMAS = (*SHAPES, EXPORT)
SOURCE = "authorities"
# Figures that belong to an activity or a law, and not to a year.
OF_THINGS = ("activity.", "law.")
TITLE = N_("Trafficking in human beings")
PUBLISHER = N_("ministry or office that publishes the report")
SETTINGS_FILE = """\
# yaml-language-server: $schema=schema/workspace.json
title:
{title}
languages: [{languages}]
country: {country}
# Add further recipients, the mail server and deadlines here before you send the report.
# For an example of each, run reporter init FOLDER --example.
recipients:
  commission:
    channel: folder
    folder: outgoing/commission
    language: {language}
    gets: [pdf, html, page, csv, xlsx, sdmx, json, letter, validation, metadata]
    audience: public
    name: {{{commission}}}
"""
COUNTRY_FILE = """\
# yaml-language-server: $schema=../../schema/country.json
#
# Who reports, who publishes, and where the figures come from. Replace the texts in brackets.
code: {country}
rapporteur:
{rapporteur}
publisher:
{publisher}
# The source of everything without a source of its own, from the list below.
source: {source}
# UNODC's term for the country's citizens in its file, for reporter reconcile; separate several terms with ;
mappings: {{glotip: {english}}}

sources:
  {source}:
    title:
{register}
    publisher:
{keeper}

# Other keys that you can add; reporter init FOLDER --example has examples in data/LT/country.yaml.
#   contacts, institutions   offices to contact, and all institutions that take part in the work, with their years
#   provisions, plans        laws with their penalties, and action plans
#   references               documents and websites
#   methodology              texts for the annex on methodology
#   headings                 headings of sections on the Commission's page, such as the name of a law
#   indicators, codes        your definitions where they differ from the catalogue, and codes that only you have
#   agencies                 the agencies that you ask for figures, each with a workbook; never in a report. Example:
# agencies:
#   police: {{name: {{en: Police}}, language: en, answers: [investigations.opened], due: 03-01}}
"""
YEAR_FILE = """\
{schema}
{legend}
# Possible breakdowns follow each total; remove the sign # and write  by person: {{women: 3, men: 2}}
# You can add every other figure of data/catalogue.yaml.
year: {year}
status: draft
source: {source}
figures:
{figures}
"""


def new_workspace(
    country: str, languages: Iterable[str], year: int | None, brought: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files of a workspace for one country, by path. `brought` are those from the program: its catalogue, and files
    that stay unchanged. Without a year it has none yet. Raises UsageError for an unknown country or language."""
    code = check_country_code(country)
    named = dict.fromkeys(filter(None, (language.strip() for language in languages)))
    if not named:
        usual = ",".join(dict.fromkeys((ENGLISH, *official_languages(code))))
        raise UsageError("the languages of the report are missing", hint=f"add them, such as --languages {usual}")
    spoken = tuple(map(check_language, named))
    locales = tuple(map(locale_lookup(NO_SOURCES), spoken))
    commission = ", ".join(f"{locale.language}: {commission_name(locale)}" for locale in locales)
    to = {"language": ENGLISH if ENGLISH in spoken else spoken[0], "commission": commission}
    settings = SETTINGS_FILE.format(title=_lines(locales, TITLE, 2), languages=", ".join(spoken), country=code, **to)
    catalogue = in_languages(brought[CATALOGUE].decode(), {ENGLISH, *spoken})
    content_by_path = {**brought, SETTINGS: settings.encode(), CATALOGUE: catalogue.encode()}
    files = content_by_path | new_country(Sources.from_contents(content_by_path), code, year)
    joint_catalogue, _ = load_joint_catalogue(Sources.from_contents(files))
    return files | {schema_path(name): schema_of_kind(name, joint_catalogue).encode() for name in SCHEMAS}


def commission_name(locale: Locale) -> str:
    return COMMISSION.get(locale.language) or locale.text(N_("European Commission"))


def schema_path(name: str) -> str:
    return f"schema/{name}.json"


def schema_of_kind(name: str, catalogue: Catalogue | None) -> str:
    """The JSON Schema that editors use for a kind of file, whose first line refers to it."""
    return figures_schema_text() if name == EXPORT else schema_text(name, catalogue)


def new_country(sources: Sources, country: str, year: int | None) -> dict[str, bytes]:
    """The missing files of a country, by path: its own file and, if it has no year and one is given, that of its first
    year with a text in each language; never an existing file. Raises UsageError for an unknown or existing country, and
    DataError when the settings or the catalogue cannot be read."""
    code = check_country_code(country)
    own, years = f"{DATA}/{code}/country.yaml", known_years(sources, code)
    if own in sources and years:
        raise UsageError(f"{code} already exists", hint=f"to add a year, run reporter new {code} YEAR")
    if year is not None and not YEAR.fullmatch(str(year)):
        raise UsageError(f"{year} is not a valid year", hint="write four digits, such as 2019")
    dataset = load_dataset(sources, (code,) if own in sources else ()).dataset
    spoken = tuple(map(locale_lookup(sources), dataset.settings.languages))
    files = {own: _country_file(code, spoken)}
    if year is not None and not years:
        there = dataset.country(code)
        source = there.country.source if there else SOURCE
        # A comment above every core figure says what it counts, and one below how it can be broken down.
        figures = "\n".join(f"  {line}".rstrip() for line in _figures(dataset.catalogue_of(code), spoken[0]))
        first = YEAR_FILE.format(schema=SCHEMA, legend="\n".join(LEGEND), year=year, source=source, figures=figures)
        files[f"{DATA}/{code}/{year}.yaml"] = first.encode()
        files |= {
            f"{DATA}/{code}/text/{item.language}/{year}.md": text_file(dataset, code, year, item) for item in spoken
        }
    return {path: content for path, content in files.items() if path not in sources}


def _lines(spoken: Iterable[Locale], message: str, indent: int, *, asked: bool = False) -> str:
    """A text in each language, one line each, in brackets if it must be replaced: when `asked`, or not translated."""
    lines = []
    for locale in spoken:
        text = locale.text(message)
        untranslated = text == message and locale.language != ENGLISH
        # A text in JSON's quotes is also valid in YAML.
        quoted = json.dumps(f"[{text}]" if asked or untranslated else text, ensure_ascii=False)
        lines.append(f"{' ' * indent}{locale.language}: {quoted}")
    return "\n".join(lines)


def _country_file(country: str, spoken: Sequence[Locale]) -> bytes:
    return COUNTRY_FILE.format(
        country=country,
        source=SOURCE,
        english=json.dumps(load_locale(ENGLISH).country(country), ensure_ascii=False),
        rapporteur=_lines(spoken, N_("National Rapporteur on Trafficking in Human Beings"), 2),
        publisher=_lines(spoken, PUBLISHER, 2, asked=True),
        register=_lines(spoken, N_("register or report from which the figures come"), 6, asked=True),
        keeper=_lines(spoken, N_("police, ministry or office that maintains it"), 6, asked=True),
    ).encode()


def _figures(catalogue: Catalogue, locale: Locale) -> Lines:
    every = tuple(indicator for indicator in catalogue.indicators if not indicator.code.startswith(OF_THINGS))
    return questions(catalogue, locale.language, core_of(catalogue) or every)


BUILT = "build/README.md"
PARTS = ("reporter.yaml", "data", "schema", "themes", BUILT)


def brought_files() -> dict[str, bytes]:
    return {path: (example_folder() / path).read_bytes() for path in (CATALOGUE, BUILT)}


def make_workspace(target: Path, files: Mapping[str, bytes]) -> None:
    """Make the workspace in one step, so that a failed copy leaves nothing. Raises ReporterError."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Inside the existing folder: it may be a separate disk, and renaming does not work across disks.
        place = target if target.is_dir() else target.parent
        with tempfile.TemporaryDirectory(prefix=".reporter-init-", dir=place) as folder:
            draft = Path(folder, "workspace")
            _fill(draft, files)
            if target.is_dir():
                # The folder itself stays, because a shell may be in it.
                for path in draft.iterdir():
                    path.replace(target / path.name)
            else:
                draft.replace(target)
    except OSError as problem:
        raise ReporterError(
            f"{target} cannot be created: {problem.strerror}", hint="choose a folder to which you can write"
        ) from None


def begun_files(sources: Sources, country: str, year: int) -> dict[str, bytes]:
    """The first files of a year, by path, including existing ones. If the country has no year yet, also those of the
    country. Raises UsageError for a year that cannot be added."""
    if not known_years(sources, country):
        return new_country(sources, country, year)
    check_country(sources, country)
    before = year_before(sources, country, year)
    if before is None:
        hint = f"its first year is {min(known_years(sources, country))}; choose a later one"
        raise UsageError(f"{country} has no year before {year} to start from", hint=hint)
    dataset = load_dataset(sources, (country,)).dataset
    speak = locale_lookup(sources)
    texts = {
        f"{DATA}/{country}/text/{language}/{year}.md": text_file(dataset, country, year, speak(language))
        for language in dataset.settings.languages
    }
    return {f"{DATA}/{country}/{year}.yaml": year_file(sources, dataset, country, year, before), **texts}


def write_new(workspace: Workspace, sources: Sources, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write the files that do not exist yet and return their paths. Raises ReporterError when that is impossible."""
    if new := {path: content for path, content in files.items() if path not in sources}:
        write_together({workspace.root / path: content for path, content in new.items()})
    return tuple(new)


def _fill(draft: Path, files: Mapping[str, bytes]) -> None:
    (draft / BUILT).parent.mkdir(parents=True)
    for path, content in files.items():
        (draft / path).parent.mkdir(parents=True, exist_ok=True)
        (draft / path).write_bytes(content)
    for name in () if files else PARTS:
        source = example_folder() / name
        if source.is_dir():
            shutil.copytree(source, draft / name)
        elif source.is_file():
            shutil.copyfile(source, draft / name)
    (draft / "build/.gitignore").write_bytes(b"*\n!README.md\n!.gitignore\n")


LANGUAGE = re.compile("[a-z]{2,3}")


def check_country_code(word: str) -> str:
    """The code of a country. Raises UsageError for an unknown one, suggesting the code that is meant."""
    if word in country_codes():
        return word
    meant = country_meant(word)
    hint = f"write {meant}" if meant else "write two capital letters, such as FI; the EU writes EL and UK"
    raise UsageError(f"{word!r} is not a country code", hint=hint)


def check_language(word: str) -> str:
    if _is_language(word):
        return word
    named, english = word.strip().casefold(), load_locale(ENGLISH)
    code = re.split("[-_]", named)[0]
    names = {
        language: (english.language_name(language).casefold(), load_locale(language).language_name(language).casefold())
        for language in sorted(OFFICIAL)
    }
    languages = (language for language in names if named in names[language])
    meant = code if _is_language(code) else next(iter((*languages, *official_languages(named.upper()))), "")
    hint = f"write {meant}" if meant else "write two lower-case letters, such as en or fi"
    raise UsageError(f"{word!r} is not a language code", hint=hint)


def _is_language(word: str) -> bool:
    try:
        return bool(LANGUAGE.fullmatch(word) and load_locale(word))
    except UsageError:
        return False
