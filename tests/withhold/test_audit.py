"""The audit finds each withheld figure that readers can work out of editions, packages and files, and from what."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.data.errors import ReporterError
from reporter.data.read.glotip import read_glotip
from reporter.data.records import Confidentiality, Status, Vintage, vintage
from reporter.editions.audit.audit import Audit, Leak, audit
from reporter.editions.audit.collecting import AuditedEdition, audited_package, read_numbers
from reporter.formats.bagit import pack
from tests import small
from tests.package.forging import BOOK, CSV, INFO, JSON, PAGE, PDF, payload
from tests.reconcile.invented import VICTIMS, invented, person, total
from tests.snapshots import dataset_of
from tests.word.written import profile_file

HEADS = "indicator,dimension,code,year,value,status,qualifier,confidentiality"
CHILDREN, PERSON = "victims.identified.children", "victims.identified"


def known(tmp_path, figures: str, year: int = 2020, **files: str) -> Vintage:
    changed = {
        small.YEAR: f"{small.HEAD}status: final\nfigures: {figures}\n",
        small.TEXT: "# aliens\n\nText.\n",
        **files,
    }
    return vintage(small.load(tmp_path, changed), "XX", year)


def found(*editions: AuditedEdition, **more: object) -> list[str]:
    return [str(each) for each in audit(editions, **more).exposed]


def audited(tmp_path, figures: str, **files: bytes) -> Audit:
    named = {name.replace("__", ".").replace("_", "-"): content for name, content in files.items()}
    return audit([AuditedEdition("XX 2020", known(tmp_path, figures), named)])


MEN_OF = ("victims.identified.men", 2020)
HIDDEN = "{victims.identified: {total: 39, by person: {women: 17, men: 18, children: suppressed}}}"
TWO_HIDDEN = "{victims.identified: {total: 59, by person: {women: 17, men: suppressed, children: suppressed}}}"


def test_a_part_is_worked_out_by_subtraction(tmp_path):
    expected = (
        "victims.identified.children of 2020 can only be 4: "
        "victims.identified 39 = women 17 + men 18 + children in 2020 (XX 2020)"
    )
    assert [expected] == found(AuditedEdition("XX 2020", known(tmp_path, HIDDEN)))


def test_fewer_than_five_possible_values_protect_nothing_and_what_was_printed_before_is_out(tmp_path):
    figures = TWO_HIDDEN.replace("59", "20")
    expected = ["victims.identified.children of 2020 lies between 0 and 3", "victims.identified.men of 2020 lies"]
    told = found(AuditedEdition("XX", known(tmp_path, figures)))
    assert expected == [each[: len(words)] for each, words in zip(told, expected, strict=True)]
    assert [] == found(AuditedEdition("XX 2020", known(tmp_path, figures)), enough=4)
    before = known(tmp_path / "a", HIDDEN.replace("suppressed", "4"))
    now = known(tmp_path / "b", HIDDEN)
    told = found(AuditedEdition("XX 2020, no 0", before, has_left=True), AuditedEdition("XX 2020", now))
    assert ["victims.identified.children of 2020 is withheld, but 4 is printed (XX 2020, no 0)"] == told


def test_a_total_that_an_earlier_edition_withheld_is_known_once_a_later_one_states_it(tmp_path):
    withheld = "{victims.identified: {total: suppressed, by person: {women: 17, men: 18, children: suppressed}}}"
    before = known(tmp_path / "before", withheld)
    now = known(tmp_path / "now", withheld.replace("total: suppressed", "total: 39"))
    exposed = audit([AuditedEdition("before", before, has_left=True), AuditedEdition("now", now)]).exposed
    limits = sorted((each.figure, each.lowest, each.highest) for each in exposed)
    assert [("victims.identified", 39, 39), (CHILDREN, 4, 4)] == limits


def test_a_file_that_prints_it_is_named(tmp_path):
    csv = f"{HEADS}\r\nvictims.identified,person,children,2020,4,given,exact,F\r\n".encode()
    told = audited(tmp_path, TWO_HIDDEN, XX_compare_2019_2020__csv=csv)
    (own,) = (each for each in told.exposed if each.figure == CHILDREN)
    expected = "victims.identified.children of 2020 is withheld, but 4 is printed (XX-compare-2019-2020.csv)"
    assert (Leak.PRINTED, expected) == (own.way, str(own))
    # A code for small counts tells that it is small.
    csv = f"{HEADS}\r\nvictims.identified,person,children,2020,,suppressed,,A\r\n".encode()
    told = audited(tmp_path, TWO_HIDDEN, XX_2020_en_observations__csv=csv)
    assert (1, 4) == next((each.lowest, each.highest) for each in told.exposed if each.figure == CHILDREN)


def test_another_publication_tells_what_it_shows_of_the_same_figure(tmp_path):
    figures = f"  {TWO_HIDDEN[1:-1]}\n"

    def told(whole: int) -> dict[str, int]:
        root, file = invented(tmp_path, figures, [total(VICTIMS, whole), person(VICTIMS, "men", 38)])
        shown = vintage(dataset_of(root, ("XX",)), "XX", 2020)
        read = read_glotip(file, "outside.csv", "XXX")
        return {each.figure: each.lowest for each in audit([AuditedEdition("XX", shown)], publications=[read]).exposed}

    assert {CHILDREN: 4, "victims.identified.men": 38} == told(59)
    # Another total is one of other victims.
    assert {} == told(60)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Of the victims, 7 % were children.", [CHILDREN]),
        ("Among them were 4 children.", [CHILDREN]),
        ("In 2019, 4 children were found.", []),
        ("The children stayed for 12 days.", []),
    ],
)
def test_a_number_typed_in_a_text_is_found_by_whoever_knows_the_truth(tmp_path, text, told):
    page = {"XX-2020-en.html": f"<!DOCTYPE html><html><body><p>{text}</p></body></html>".encode()}
    edition = AuditedEdition("XX 2020", known(tmp_path, TWO_HIDDEN), page)
    shown = edition.vintage.index[CHILDREN, 2020]
    truth = {(CHILDREN, 2020): replace(shown, value=Decimal(4)), MEN_OF: replace(shown, value=Decimal(38))}
    assert told == [each.figure for each in audit([edition], truth).exposed]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Persons convicted: 40 (Children: 4; Men: 30)", []),
        ("Children: 4; Men: 30", [CHILDREN]),
        ("Persons convicted and identified victims: 40 (Children: 4)", [CHILDREN]),
        ("Persons convicted: 40; identified were children: 4", [CHILDREN]),
        ("Identified victims: 59 (Women: 4; confidential: Children)", []),
        ("Persons convicted: 4 (confidential: Children)", []),
        ("Identified victims: 59 (Women: 4; 4 of the children)", [CHILDREN]),
        ("Identified victims: 59 (Children: 4)", [CHILDREN]),
        ("Identified victims: 60 (Children: 4)", [CHILDREN]),
        # It is that of the year before.
        ("Identified victims: 30 (Children: 4)", []),
        ("Identified victims: 59 (Women: 17; 4 confidential: Children)", [CHILDREN]),
        ("2020: Persons convicted (children) is 4, the total is confidential", []),
        ("In 2020, persons convicted (Children) rose from 4 in 2019 to 4", [CHILDREN]),
        ("Persons convicted (Children) make 7 %", [CHILDREN]),
        ("Persons convicted (Children) is 4, as many as victims", [CHILDREN]),
        ("Persons convicted (Children) is 4; so many were the children identified", [CHILDREN]),
        ("Identified victims (Children) is 4", [CHILDREN]),
        ("Persons charged (Children) is 4", [CHILDREN]),
    ],
)
def test_the_same_number_of_another_figure_that_is_public_and_named_tells_nothing(tmp_path, text, told):
    assert told == exposed_by(tmp_path, text, total_before=30)


def test_a_list_whose_total_is_that_of_both_years_tells_what_is_withheld_in_one(tmp_path):
    assert [CHILDREN] == exposed_by(tmp_path, "Identified victims: 59 (Children: 4)", total_before=59)


def exposed_by(tmp_path, text, total_before):
    """The figures that a page with a text exposes, where children convicted in 2020 and identified in 2019 were 4."""
    page = {"XX-2020-en.html": f"<!DOCTYPE html><html><body><p>{text}</p></body></html>".encode()}
    edition = AuditedEdition("XX 2020", known(tmp_path, TWO_HIDDEN), page)
    shown = edition.vintage.index[CHILDREN, 2020]
    public = replace(
        shown,
        indicator="persons.convicted",
        value=Decimal(4),
        status=Status.GIVEN,
        confidentiality=Confidentiality.FREE,
    )
    before = replace(public, indicator="victims.identified", year=2019)
    total = replace(before, dimension="", code="", value=Decimal(total_before))
    more = {(one.address, one.year): one for one in (public, before, total)}
    index = {**edition.vintage.index, **more}
    edition = replace(edition, vintage=replace(edition.vintage, index=index))
    truth = {(CHILDREN, 2020): replace(shown, value=Decimal(4)), MEN_OF: replace(shown, value=Decimal(38))}
    return [each.figure for each in audit([edition], truth).exposed]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The sale of a child (Article 1) carries from 4 to 12 years.", []),
        ("Under Article 1, with 4 to 12 years, 4 children were bought.", [CHILDREN]),
        ("Under Article 1 there were 4 victims who were children.", [CHILDREN]),
    ],
)
def test_a_term_of_the_law_that_is_cited_is_no_count(tmp_path, text, told):
    page = {"XX-2020-en.html": f"<!DOCTYPE html><html><body><p>{text}</p></body></html>".encode()}
    edition = AuditedEdition("XX 2020", known(tmp_path, TWO_HIDDEN), page)
    shown = edition.vintage.index[CHILDREN, 2020]
    country = edition.vintage.country
    terms = tuple(replace(country.provisions[0].figures[0], value=Decimal(n)) for n in (4, 12))
    law = replace(country.provisions[0], figures=terms)
    data = replace(edition.vintage.data, country=replace(country, provisions=(law,)))
    edition = replace(edition, vintage=replace(edition.vintage, data=data))
    truth = {(CHILDREN, 2020): replace(shown, value=Decimal(4)), MEN_OF: replace(shown, value=Decimal(38))}
    assert told == [each.figure for each in audit([edition], truth).exposed]


def test_without_the_truth_such_numbers_are_told_first(tmp_path):
    html = b"<!DOCTYPE html><html><body><p>Among them were 4 children.</p><p>We met 12 times.</p></body></html>"
    told = audited(tmp_path, TWO_HIDDEN, XX_2020_en__html=html)
    suspects, loose = ([each.text for each in found] for found in (told.suspects, told.loose))
    assert (["4"], ["12"], True) == (suspects, loose, told.passes)


def test_a_file_that_cannot_be_read_fails(tmp_path):
    told = audited(tmp_path, TWO_HIDDEN, XX_2020_en__pdf=b"no PDF")
    assert (["XX-2020-en.pdf"], False) == ([file for file, _ in told.unread], told.passes)


def test_an_edition_by_itself_is_read_with_its_own_numbers_where_a_total_was_revised(tmp_path):
    revised = "revisions: [{figure: victims.identified, year: 2020, was: 39, now: 45, reason: {en: Late.}}]\n"
    more = {"data/XX/2021.yaml": f"year: 2021\nsource: police\nstatus: final\nfigures: {{}}\n{revised}"}
    before, now = known(tmp_path / "a", HIDDEN), known(tmp_path / "b", HIDDEN, 2021, **more)
    told = audit([AuditedEdition("XX 2020", before, has_left=True), AuditedEdition("XX 2021", now)])
    assert {4, 10} == {each.lowest for each in told.exposed}


def test_a_cell_of_eurostats_tables_tells_a_sum(tmp_path):
    origins = "dataflow,key,year,value,origin,figures\r\nCRIM,LT.T,2020,42,derived,victims.identified.men + x\r\n"
    origins = origins.replace(" + x", " + victims.identified.women").replace("42", "55")
    told = audited(tmp_path, TWO_HIDDEN, XX_2020_en_eurostat_origins__csv=origins.encode())
    assert {CHILDREN: 4, "victims.identified.men": 38} == {each.figure: each.lowest for each in told.exposed}


MEN = "victims.identified.men"


def repacked(packaged, tmp_path, change):
    return pack(tmp_path / "XX-2020-office.zip", change(payload(packaged.package)), INFO).path


def hidden(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with the men withheld in the sources, and nowhere else."""
    name = "source/data/XX/2020.yaml"
    assert b"men: 20" in files[name]
    return files | {name: files[name].replace(b"men: 20", b"men: suppressed")}


