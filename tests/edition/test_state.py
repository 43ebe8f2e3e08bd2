"""A change in any file makes an edition due."""

from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.comparison import Manner
from reporter.edition.inputs import inputs_of
from reporter.edition.job import Job, select, volumes
from reporter.edition.program import program_digest
from reporter.errors import UsageError
from reporter.files.workspace import Workspace
from reporter.model import Annexes
from tests import small
from tests.delivery.editions import JOB
from tests.fixtures import LITHUANIA
from tests.snapshots import digest_now, is_due_now, snapshot


def test_a_change_in_any_file_or_of_the_program_makes_the_edition_due(tmp_path):
    small.write(tmp_path, {"data/XX/text/en/2019.md": "# victims\n\nWords.\n"})
    workspace, job = Workspace(tmp_path), Job("XX", 2020, "en")
    seen = [digest_now(workspace, job)]
    assert seen == [digest_now(workspace, job, program_digest())]
    seen.append(digest_now(workspace, job, "another program"))
    for name, more in (
        ("data/XX/2018.yaml", "# a comment"),
        ("data/XX/text/en/2019.md", "more words"),
        ("data/catalogue.yaml", "# a comment"),
        ("reporter.yaml", "theme: eu-blue"),
    ):
        (tmp_path / name).write_text(f"{(tmp_path / name).read_text()}\n{more}\n")
        seen.append(digest_now(workspace, job))
    (tmp_path / "data/XX/text/en").rename(tmp_path / "data/XX/text/lv")
    assert 7 == len({*seen, digest_now(workspace, job)})


def test_a_damaged_page_is_due_and_one_built_with_open_warnings_when_warnings_count(tmp_path):
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    assert 0 == run(["build", "XX", "2020", "--format", "html", "-q", "-w", str(tmp_path)])
    state, page = digest_now(workspace, JOB), JOB.file(workspace, "html")
    assert [False, True] == [is_due_now(workspace, JOB, state, "html", strict=strict) for strict in (False, True)]
    page.write_bytes(page.read_bytes()[:-1])
    assert is_due_now(workspace, JOB, state, "html")


@pytest.mark.parametrize(("year", "texts"), [(2019, {"2018"}), (2020, {"2018", "2020"})])
def test_an_edition_is_made_from_no_file_of_a_later_year_or_another_country(tmp_path, year, texts):
    text = {f"data/XX/text/en/{each}.md": "# general_situation\n\nWords.\n" for each in (2018, 2020)}
    root = small.write(tmp_path, text | dict.fromkeys(("data/YY/country.yaml", "data/YY/2018.yaml", "notes.md"), ""))
    paths = set(inputs_of(Workspace(root).snapshot(), Job("XX", year, "en")))
    assert {"reporter.yaml", "data/catalogue.yaml", "data/XX/country.yaml", "data/XX/2019.yaml"} <= paths
    assert texts == {Path(each).stem for each in paths if each.endswith(".md")}
    assert (year == 2020) == ("data/XX/2020.yaml" in paths)
    assert [] == [each for each in paths if "YY" in each or each == "notes.md"]


def test_a_year_without_a_file_is_refused_with_the_years_there_are():
    with pytest.raises(UsageError, match="years with a file: 2009–2020"):
        select(snapshot(LITHUANIA), "LT", 1999, ("en",))


@pytest.mark.parametrize(
    ("job", "names"),
    [
        (Job("LT", 2020, "en"), ["LT-2020-en", "LT-2020-data-and-methods-en"]),
        (Job("LT", 2020, "lt", changed=True), ["LT-2020-unpublished-lt", "LT-2020-data-and-methods-unpublished-lt"]),
        (
            Job("LT", 2020, "en", Manner.YEARS, ("2019", "2020")),
            ["LT-compare-2019-2020-en", "LT-compare-2019-2020-texts-en"],
        ),
        (Job("LT", 2020, "en", Manner.COUNTRIES, ("LT", "LV")), ["compare-LT-LV-2020-en"]),
    ],
)
def test_each_volume_of_a_document_has_a_name_of_its_own(job, names):
    found = volumes(job, Annexes.SHORT)
    assert names == [each.name for each in found]
    assert {job} == {each.main for each in found}
    assert names[:1] == [each.name for each in volumes(job, Annexes.FULL)][:1]
    assert "LT 2020, data and methods (en)" == str(volumes(Job("LT", 2020, "en"), Annexes.SHORT)[-1])
