"""What was published is compared with what is there now, and told figure by figure, not by checksums."""

import pytest

from reporter.data.errors import Finding, ReporterError
from reporter.data.files.workspace import Workspace
from reporter.data.records import Audience, Release
from reporter.editions.changes import changed_tools, refuse_changed
from reporter.editions.state import changed_editions
from tests.package.editions import JOB, stored
from tests.package.editions import published as publish
from tests.small import TEXT, YEAR
from tests.snapshots import digest_now, state_of

COUNTRY, CATALOGUE = "data/XX/country.yaml", "data/catalogue.yaml"
SINCE = "since XX 2020, number 0 of 2021-03-01 was published"
COPIES = "data/XX/editions/2020/0"


@pytest.fixture
def published(workspace: Workspace) -> Release:
    return publish(workspace)


def found(workspace: Workspace) -> tuple[Finding, ...]:
    return tuple(changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED))


def edit(workspace: Workspace, path: str, was: str, now: str) -> None:
    place = workspace.root / path
    assert was in place.read_text()
    place.write_text(place.read_text().replace(was, now))


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("path", "was", "now", "told"),
    [
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
        # What cannot be read any more is only told as changed.
        (CATALOGUE, "sources:", "sources: x\ny: z: w\nz", ""),
    ],
)
def test_a_change_is_told_in_words(workspace: Workspace, path: str, was: str, now: str, told: str) -> None:
    edit(workspace, path, was, now)
    assert [f"the file changed {SINCE}{told}"] == [each.message for each in found(workspace)]


def test_a_change_a_loss_and_an_addition_are_told_with_file_and_remedy(workspace: Workspace) -> None:
    release = publish(workspace)
    assert ((), ()) == (found(workspace), changed_tools(release))
    assert {"weasyprint", "python", "pango", "harfbuzz"} <= dict(release.engines).keys()
    fonts = [name for name, _ in release.fonts]
    assert (True, []) == (len(fonts) > 0, [name for name in fonts if not name.endswith((".ttf", ".otf"))])
    edit(workspace, YEAR, "11", "12")
    for was, now in (("4", "5"), ("labour: 7", "labour: 8"), ("80", "81"), ("60", "61"), ("men: 20", "men: 21")):
        edit(workspace, YEAR, was, now)
    (workspace.root / "data/XX/2018.yaml").unlink()
    (workspace.root / "data/XX/text/en/2019.md").write_text("# general_situation\n\nText.\n")
    (workspace.root / "data/XX/2021.yaml").write_text("year: 2021\nsource: police\n")  # No file of this edition.
    told = {each.mark.path: each for each in found(workspace)}
    year, lost, added = (told.pop(name) for name in (YEAR, "data/XX/2018.yaml", "data/XX/text/en/2019.md"))
    assert ({}, f"the file is missing {SINCE}", f"the file was added {SINCE}") == (told, lost.message, added.message)
    # Of many changes the first are told.
    assert year.message.startswith(f"the file changed {SINCE}: investigations.opened 11 → 12")
    assert year.message.endswith(", and 1 more")
    assert year.hint.startswith(f"restore it from {COPIES}/{YEAR}, or publish the change: reporter")
    assert all("--corrigendum" in each.hint for each in (year, lost, added))
    state = state_of(workspace, JOB)
    with pytest.raises(ReporterError) as refused:
        refuse_changed(state.releases[-1], state.changes, "en")
    assert f"{YEAR} changed: investigations.opened 11 → 12" in refused.value.message
    assert refused.value.hint.startswith(f"restore them from {COPIES}/")


@pytest.mark.usefixtures("published")
def test_whom_it_is_sent_to_is_no_part_of_an_edition(workspace: Workspace) -> None:
    before, path = digest_now(workspace, JOB), workspace.root / "reporter.yaml"
    settings = path.read_text()
    for key in ("mail", "recipients", "deadlines", "publish_small_counts", "approvals"):
        path.write_text(f"{key}:\n  # somebody else\n  name: {{en: Other}}\n\n{settings}")
        assert ((), before) == (found(workspace), digest_now(workspace, JOB))
    # Without the copy of the settings every change of them is told.
    copy = workspace.root / COPIES / "reporter.yaml"
    content = copy.read_bytes()
    copy.unlink()
    assert ["reporter.yaml"] == [each.mark.path for each in found(workspace)]
    copy.write_bytes(content)
    path.write_text(settings.replace("title: {en: Small}", "title: {en: Large}"))
    assert ["reporter.yaml"] == [each.mark.path for each in found(workspace)]
    assert before != digest_now(workspace, JOB)


def test_a_copy_that_is_lost_altered_or_leads_outside_is_told_with_its_place(workspace, published, tmp_path_factory):
    copy = workspace.root / COPIES / YEAR
    outside = tmp_path_factory.mktemp("outside") / "secret"
    copy.rename(outside)
    with pytest.raises(ReporterError, match=f"{YEAR}:1:1: the copy .* cannot be read"):
        stored(workspace, published)
    copy.write_text("year: 2020\n")
    with pytest.raises(ReporterError, match=f"{COPIES}/{YEAR}:1:1: the copy .* was changed"):
        stored(workspace, published)
    copy.unlink()
    copy.symlink_to(outside)
    with pytest.raises(ReporterError, match="leads out of the workspace"):
        stored(workspace, published)