def test_a_package_is_read_by_its_sources_and_its_files_are_held_against_them(packaged, tmp_path):
    found = audit([audited_package(repacked(packaged, tmp_path, hidden))])
    (told,) = found.exposed
    assert (MEN, Leak.OUT, 20) == (told.figure, told.way, told.lowest)
    assert any("XX-2020-en.pdf" in each for each in told.places)


def test_a_number_in_a_file_of_data_is_told_although_it_is_withheld_there(packaged, tmp_path):
    name = "source/data/XX/2020.yaml"

    def source_only(files: dict[str, bytes]) -> dict[str, bytes]:
        coded = b"men: {value: 20, confidentiality: C}, children: suppressed"
        kept = {each: content for each, content in files.items() if each.startswith("source/")}
        return kept | {name: files[name].replace(b"men: 20", coded)}

    found = audit([audited_package(repacked(packaged, tmp_path, source_only))]).exposed
    assert (20, (name.rpartition("/")[2],)) == next((each.lowest, each.places) for each in found if each.figure == MEN)


def test_nothing_is_found_in_a_package_that_withholds_nothing(packaged):
    found = audit([audited_package(packaged.package)])
    assert (0, (), ()) == (found.withheld, found.exposed, found.unread)
    assert found.numbers > 100


def test_a_package_without_sources_is_refused(packaged, tmp_path):
    path = repacked(packaged, tmp_path, lambda files: {"XX-2020-office-letter.pdf": files["XX-2020-office-letter.pdf"]})
    with pytest.raises(ReporterError, match="has no sources of XX 2020 that could be audited"):
        audited_package(path)


