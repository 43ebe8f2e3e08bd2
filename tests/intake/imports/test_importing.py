"""What comes of a publication: what nobody wrote is written, the rest is proposed, and faults have their words."""

import sys
from dataclasses import replace

import pytest

from reporter.check.prose_text import is_import_note
from reporter.data.errors import DataError, FileError, ReporterError, Severity
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Label
from reporter.editions.checked import load_checked
from reporter.exchange.agencies.agency_proposals import origin_of
from tests import small
from tests.intake.imports.publications import (
    CATALOGUE,
    CONVICTED,
    DRAFT,
    EMPTY,
    OFFENCES,
    VICTIMS,
    after,
    bench,
    content,
    figures,
    planned,
    row,
    text_of,
)

RECORD = "data/XX/received/office-2020.yaml"


@pytest.fixture
def empty(tmp_path):
    """A country without any year."""
    return bench(tmp_path, EMPTY)


def written(workspace, plan):
    """Write the files of a plan as they are."""
    for path, raw in plan.files.items():
        (workspace.root / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace.root / path).write_bytes(raw)


def test_a_year_without_a_file_is_made_whole(empty):
    plan = planned(
        empty, content(row(OFFENCES, 9), row(OFFENCES, 4, part="by form,Forced labour"), row(VICTIMS, "<5", 2021))
    )
    assert (2020, 2021) == plan.new_years
    assert (
        "year: 2020\nstatus: draft\ndata_cutoff: 2025-04-14\nsource: office\nfigures:\n"
        "  investigations.opened:\n    total: 9\n    by form: {labour: 4}\n    flags: [d]\n    definition: narrow\n"
        "    incomplete: [form]\n  victims.identified:\n    total: missing\n    note:\n"
    ) in text_of(plan, "data/XX/2020.yaml")
    assert "    total: suppressed\n" in text_of(plan, "data/XX/2021.yaml")
    sources = after(empty, plan)
    dataset, findings = load_dataset(sources, ("XX",))
    assert () == findings
    (came,) = origin_of(sources, dataset.catalogue_of("XX"), "XX", 2020, "investigations.opened").came
    assert "outside.csv, line 4" == came.place


def test_only_the_years_that_were_asked_for_are_taken_in(empty):
    raw = content(row(OFFENCES, 9), row(OFFENCES, 8, 2021))
    assert (2021,) == planned(empty, raw, (2021, 2022)).new_years
    with pytest.raises(ReporterError, match="has no figures for these years") as refused:
        planned(empty, raw, (1999,))
    assert "it has figures for 2020, 2021" == refused.value.hint


def test_a_contradiction_of_the_file_is_accepted_with_its_own_words_in_every_language(empty):
    spoken = CATALOGUE.replace("{en: Men}", "{en: Men, lt: Vyrai}").replace(
        "{en: Adults}", "{en: Adults, lt: Suaugusieji}"
    )
    both = {"reporter.yaml": "title: {en: S, lt: S}\nlanguages: [en, lt]\n", "data/catalogue.yaml": spoken}
    bench(empty.root, EMPTY | both)
    parts = (row(VICTIMS, 15, person="adults"), row(VICTIMS, 5, person="children"), row(VICTIMS, 17, person="men"))
    rows = (row(VICTIMS, 20), *parts)
    plan = planned(empty, content(*rows))
    sources = after(empty, plan)
    data = load_dataset(sources, ("XX",)).dataset.country("XX")
    (accepted,) = data.accepted
    assert ("nested-ages", "victims.identified", False) == (accepted.rule, accepted.figure, accepted.comparable)
    assert {
        "en": "As the source states it: Men 17, Adults is 15. It does not say which number is wrong.",
        "lt": "Kaip nurodyta šaltinyje: Vyrai 17, o Suaugusieji – 15. Kuris skaičius klaidingas, jame nepasakyta.",
    } == {language: str(accepted.reason.text(language)) for language in ("en", "lt")}
    found = load_checked(sources, "XX").findings
    assert [] == [str(each) for each in found if each.severity is Severity.ERROR and not each.accepted]


