"""A workspace for a country begins with nothing of another one, and can be built at once."""

import re
from collections.abc import Mapping

import pytest
import yaml

from reporter.data.errors import Severity, UsageError
from reporter.data.files.sources import Sources
from reporter.data.i18n import PROTOCOL, official_languages
from reporter.data.languages import COMMISSION
from reporter.data.read.dataset import load_dataset
from reporter.data.records import EditionStatus, Status, vintage
from reporter.data.records.label import OFFICIAL
from reporter.editions.checked import load_checked
from reporter.editions.job import profiles
from reporter.editions.making.composed import document_of
from reporter.editions.resources import locale_of
from reporter.editions.start.making import SCHEMAS, check_country_code, check_language, new_country, new_workspace
from tests import small
from tests.fixtures import ROOT

BROUGHT = {path: (ROOT / path).read_bytes() for path in ("data/catalogue.yaml", "build/README.md")}
PLACES = re.compile(r"Lithuan|Lietuv|\bLT\b|Seimas|Vilnius|ministry\.example", re.IGNORECASE)


def begun(country: str = "FI", languages: tuple[str, ...] = ("en", "fi"), year: int = 2025) -> Sources:
    return Sources.from_contents(new_workspace(country, languages, year, BROUGHT))


@pytest.fixture(scope="module")
def finland() -> Sources:
    return begun()


def text(sources: Sources, path: str) -> str:
    return sources[path].content.decode()


def test_a_workspace_has_the_files_of_one_country_and_nothing_of_another_one(finland):
    own = {"reporter.yaml", "data/catalogue.yaml", "data/FI/country.yaml", "data/FI/2025.yaml"}
    own |= {"data/FI/text/en/2025.md", "data/FI/text/fi/2025.md"}
    assert {*own, "build/README.md", *(f"schema/{name}.json" for name in SCHEMAS)} == set(finland)
    lines = [line for each in own for line in text(finland, each).splitlines() if "reporter init" not in line]
    assert [] == [line for line in lines if PLACES.search(line)]
    settings = yaml.safe_load(text(finland, "reporter.yaml"))
    assert {"title", "languages", "country", "recipients"} == settings.keys()
    assert [("commission", "folder")] == [(code, each["channel"]) for code, each in settings["recipients"].items()]


def test_the_commission_is_named_in_the_languages_of_the_report():
    settings = yaml.safe_load(text(begun("BG", ("bg", "ro", "uk"), 2023), "reporter.yaml"))
    names = settings["recipients"]["commission"]["name"]
    assert {"bg": "Европейска комисия", "ro": "Comisia Europeană", "uk": "European Commission"} == names
    assert {"en", *(each for code in PROTOCOL for each in official_languages(code))} - {"lb", "tr"} == set(COMMISSION)


def test_it_is_a_draft_without_an_error_that_can_be_composed(finland):
    checked = load_checked(finland, "FI")
    assert [] == [str(each) for each in checked.findings if each.severity is Severity.ERROR]
    assert EditionStatus.DRAFT is checked.dataset.countries[0].years[0].status
    jobs = profiles(finland, "FI", 2025, ("en", "fi"))
    assert (True, True) == tuple(each.draft for each in jobs)
    made = document_of(checked, jobs[1], locale_of(finland, "fi"))
    assert "Suomi" == made.edition.country_name


def test_its_first_year_asks_for_the_core_figures_each_below_what_it_counts(finland):
    known = vintage(load_dataset(finland, ("FI",)).dataset, "FI", 2025)
    asked = {seen.indicator for seen in known.data.observations}
    assert {"investigations.opened", "victims.registered", "persons.prosecuted"} < asked
    seen = {(each.status, each.code) for each in known.data.observations}
    assert (16, {(Status.UNANSWERED, "")}) == (len(asked), seen)
    lines = text(finland, "data/FI/2025.yaml").splitlines()
    place = lines.index("  victims.registered:")
    assert "  # Registered victims: Persons registered by the authorities as victims" in "\n".join(lines[:place])
    assert [
        "    total: unanswered",
        "    # by person: women, men, girls, boys",
        "    # by citizenship: national, eu, third_country",
    ] == lines[place + 1 : place + 4]
    assert "  # Article 19a (a): Registered victims, identified and presumed" in lines


def test_a_breakdown_can_be_written_as_the_head_of_the_file_says(finland):
    year = text(finland, "data/FI/2025.yaml")
    (example,) = re.findall(r"by person: \{.*?\}", year)
    filled = re.sub(r"(  victims.identified:\n    total: )unanswered\n", rf"\g<1>5\n    {example}\n", year)
    dataset, findings = load_dataset(finland.overlay({"data/FI/2025.yaml": filled.encode()}), ("FI",))
    assert ((), 3) == (findings, vintage(dataset, "FI", 2025).observation("victims.identified.women").value)