METHODS = "XX-2020-data-and-methods-en.html"


def told(files: dict[str, bytes], name: str) -> set[tuple[str, int, Decimal | None]]:
    read = read_numbers(name.rpartition("/")[2], files[name])
    return {(each.figures[0], each.year, each.value) for each in read.numbers if len(each.figures) == 1}


@pytest.mark.parametrize("name", [CSV, JSON, BOOK, PDF, METHODS, PAGE])
def test_a_figure_is_found_in_each_kind_of_file(packaged, name):
    files = payload(packaged.package)
    kinds = {each: told(files, each) for each in (CSV, JSON, BOOK, PDF, METHODS, PAGE)}
    women = ("victims.identified.women", 2020, Decimal(60))
    assert (women in kinds[name]) or (name in (METHODS, PAGE) and women in kinds[METHODS] | kinds[PAGE])
    assert {value for figure, year, value in kinds[name] if (figure, year) == women[:2]} <= {Decimal(60)}


def test_the_number_by_which_a_page_calls_its_own_charts_counts_nothing():
    label = (
        '<figure id="figure-ages"><p class="label" id="l"><a class="here" href="#figure-ages">2 pav.</a></p></figure>'
    )
    page = f"{label}<p>2 pav. vaizdas (SVG), žr. 2 pav. ir 12 pav.</p><p>Nustatyti 2 vaikai.</p>"
    assert ("vaizdas (SVG), žr. ir 12 pav.", "Nustatyti 2 vaikai.") == read_numbers("x.html", page.encode()).texts


