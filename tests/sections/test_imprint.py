"""Imprint, colophon and cover: sources, how the file was made, countries named."""

from dataclasses import replace

import pytest

from reporter.data.outline import Volume
from reporter.data.records import Audience, EditionStatus, Vintage, vintage
from reporter.editions.job import Job
from reporter.editions.making.composed import production_of
from reporter.figures.compare.figures import Manner, Side, Sides
from reporter.report.context import Context
from reporter.report.document.document import Entries
from reporter.report.sections import Production, compose, edition_of, facts_of
from reporter.report.sections.imprint import changed_sides, companions_of
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.sections.composed import section, small_document
from tests.snapshots import translated

REVISED = "{figure: investigations.opened, year: 2019, was: 9, now: 8, reason: {en: R}}"
ACTIVITY = "{kind: training, title: {en: A}, period: 2020, source: office}"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/XX/country.yaml", "source: police", "source: office"),
        (small.YEAR, "figures:", f"revisions: [{REVISED}]\nfigures:"),
        (small.YEAR, "figures:", f"activities: {{a: {ACTIVITY}}}\nfigures:"),
        (small.YEAR, "total: 11,", "total: 11, source: office,"),
    ],
)
def test_annex_and_imprint_name_every_source_there_is(tmp_path, name, old, new):
    content = small.FILES[name].replace(old, new, 1)
    if "revisions" in new:
        content = content.replace("source: police", "source: office")
    made = small_document(tmp_path, {name: content})
    (entries,) = (block for block in section(made, "sources").blocks if isinstance(block, Entries))
    (imprint,) = (entry for entry in made.imprint if entry.title == "Sources")
    assert ["Register", "Yearbook"] == [entry.title for entry in entries.entries]
    assert ("Police, Register; Statistics Office, Yearbook",) == imprint.lines


MADE = Production("1.2.3", "ab" * 32, "LT-2020-observations.csv", "LT-2020.yaml")


def imprint(production: Production | None) -> dict[str, tuple[str, ...]]:
    made = compose(vintage(checked("XX").dataset, "XX", 2022), ENGLISH, (), production).document
    return {entry.title: entry.lines for entry in (*made.imprint, *made.of_pdf, *made.colophon)}


def test_the_colophon_tells_how_the_file_was_made_and_claims_validity_only_of_what_is_kept_for_it():
    found, proven, none = imprint(MADE), imprint(replace(MADE, proven=True)), imprint(None)
    assert ("reporter 1.2.3",) == found["Program"]
    assert "ab" * 32 == found["Checksum of the data"][0]
    assert "LT-2020.yaml: the figures of the year" == found["Files attached"][0]
    assert "Validation" not in found
    assert "PDF/UA-1 and PDF/A-3a" in proven["Validation"][0]
    assert set() == {"Program", "Checksum of the data", "Files attached", "Validation"} & set(none)


def test_the_cover_names_where_victims_are_brought_and_not_who_only_cooperates():
    named = document("LT", 2020).edition.named
    assert {"UK", "DE", "ES"} <= set(named)
    assert set() == {"LT", "US", "BY", "LV"} & set(named)
    assert () == document("XX", 2022).edition.named


def beside(job: Job, volume: Volume = Volume.MAIN, language: str = "en") -> list[tuple[str, str, str]]:
    settings = replace(checked("LT").dataset.settings, languages=("en", "lt"))
    known = replace(vintage(checked("LT").dataset, "LT", 2020), settings=settings)
    made = production_of("", replace(job, language=language), known)
    found = companions_of(made, volume, translated(language))
    return [(each.file, each.title, each.locale) for each in found]


def test_a_page_leads_to_the_files_of_its_own_edition_and_audience():
    job = Job("LT", 2020, "en")
    assert [
        ("LT-2020-lt.html", "Lietuvių", "lt_LT"),
        ("LT-2020-en.pdf", "PDF, for printing", ""),
        ("LT-2020-data-and-methods-en.html", "Data and methods", ""),
    ] == beside(job)
    assert ("LT-2020-lt.html", "Pagrindinis dokumentas", "") == beside(job, Volume.METHODS, "lt")[-1]
    kinds = {
        "LT-2020-restricted-": replace(job, audience=Audience.RESTRICTED),
        "LT-2020-unpublished-": replace(job, changed=True),
        "LT-compare-2019-2020-": replace(job, manner=Manner.YEARS, sides=("2019", "2020")),
        "LT-2020-": replace(job, draft=True),
    }
    for start, each in kinds.items():
        files = [file for file, *_ in beside(each)]
        named = {replace(each, language=language, volume=volume).name for language in ("en", "lt") for volume in Volume}
        assert {file.rpartition(".")[0] for file in files} <= named
        assert [] == [file for file in files if not file.startswith(start.removesuffix("unpublished-"))]
        assert ("restricted" in start) == any("restricted" in file for file in files)


