"""What comes of a publication: what nobody wrote is written, the rest is proposed, and faults have their words."""

from dataclasses import replace

import pytest

from reporter.check.imported_words import is_made_by_import
from reporter.edition.checked import load_checked
from reporter.errors import DataError, ReporterError, Severity
from reporter.intake.origins import origin_of
from reporter.load.dataset import load_dataset
from reporter.model import Label
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
    assert (2020, 2021) == plan.made
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
    assert (2021,) == planned(empty, raw, (2021, 2022)).made
    with pytest.raises(ReporterError, match="states no figure of these years") as refused:
        planned(empty, raw, (1999,))
    assert "it has those of 2020, 2021" == refused.value.hint


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


def test_what_would_give_a_masked_value_away_is_withheld(empty):
    rows = (row(VICTIMS, 20), row(VICTIMS, 20, person="adults"), row(VICTIMS, "<5", person="children"))
    plan = planned(empty, content(*rows))
    assert (("victims.identified.adults", 2020),) == plan.withheld
    assert "adults: {value: 20, confidentiality: D}" in text_of(plan, "data/XX/2020.yaml")
    assert plan.unprotected
    found = load_checked(after(empty, plan), "XX").findings
    assert [] == [each.code for each in found if each.severity is Severity.ERROR and not each.accepted]


def test_a_reason_tells_no_number_that_is_withheld(empty):
    rows = (
        row(VICTIMS, 20),
        row(VICTIMS, 20, person="adults"),
        row(VICTIMS, 9, person="men"),
        row(VICTIMS, 6, person="women"),
        row(VICTIMS, "<5", person="children"),
    )
    plan = planned(empty, content(*rows))
    text = text_of(plan, "data/XX/2020.yaml")
    assert "adults: {value: 20, confidentiality: D}" in text
    assert "these numbers do not fit each other, and it does not say which is wrong." in text
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
    assert [True, True, False, False, False] == [is_made_by_import(Label((("en", each),))) for each in known + other]


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
        (year, each.figure, each.now, each.said.answer.value) for year, each in plan.proposals
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
            (each.figure, each.now, each.said.answer.value) for _, each in plan.proposals
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
        (each.figure, each.now, each.said.answer.value) for _, each in plan.proposals
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
    assert ((2021,), (), True) == (plan.made, plan.filled, "    total: 9" in text and "unanswered  # 2020: 80" in text)