def test_cells_tell_what_they_print_without_marks_and_bounds_are_not_exact():
    cells = {"a.b@2020": "1&#160;024<sup>(1)</sup>", "a.b@2019": "≥ 5", "a.b@2018": "c", "law.cc_1.prison_max@": "12"}
    rows = "".join(f'<td class="x" data-figure="{figure}">{text}</td>' for figure, text in cells.items())
    page = f"<!DOCTYPE html><html><body><table><tr>{rows}</tr></table></body></html>"
    expected = [(2020, Decimal(1024), True), (2019, Decimal(5), False), (2018, None, False), (0, Decimal(12), True)]
    seen = [(each.year, each.value, each.is_exact) for each in read_numbers("x.html", page.encode()).numbers]
    assert expected == seen


def test_the_cells_and_texts_of_a_word_file_are_read():
    read = read_numbers("XX-2022-en.docx", profile_file())
    found = {(each.figures, each.year): each.value for each in read.numbers if each.country == "XX" and each.is_exact}
    assert Decimal(30) == found[("victims.identified",), 2022]
    assert any("30 victims were identified" in each for each in read.texts)
    assert not any("Figure 2" in each for each in read.texts)


def crossed(tmp_path, cells: str) -> Vintage:
    catalogue = small.FILES["data/catalogue.yaml"].replace("dimensions: [person]", "dimensions: [form, person]")
    figures = "{total: 60, by form: {sexual: 30, labour: 30}, by person: {women: 30, men: 30}, 'by form, person': {%s}}"
    return known(tmp_path, f"{{victims.identified: {figures % cells}}}", **{"data/catalogue.yaml": catalogue})


