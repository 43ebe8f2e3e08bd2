"""What UNODC's file states, in our words: nothing guessed, nothing silently left."""

import pytest

from reporter.errors import FileError
from tests.intake.imports.publications import CATALOGUE, CONVICTED, OFFENCES, VICTIMS, bench, content, figures, row

CATALOGUE_OF_A_DAY = CATALOGUE.replace(", layout: glotip", ", published: 2025-04-14, layout: glotip")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return bench(tmp_path_factory.mktemp("bench"))


def values(read, year=2020):
    return {each.figure: each.value for each in read.values if each.year == year}


def test_numbers_masks_and_places_are_those_of_the_rows(workspace):
    read = figures(workspace, content(row(VICTIMS, 14), row(VICTIMS, "<5", person="men"), row(CONVICTED, 0)))
    assert {"victims.identified": "14", "victims.identified.men": "suppressed", "persons.convicted": "0"} == values(
        read
    )
    assert {"line 4", "line 5", "line 6"} == {each.place for each in read.values}
    assert ("office", "2025-04-14", 64) == (read.source, read.published, len(read.sha256))
    (total,) = (each for each in read.values if each.figure == "victims.identified")
    assert ["Counts below 5 are masked by UNODC; the mask covers zero too."] == [str(each) for each in total.remarks]


def test_codes_that_share_their_words_cannot_be_told_apart(workspace):
    read = figures(workspace, content(row(OFFENCES, 9), row(OFFENCES, 4, part="by form,Other forms")))
    assert {"investigations.opened": "9"} == values(read)
    assert [("line 5", "several codes here answer to 'Other forms' together")] == [
        (each.place, each.reason) for each in read.left
    ]


def test_a_row_that_nothing_answers_to_says_why_it_is_left(workspace):
    part = "by form,Forced labour"
    rows = (row(OFFENCES, 2, part=part, person="men"), row(OFFENCES, 2, part="by form,Mines"), row("Raids", 1))
    read = figures(workspace, content(row(OFFENCES, 9), *rows))
    assert [
        ("Offences, Forced labour, Male, 18 years or over", "no figure here is divided twice"),
        ("Offences, Mines", "no code here answers to it"),
        ("Raids", "no figure here answers to the indicator"),
    ] == [(each.words, each.reason) for each in read.left]


def test_of_a_cell_stated_twice_the_first_is_taken_and_the_other_told(workspace):
    read = figures(workspace, content(row(VICTIMS, 14), row(VICTIMS, 15), row(VICTIMS, 14)))
    assert {"victims.identified": "14"} == values(read)
    assert ["stated twice for 2020: the 14 of line 4 is taken, not 15"] == [each.reason for each in read.left]


def test_a_total_that_is_not_there_is_missing_with_a_note_and_not_zero(workspace):
    read = figures(workspace, content(row(VICTIMS, 14, 2018), row(VICTIMS, 3, 2019, person="men"), row(VICTIMS, 9)))
    assert {"victims.identified": "missing", "victims.identified.men": "3"} == values(read, 2019)
    (total,) = (each for each in read.values if (each.figure, each.year) == ("victims.identified", 2019))
    assert "does not mean that there was nothing to count" in str(total.remarks[0])
    assert ["Identified victims: no total, only 1 of its parts"] == [
        str(each.words).replace("victims.identified", "Identified victims") for each in read.faults
    ]


def test_a_breakdown_of_which_codes_are_not_stated_is_incomplete_and_one_by_person_only_beside_others(workspace):
    other = f"XXX,Nowhere,,,{VICTIMS},Total,Total,Unknown,Unknown,2021,Counts,5,GLOTIP\n"
    rows = (row(VICTIMS, 9), row(VICTIMS, 5, person="men"), row(VICTIMS, 9, 2021), row(VICTIMS, 4, 2021, "men"), other)
    forms = (row(OFFENCES, 9), row(OFFENCES, 4, part="by form,Forced labour"))
    read = figures(workspace, content(*forms, *rows))
    assert {
        ("investigations.opened", 2020): ("form",),
        ("victims.identified", 2020): (),
        ("victims.identified", 2021): ("person",),
    } == {
        (each.figure, each.year): each.incomplete for each in read.values if each.figure.count(".") == 1 and each.place
    }


def test_a_people_is_known_by_its_country_and_another_word_is_asked_about(workspace):
    citizens = (row(VICTIMS, 5, part="by citizenship,Nowherens"), row(VICTIMS, 3, 2021, part="by citizenship,Nowish"))
    read = figures(workspace, content(row(VICTIMS, 9), *citizens))
    assert "5" == values(read)["victims.identified.national"]
    assert [
        "'Nowherens' is taken for the country's own citizens, after mappings: in data/XX/country.yaml",
        "'Nowish' may be the country's own citizens: then add it to mappings: {glotip: …} in data/XX/country.yaml",
    ] == list(read.warnings)


def test_an_indicator_whose_words_changed_is_told_with_the_ones_it_had(workspace):
    read = figures(workspace, content(row("Trafficking victims detected", 9)))
    (warning,) = read.warnings
    assert "'Trafficking victims detected': is it 'Detected trafficking victims'?" in warning
    assert () == read.values


def test_a_stamp_of_another_day_than_the_source_is_told(workspace, tmp_path):
    dated = bench(tmp_path, {"data/catalogue.yaml": CATALOGUE_OF_A_DAY})
    read = figures(dated, content(row(VICTIMS, 9), stamp="UNODC,x\n2026-05-14\n"))
    assert "2026-05-14" == read.published
    assert ["the file is of 2026-05-14, the source office is dated 2025-04-14"] == [
        each.partition(":")[0] for each in read.warnings
    ]


def test_without_a_source_of_the_layout_nothing_is_read(tmp_path):
    bare = bench(tmp_path, {"data/catalogue.yaml": CATALOGUE_OF_A_DAY.replace(", layout: glotip", "")})
    with pytest.raises(FileError, match="1 error") as refused:
        figures(bare, content(row(VICTIMS, 9)))
    assert "the catalogue names no source of this layout" == refused.value.findings[0].message


def test_parts_that_are_fewer_where_others_are_counted_are_not_in_doubt(workspace):
    other = f"XXX,Nowhere,,,{VICTIMS},Total,Total,Unknown,Unknown,2020,Counts,5,GLOTIP\n"
    few = (row(VICTIMS, 20, person="adults"), row(VICTIMS, 9, person="men"), row(VICTIMS, 6, person="women"))
    (fault,) = figures(workspace, content(row(VICTIMS, 20), *few, other)).faults
    assert not fault.in_doubt
    (fault,) = figures(workspace, content(row(VICTIMS, 20), *few)).faults
    assert fault.in_doubt
    assert {"victims.identified.women", "victims.identified.men", "victims.identified.adults"} == {*fault.figures}
