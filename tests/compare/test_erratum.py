"""The page of a corrigendum tells each difference, before and now."""

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.records import Label
from reporter.report.document.content import texts
from reporter.report.document.document import Entries, Section, Table
from tests import small
from tests.package.editions import FINAL, REASON, erratum, published
from tests.small import YEAR, write


def rows(section: Section, code: str) -> list[tuple[str, ...]]:
    (table,) = (each for each in section.blocks if isinstance(each, Table) and each.code == code)
    return [(row.label, *(cell.text for cell in row.cells)) for row in table.rows]


def corrigendum(workspace: Workspace, files: dict[str, str]) -> Section:
    published(workspace)
    write(workspace.root, FINAL | files)
    published(workspace, reason=REASON, date="2021-06-01")
    return erratum(workspace)


def test_each_figure_is_told_before_and_now_with_what_differs(workspace: Workspace) -> None:
    changed = (
        FINAL[YEAR]
        .replace("investigations.opened: {total: 11, by form: {sexual: 4, labour: 7}}", "")
        .replace(
            "total: 80, by person: {women: 60, men: 20}",
            "total: at least 1079, note: {en: Not all were counted.}, flags: [p], by person: {women: 60, men: 20}",
        )
    )
    files = {YEAR: changed + "  persons.convicted: missing\n", small.TEXT: "# general_situation\n\nNothing.\n"}
    found = rows(corrigendum(workspace, files), "erratum_figures")
    assert [
        ("Investigations opened", "2020", "11", "–", "value"),
        ("Investigations opened, sexual exploitation", "2020", "4", "–", "value"),
        ("Investigations opened, labour exploitation", "2020", "7", "–", "value"),
        ("Identified victims", "2020", "80", "≥\u00a01,079", "value, flag and note"),
        ("Identified victims, women", "2020", "60", "60", "flag"),
        ("Identified victims, men", "2020", "20", "20", "flag"),
        ("Persons convicted", "2020", "–", ":", "value"),
    ] == found


def test_law_is_told_field_by_field(workspace: Workspace) -> None:
    law = small.FILES["data/XX/country.yaml"].replace('article: "1"', 'article: "1-1"').replace("2019", "2018")
    more = '  cc_2: {law: {en: Criminal Code}, article: "2", subject: {en: Use of services}, since: 2020}\n'
    section = corrigendum(workspace, {"data/XX/country.yaml": law + more})
    assert [
        ("Legal provisions",),
        ("Criminal Code, Article 1-1: Trafficking", "changed", "", ""),
        ("Article", "", "1", "1-1"),
        ("Since", "", "2019", "2018"),
        ("Criminal Code, Article 2: Use of services", "added", "", ""),
    ] == rows(section, "erratum_things")
    assert "No figure differs from the previously published edition." in "".join(texts(section.blocks))


def test_a_figure_that_is_withheld_now_is_nowhere_told_as_it_was(workspace: Workspace) -> None:
    text = small.FILES[small.TEXT] + "\nAmong them {{ victims.identified.women }} women.\n"
    write(workspace.root, {**FINAL, small.TEXT: text, YEAR: FINAL[YEAR].replace("women: 60", "women: 67")})
    published(workspace)
    hidden = FINAL[YEAR].replace("women: 60", "women: {value: 67, confidentiality: C}")
    write(workspace.root, {YEAR: hidden})
    published(workspace, reason=REASON)
    assert "67" not in " ".join(texts(erratum(workspace).blocks))


def test_a_corrigendum_that_only_withholds_has_no_empty_table_or_list(workspace: Workspace) -> None:
    decided = "withheld: {2020: {victims.identified.women: {because: chosen, reason: {en: By oversight.}}}}\n"
    section = corrigendum(workspace, {"data/XX/protection/2020.yaml": decided})
    empty = [each for each in section.blocks if isinstance(each, Table) and not each.rows]
    assert [] == empty + [each for each in section.blocks if isinstance(each, Entries) and not each.entries]


@pytest.mark.parametrize(
    ("more", "listed"), [("recipients: {}\n", [YEAR]), ("theme: eu-blue\n", [YEAR, "reporter.yaml"])]
)
def test_the_settings_are_listed_when_a_page_depends_on_what_changed(
    workspace: Workspace, more: str, listed: list[str]
) -> None:
    changed = {YEAR: FINAL[YEAR].replace("men: 20", "men: 19"), "reporter.yaml": small.FILES["reporter.yaml"] + more}
    section = corrigendum(workspace, changed)
    (files,) = (each for each in section.blocks if isinstance(each, Entries) and each.title == "Files that differ")
    assert listed == [each.title for each in files.entries]


def test_a_second_corrigendum_tells_of_both_and_compares_with_the_first(workspace: Workspace) -> None:
    corrigendum(workspace, {YEAR: FINAL[YEAR].replace("men: 20", "men: 19")})
    write(workspace.root, {YEAR: FINAL[YEAR].replace("men: 20", "men: 18")})
    published(workspace, reason=Label((("en", "Another one."),)), date="2021-09-01")
    section = erratum(workspace)
    assert [("Identified victims, men", "2020", "19", "18", "value")] == rows(section, "erratum_figures")
    (about,) = (each for each in section.blocks if isinstance(each, Entries) and not each.title)
    assert [
        ("Corrigendum 2, 1 September 2021", "Reason: Another one.", "Replaces: Corrigendum 1, 1 June 2021"),
        ("Corrigendum 1, 1 June 2021", "Reason: A total was wrong.", "Replaces: First edition, 1 March 2021"),
    ] == [(each.title, *each.lines) for each in about.entries]
