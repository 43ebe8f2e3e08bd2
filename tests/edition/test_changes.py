"""A published edition that was edited is told figure by figure, not by checksums."""

from pathlib import Path

import pytest

from reporter.edition.release import refuse_changed
from reporter.edition.state import changed_editions
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.model import Audience
from tests.delivery.editions import FINAL, JOB, published
from tests.small import TEXT, YEAR, write
from tests.snapshots import state_of

COUNTRY, CATALOGUE = "data/XX/country.yaml", "data/catalogue.yaml"
SINCE = "the file changed since XX 2020, number 0 of 2021-03-01 was published"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(write(tmp_path, FINAL))
    published(made)
    return made


def edited(workspace: Workspace, path: str, was: str, now: str) -> list[str]:
    place = workspace.root / path
    assert was in place.read_text()
    place.write_text(place.read_text().replace(was, now))
    return [each.message for each in changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)]


@pytest.mark.parametrize(
    ("path", "was", "now", "told"),
    [
        (YEAR, "total: 80", "total: 79", ": victims.identified 80 → 79"),
        (YEAR, "men: 20", "men: at least 20", ": victims.identified.men 20 → at least 20"),
        (YEAR, ", men: 20", "", ": victims.identified.men 20 → absent"),
        (YEAR, "men: 20", "men: suppressed", ": victims.identified.men 20 → suppressed"),
        (YEAR, "total: 11,", "total: 11, note: {en: N},", ": investigations.opened: notes"),
        ("data/XX/2019.yaml", "60", "61", ": victims.identified of 2019 60 → 61"),
        (COUNTRY, "prison_max: 12", "prison_max: 10", ": law.cc_1.prison_max 12 → 10"),
        (COUNTRY, "{en: Ministry}", "{en: Police}", ": XX: publisher"),
        (CATALOGUE, "{en: Register}", "{en: Roll}", ": police: title"),
        (TEXT, "were opened", "were begun", ": section general_situation"),
        (YEAR, "figures:", "figures:  # as of May", ""),
    ],
)
def test_a_change_is_told_in_words(workspace: Workspace, path: str, was: str, now: str, told: str):
    assert [f"{SINCE}{told}"] == edited(workspace, path, was, now)


def test_of_many_changes_the_first_are_told_and_the_number_of_the_rest(workspace: Workspace):
    (message,) = edited(workspace, "data/XX/2018.yaml", "figures:", "note: x\nfigures:") or [""]
    assert SINCE == message
    path = workspace.root / YEAR
    path.write_text(path.read_text().replace("11", "12").replace("4", "5").replace("80", "81").replace("60", "61"))
    path.write_text(path.read_text().replace("men: 20", "men: 21").replace("labour: 7", "labour: 8"))
    told = [
        each.message
        for each in changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)
        if each.mark.path == YEAR
    ]
    assert told[0].endswith(", and 1 more")


def test_what_cannot_be_read_any_more_is_only_told_as_changed(workspace: Workspace):
    assert [SINCE] == edited(workspace, CATALOGUE, "sources:", "sources: x\ny: z: w\nz")


def test_the_remedy_says_where_the_copy_lies(workspace: Workspace):
    edited(workspace, YEAR, "total: 80", "total: 79")
    (found,) = changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)
    assert found.hint.startswith(f"put it back from data/XX/editions/2020/0/{YEAR}, or publish the change: reporter")


def test_a_package_is_refused_with_the_figure_that_changed(workspace: Workspace):
    edited(workspace, YEAR, "total: 80", "total: 79")
    state = state_of(workspace, JOB)
    with pytest.raises(ReporterError) as refused:
        refuse_changed(state.releases[-1], state.changes, "en")
    assert f"{YEAR} changed: victims.identified 80 → 79" in refused.value.message
    assert refused.value.hint.startswith("put them back from data/XX/editions/2020/0/")