def test_what_somebody_must_write_stands_in_brackets_and_is_found(finland):
    found = {each.mark.path: each.code for each in load_checked(finland, "FI").findings if "brackets" in each.code}
    assert {"data/FI/country.yaml": "in-brackets", "reporter.yaml": "in-brackets"} == found


def test_words_that_the_program_knows_stand_in_their_language(finland):
    own = text(begun("LT", ("lt", "en")), "data/LT/country.yaml")
    assert '  lt: "Nacionalinis pranešėjas kovos su prekyba žmonėmis klausimais"\n' in own
    assert '  lt: "[ataskaitą skelbianti ministerija ar įstaiga]"\n' in own
    assert '  fi: "[National Rapporteur on Trafficking in Human Beings]"\n' in text(finland, "data/FI/country.yaml")


def languages_of(data: object) -> set[str]:
    """The languages of all texts in a file."""
    if isinstance(data, Mapping):
        if data and OFFICIAL.issuperset(data):
            return set(data)
        return {each for value in data.values() for each in languages_of(value)}
    return {each for value in data for each in languages_of(value)} if isinstance(data, list) else set()


def test_the_catalogue_speaks_english_and_the_languages_of_the_workspace():
    for languages, spoken in ((("en", "fi"), {"en"}), (("lt",), {"en", "lt"}), (("fi",), {"en"})):
        catalogue = yaml.load(text(begun(languages=languages), "data/catalogue.yaml"), yaml.BaseLoader)
        assert spoken == languages_of(catalogue), languages


def test_languages_that_are_none_are_refused_and_one_named_twice_is_one():
    assert "languages: [en, fi]\n" in text(begun(languages=("en", " fi", "en", "")), "reporter.yaml")
    missing = "the languages of the report are missing", "add them, such as --languages en,fi,sv"
    for languages, said in (
        ((), missing),
        ((" ",), missing),
        (("en", "FI"), ("'FI' is not a language code", "write fi")),
    ):
        with pytest.raises(UsageError) as told:
            begun(languages=languages)
        assert said == (told.value.message, told.value.hint)


def test_a_country_without_a_year_gets_its_first_one_by_its_own_source_and_words():
    own = small.FILES["data/XX/country.yaml"].replace("XX", "FI")
    own += "indicators: {persons.convicted: {definition: {en: Convicted by a district court.}}}\n"
    written = {path: small.FILES[path].encode() for path in ("reporter.yaml", "data/catalogue.yaml")}
    files = new_country(Sources.from_contents({**written, "data/FI/country.yaml": own.encode()}), "FI", 2025)
    assert {"data/FI/2025.yaml", "data/FI/text/en/2025.md"} == set(files)
    year = files["data/FI/2025.yaml"].decode()
    assert "source: police\n" in year
    assert "  # Persons convicted: Convicted by a district court.\n" in year


def test_no_file_that_is_there_is_written_over(finland):
    left = finland.only(lambda path: path != "data/FI/country.yaml")
    assert {"data/FI/country.yaml"} == set(new_country(left, "FI", 2024))
    texts = finland.only(lambda path: "/FI/" not in path or path.endswith("en/2025.md"))
    assert {"data/FI/country.yaml", "data/FI/2025.yaml", "data/FI/text/fi/2025.md"} == set(
        new_country(texts, "FI", 2025)
    )


def test_a_catalogue_without_articles_or_key_figures_asks_for_all_yearly_figures():
    few = {path: small.FILES[path].encode() for path in ("reporter.yaml", "data/catalogue.yaml")}
    year = new_country(Sources.from_contents(few), "FI", 2025)["data/FI/2025.yaml"].decode()
    asked = ["investigations.opened", "victims.identified", "persons.convicted"]
    assert asked == re.findall(r"^  ([a-z.]+):$", year, re.M)


COUNTRY, LANGUAGE = (
    "write two capital letters, such as FI; the EU writes EL and UK",
    "write two lower-case letters, such as en",
)


@pytest.mark.parametrize(
    ("check", "kind", "good", "wrong"),
    [
        (
            check_country_code,
            "country",
            ("FI", "EL", "UK", "XK", "LT"),
            {"fi": "write FI", "GB": "write UK", "gr": "write EL", "FIN": "write FI", "Finland": "write FI",
             "suomi": "write FI", "XX": COUNTRY, "": COUNTRY},
        ),
        (
            check_language,
            "language",
            ("en", "fi", "ga", "mt", "is"),
            {"fi-FI": "write fi", "FI": "write fi", "en_GB": "write en", "Finnish": "write fi", "suomi": "write fi",
             "gr": "write el", "xx": LANGUAGE, "x-": LANGUAGE},
        ),
    ],
)  # fmt: skip
def test_another_word_is_no_code_and_gets_the_one_that_it_means(check, kind, good, wrong):
    assert list(good) == [check(code) for code in good]
    for word, hint in wrong.items():
        with pytest.raises(UsageError) as told:
            check(word)
        assert (f"{word!r} is not a {kind} code", True) == (told.value.message, told.value.hint.startswith(hint))