CELLS = "sexual: {women: suppressed, men: suppressed}, labour: {women: suppressed, men: suppressed}"
WOMEN = "victims.identified.sexual.women of 2020"


def test_a_cell_is_worked_out_of_its_row_or_column(tmp_path):
    assert [] == found(AuditedEdition("XX 2020", crossed(tmp_path, CELLS)))
    told = found(AuditedEdition("XX 2020", crossed(tmp_path, CELLS.replace("men: suppressed}, l", "men: 27}, l"))))
    row = "victims.identified.sexual 30 = women + men 27 in 2020"
    column = "victims.identified.men 30 = victims.identified.sexual.men 27 + victims.identified.labour.men in 2020"
    assert f"{WOMEN} can only be 3: {row} (XX 2020)" in told
    assert f"victims.identified.labour.men of 2020 can only be 3: {column} (XX 2020)" in told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "XX-compare-2019-2020.csv",
            f'{HEADS}\r\nvictims.identified,"form,person",sexual.women,2020,3,given,exact,F\r\n',
        ),
        ("XX-2020.html", '<table><tr><td data-figure="victims.identified.sexual.women@2020">3</td></tr></table>'),
    ],
)
def test_a_cell_that_a_file_prints_is_named(tmp_path, name, content):
    audit_ = audit([AuditedEdition("XX 2020", crossed(tmp_path, CELLS), {name: content.encode()})])
    (own,) = (each for each in audit_.exposed if each.figure == "victims.identified.sexual.women")
    assert str(own).startswith(f"{WOMEN} is withheld, but 3 is printed ({name}")


@pytest.mark.parametrize(
    ("sentence", "tells"),
    [
        ("In 2020, 3 women were victims of sexual exploitation.", True),
        ("Women were 10 % of the victims of sexual exploitation.", True),
        ("Women were 5 % of the victims who were sexually exploited.", True),
        ("There were 3 women among the victims.", False),
        ("Identified victims (Sexual exploitation, men) is 3.", False),
        ("In 2020, 9 women were victims of sexual exploitation.", False),
    ],
)
def test_a_sentence_that_names_all_codes_of_a_cell_discloses_it(tmp_path, sentence, tells):
    state = crossed(tmp_path, CELLS)
    hidden = {("victims.identified.sexual.women", 2020): state.observation("victims.identified.sexual.women")}
    truth = {key: replace(each, value=Decimal(3), status=Status.GIVEN) for key, each in hidden.items()}
    told = audit([AuditedEdition("XX 2020", state, {"XX-2020.md": sentence.encode()})], truth)
    assert tells == any("a text seems to disclose" in str(each) for each in told.exposed)