def test_what_would_give_a_masked_value_away_is_withheld_without_a_solver_too(empty, monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    rows = (row(VICTIMS, 20), row(VICTIMS, 20, person="adults"), row(VICTIMS, "<5", person="children"))
    plan = planned(empty, content(*rows))
    assert (("victims.identified.adults", 2020),) == plan.withheld
    assert "adults: {value: 20, confidentiality: D}" in text_of(plan, "data/XX/2020.yaml")
    assert plan.unprotected
    found = load_checked(after(empty, plan), "XX").findings
    assert [] == [each.code for each in found if each.severity is Severity.ERROR and not each.accepted]


def test_a_reason_tells_no_number_that_is_withheld(empty):
    said = {"": 20, "adults": 20, "men": 9, "women": 6, "children": "<5"}
    plan = planned(empty, content(*(row(VICTIMS, value, person=person) for person, value in said.items())))
    text = text_of(plan, "data/XX/2020.yaml")
    assert "adults: {value: 20, confidentiality: D}" in text
    assert "these numbers do not agree, and it does not say which is wrong." in text
    assert "withheld-told" not in {each.code for each in load_checked(after(empty, plan), "XX").findings}


def test_a_fault_that_no_check_finds_is_a_note_of_its_figure(empty):
    plan = planned(empty, content(row(VICTIMS, 14), row(VICTIMS, 15), row(CONVICTED, 3)))
    assert 'note:\n      en: "The source contradicts itself: the total is 14 on line 4 and 15 on line 5."' in text_of(
        plan, "data/XX/2020.yaml"
    )


def test_words_that_follow_from_a_publication_are_known():
    mask = "Counts below 5 are masked by UNODC; the mask covers zero too."
    known = (mask, f"{mask} The source contradicts itself: 5 and 6.")
    other = (f"{mask} Read this.", mask.replace("5", "five"), "As published: the forms leave out two investigations.")
    assert [True, True, False, False, False] == [is_import_note(Label((("en", each),))) for each in known + other]


def test_what_a_draft_leaves_open_is_filled_in_and_all_else_stays(tmp_path):
    draft = "  investigations.opened:\n    total: unanswered  # look\n    # by form\n  victims.identified: 80\n"
    workspace = bench(tmp_path, {small.YEAR: DRAFT + draft})
    part = "by form,Forced labour"
    plan = planned(
        workspace, content(row(OFFENCES, 9), row(OFFENCES, 4, part=part), row(VICTIMS, 14), row(CONVICTED, 3))
    )
    text = text_of(plan, small.YEAR)
    assert "    total: 9  # look\n    by form: {labour: 4}\n" in text
    assert "    # by form\n" in text
    assert "  victims.identified: 80\n" in text
    assert "  persons.convicted: {total: 3, source: office}\n" in text
    assert {("investigations.opened", 2020), ("investigations.opened.labour", 2020), ("persons.convicted", 2020)} == {
        *plan.filled
    }
    assert [(2020, "victims.identified", "80", "14")] == [
        (year, each.figure, each.now, each.reply.answer.value) for year, each in plan.proposals
    ]


def test_what_the_publication_has_no_total_of_stays_open_in_a_draft(tmp_path):
    workspace = bench(tmp_path, {small.YEAR: DRAFT + "  investigations.opened: unanswered\n"})
    rows = (row(OFFENCES, 9, 2018), row(OFFENCES, 8, 2021), row(VICTIMS, 14))
    assert "  investigations.opened: unanswered\n" in text_of(planned(workspace, content(*rows), (2020,)), small.YEAR)


def test_of_an_edition_that_is_no_draft_all_is_proposed_but_masks_and_what_is_explained(tmp_path):
    explained = (
        "differences:\n  - {publication: office, figure: victims.identified, published: 64, reason: {en: Typo.}}\n"
    )
    workspace = bench(tmp_path, {small.YEAR: small.FILES[small.YEAR] + explained})
    for opened, proposed in ((12, {("investigations.opened", "11", "12")}), ("<5", set())):
        plan = planned(workspace, content(row(OFFENCES, opened), row(VICTIMS, 64), row(CONVICTED, "<5")))
        assert [RECORD] == [*plan.files]
        assert {("persons.convicted", "", "suppressed"), *proposed} == {
            (each.figure, each.now, each.reply.answer.value) for _, each in plan.proposals
        }
        assert 'kept: "Typo."' in text_of(plan, RECORD)


def test_the_same_file_changes_nothing_a_second_time(empty):
    raw = content(row(OFFENCES, 9), row(VICTIMS, "<5"))
    written(empty, planned(empty, raw))
    plan = planned(empty, raw)
    assert ({}, True, ()) == (plan.files, plan.is_known, plan.proposals)


def test_a_newer_file_proposes_what_it_says_otherwise_and_keeps_what_was_decided(empty):
    written(empty, planned(empty, content(row(OFFENCES, 9), row(CONVICTED, 30))))
    newer = content(row(OFFENCES, 8), row(CONVICTED, "<5"), stamp="UNODC,x\n2026-05-14\n")
    plan = planned(empty, newer)
    assert ["data/XX/received/office-2020-2.yaml"] == [*plan.files]
    assert {("investigations.opened", "9", "8"), ("persons.convicted", "30", "suppressed")} == {
        (each.figure, each.now, each.reply.answer.value) for _, each in plan.proposals
    }
    kept = (
        plan.files["data/XX/received/office-2020-2.yaml"]
        .decode()
        .replace('cell: "line 5"', 'cell: "line 5"\n    kept: "Typo."\n    by: Ana', 1)
    )
    written(empty, replace(plan, files={"data/XX/received/office-2020-2.yaml": kept.encode()}))
    again = planned(empty, content(row(OFFENCES, 8), row(CONVICTED, "<5"), stamp="UNODC,x\n2026-06-14\n"))
    assert ["investigations.opened"] == [each.figure for _, each in again.proposals]


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_planned(tmp_path):
    workspace = bench(tmp_path, {small.YEAR: "year: 2020\nfigures: {a: [}\n"})
    with pytest.raises(DataError) as refused:
        planned(workspace, content(row(OFFENCES, 9, 2021)))
    assert small.YEAR == refused.value.findings[0].mark.path


def test_a_year_after_others_with_texts_begins_as_a_new_year_does(tmp_path):
    plan = planned(bench(tmp_path), content(row(OFFENCES, 9, 2021)))
    text = text_of(plan, "data/XX/2021.yaml")
    assert ((2021,), (), True) == (
        plan.new_years,
        plan.filled,
        "    total: 9" in text and "unanswered  # 2020: 80" in text,
    )


CATALOGUE_OF_A_DAY = CATALOGUE.replace(", layout: glotip", ", published: 2025-04-14, layout: glotip")


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    return bench(tmp_path_factory.mktemp("bench"))


def values(read, year=2020):
    return {each.figure: each.value for each in read.values if each.year == year}


def test_numbers_masks_and_places_are_those_of_the_rows(shared):
    read = figures(shared, content(row(VICTIMS, 14), row(VICTIMS, "<5", person="men"), row(CONVICTED, 0)))
    assert {"victims.identified": "14", "victims.identified.men": "suppressed", "persons.convicted": "0"} == values(
        read
    )
    assert {"line 4", "line 5", "line 6"} == {each.place for each in read.values}
    assert ("office", "2025-04-14", 64) == (read.source, read.published, len(read.sha256))
    (total,) = (each for each in read.values if each.figure == "victims.identified")
    assert ["Counts below 5 are masked by UNODC; the mask covers zero too."] == [str(each) for each in total.remarks]


def test_codes_that_share_their_words_cannot_be_told_apart(shared):
    read = figures(shared, content(row(OFFENCES, 9), row(OFFENCES, 4, part="by form,Other forms")))
    assert {"investigations.opened": "9"} == values(read)
    assert [("line 5", "several codes here answer to 'Other forms' together")] == [
        (each.place, each.reason) for each in read.left
    ]


def test_a_row_that_nothing_answers_to_says_why_it_is_left(shared):
    part = "by form,Forced labour"
    rows = (row(OFFENCES, 2, part=part, person="men"), row(OFFENCES, 2, part="by form,Mines"), row("Raids", 1))
    read = figures(shared, content(row(OFFENCES, 9), *rows))
    assert [
        (
            "Offences, Forced labour, Male, 18 years or over",
            "no code here answers to Male, 18 years or over, or the figure is not divided by it",
        ),
        ("Offences, Mines", "no code here answers to it"),
        ("Raids", "no figure here answers to the indicator"),
    ] == [(each.words, each.reason) for each in read.left]


def test_of_a_cell_stated_twice_the_first_is_taken_and_the_other_told(shared):
    read = figures(shared, content(row(VICTIMS, 14), row(VICTIMS, 15), row(VICTIMS, 14)))
    assert {"victims.identified": "14"} == values(read)
    assert ["stated twice for 2020: the 14 of line 4 is taken, not 15"] == [each.reason for each in read.left]


def test_a_total_that_is_not_there_is_missing_with_a_note_and_not_zero(shared):
    read = figures(shared, content(row(VICTIMS, 14, 2018), row(VICTIMS, 3, 2019, person="men"), row(VICTIMS, 9)))
    assert {"victims.identified": "missing", "victims.identified.men": "3"} == values(read, 2019)
    (total,) = (each for each in read.values if (each.figure, each.year) == ("victims.identified", 2019))
    assert "does not mean that there was nothing to count" in str(total.remarks[0])
    assert ["Identified victims: no total, only 1 of its parts"] == [
        str(each.words).replace("victims.identified", "Identified victims") for each in read.faults
    ]


def test_a_breakdown_of_which_codes_are_not_stated_is_incomplete_and_one_by_person_only_beside_others(shared):
    other = f"XXX,Nowhere,,,{VICTIMS},Total,Total,Unknown,Unknown,2021,Counts,5,GLOTIP\n"
    rows = (row(VICTIMS, 9), row(VICTIMS, 5, person="men"), row(VICTIMS, 9, 2021), row(VICTIMS, 4, 2021, "men"), other)
    forms = (row(OFFENCES, 9), row(OFFENCES, 4, part="by form,Forced labour"))
    read = figures(shared, content(*forms, *rows))
    assert {
        ("investigations.opened", 2020): ("form",),
        ("victims.identified", 2020): (),
        ("victims.identified", 2021): ("person",),
    } == {
        (each.figure, each.year): each.incomplete for each in read.values if each.figure.count(".") == 1 and each.place
    }


def test_a_people_is_known_by_its_country_and_another_word_is_asked_about(shared):
    citizens = (row(VICTIMS, 5, part="by citizenship,Nowherens"), row(VICTIMS, 3, 2021, part="by citizenship,Nowish"))
    read = figures(shared, content(row(VICTIMS, 9), *citizens))
    assert "5" == values(read)["victims.identified.national"]
    assert [
        "'Nowherens' is taken for the country's own citizens, after mappings: in data/XX/country.yaml",
        "'Nowish' may be the country's own citizens: then add it to mappings: {glotip: …} in data/XX/country.yaml",
    ] == list(read.warnings)


def test_an_indicator_whose_words_changed_is_told_with_the_ones_it_had(shared):
    read = figures(shared, content(row("Trafficking victims detected", 9)))
    (warning,) = read.warnings
    assert "'Trafficking victims detected': is it 'Detected trafficking victims'?" in warning
    assert () == read.values


def test_a_stamp_of_another_day_than_the_source_is_told(shared, tmp_path):
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


def test_parts_that_are_fewer_where_others_are_counted_are_not_in_doubt(shared):
    other = f"XXX,Nowhere,,,{VICTIMS},Total,Total,Unknown,Unknown,2020,Counts,5,GLOTIP\n"
    few = (row(VICTIMS, 20, person="adults"), row(VICTIMS, 9, person="men"), row(VICTIMS, 6, person="women"))
    (fault,) = figures(shared, content(row(VICTIMS, 20), *few, other)).faults
    assert not fault.in_doubt
    (fault,) = figures(shared, content(row(VICTIMS, 20), *few)).faults
    assert fault.in_doubt
    assert {"victims.identified.women", "victims.identified.men", "victims.identified.adults"} == {*fault.figures}