def changed(year: int, status: EditionStatus = EditionStatus.FINAL) -> Vintage:
    known = vintage(checked("LT").dataset, "LT", year)
    years = (replace(each, changed=True, published="", status=status) for each in known.data.years)
    return replace(known, data=replace(known.data, years=tuple(years)))


def facts(known: Vintage, audience: Audience = Audience.PUBLIC) -> dict[str, tuple[str, ...]]:
    edition = edition_of(Context(known, ENGLISH, audience=audience))
    return {entry.title: entry.lines for entry in facts_of(edition, (known,), ENGLISH)}


def test_what_changed_after_publication_says_so_in_the_place_of_number_and_date():
    words = "Changed after publication, not published"
    assert (words,) == facts(changed(2020))["Edition"]
    assert not {"Published", "Status of the figures"} & facts(changed(2020)).keys()
    draft = facts(changed(2020, EditionStatus.DRAFT))
    assert ((words,), ("draft",)) == (draft["Edition"], draft["Status of the figures"])


def test_an_edition_for_offices_says_so_and_offers_nothing_to_the_public():
    known = vintage(checked("LT").dataset, "LT", 2020)
    assert "" == edition_of(Context(known, ENGLISH)).restricted
    edition = edition_of(Context(known, ENGLISH, audience=Audience.RESTRICTED))
    assert "Restricted edition, not for publication" == edition.restricted
    found = facts(known, audience=Audience.RESTRICTED)
    assert (edition.restriction,) == found["Intended for"]
    assert not {"Reuse", "Recommended citation", "On the web"} & found.keys()


@pytest.mark.parametrize(
    ("manner", "words"), [(Manner.YEARS, "2019"), (Manner.EDITIONS, "2019"), (Manner.COUNTRIES, "Lithuania")]
)
def test_a_comparison_names_the_side_that_changed_after_publication(manner, words):
    other = vintage(checked("LT").dataset, "LT", 2020)
    sides = (Side(2019, changed(2019), changed(2019)), Side(2020, other, other))
    assert f"Changed after publication, not published: {words}" == changed_sides(Sides(manner, sides), ENGLISH)
    assert "" == changed_sides(Sides(manner, sides[1:]), ENGLISH)


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        ("", "National Rapporteur"),
        ("rapporteur_since: 2020\n", "National Rapporteur"),
        ("rapporteur_since: 2021\n", "Compiled later by: National Rapporteur (office since 2021)"),
    ],
)
def test_a_profile_of_a_year_before_the_rapporteur_says_that_it_was_compiled_later(tmp_path, since, expected):
    made = small_document(tmp_path, {"data/XX/country.yaml": small.FILES["data/XX/country.yaml"] + since})
    (author,) = (entry.lines for entry in made.imprint if entry.title == "Author")
    (methodology,) = (each for each in section(made, "methodology").blocks if isinstance(each, Entries))
    assert (expected, expected) == (author[0], methodology.entries[0].lines[0])
    assert expected in (made.edition.compiled, made.edition.rapporteur)


@pytest.mark.parametrize(
    ("country", "year", "code", "is_named"),
    [("LT", 2020, "LT", True), ("LT", 2010, "LT", False), ("LT", 2020, "DK", False), ("LV", 2022, "LV", False)],
)
def test_the_directive_is_the_legal_basis_where_it_binds_the_country_that_reports(country, year, code, is_named):
    """Latvia's figures are those that UNODC publishes: no rapporteur reports them."""
    known = vintage(checked(country).dataset, country, year)
    known = replace(known, data=replace(known.data, country=replace(known.country, code=code)))
    assert is_named == bool(edition_of(Context(known, ENGLISH)).legal_basis)


def told(tmp_path, settings: str = "", country: str = "", year: str = "") -> dict[str, tuple[str, ...]]:
    files = {
        "reporter.yaml": small.FILES["reporter.yaml"] + settings,
        "data/XX/country.yaml": small.FILES["data/XX/country.yaml"] + country,
        small.YEAR: small.FILES[small.YEAR] + year,
    }
    return {each.title: (*each.lines, each.url) for each in small_document(tmp_path, files).imprint}


def test_licence_reuse_and_address_are_printed_as_they_are_stated_and_not_otherwise(tmp_path):
    found = told(tmp_path)
    assert set() == {"Published", "Data as of", "Reuse", "On the web"} & found.keys()
    assert "not stated" not in str(found)
    assert ("Name the source.", "") == told(tmp_path, "reuse: {en: Name the source.}\n")["Reuse"]
    found = told(tmp_path, "licence: CC-BY-4.0\n", "found_at: https://a.example/b\n", "published: 2021-05-03\n")
    assert "(CC BY 4.0)" in found["Reuse"][0]
    assert ("https://creativecommons.org/licenses/by/4.0/", "https://a.example/b") == (
        found["Reuse"][1],
        found["On the web"][-1],
    )
    cited = "National Rapporteur, Small: XX, country profile 2020, 3 May 2021, Ministry, https://a.example/b"
    assert cited == found["Recommended citation"][0]
