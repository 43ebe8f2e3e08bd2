"""What was published is held against what is there now."""

from pathlib import Path

import pytest

from reporter.edition.release import changed_tools, replacement_of
from reporter.edition.state import changed_editions
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.load.release import read_releases
from reporter.model import Audience
from tests.delivery.editions import FILES, FINAL, JOB, REASON, change, published, stored
from tests.small import YEAR, write
from tests.snapshots import digest_now


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(write(tmp_path, FINAL))


def test_engines_and_typefaces_are_named_with_their_versions(workspace: Workspace) -> None:
    release = published(workspace)
    assert {"weasyprint", "python", "pango", "harfbuzz"} <= dict(release.engines).keys()
    fonts = [name for name, _ in release.fonts]
    assert (True, []) == (len(fonts) > 0, [name for name in fonts if not name.endswith((".ttf", ".otf"))])
    assert () == changed_tools(release)


def test_a_change_a_loss_and_an_addition_are_told_with_file_and_remedy(workspace: Workspace) -> None:
    published(workspace)
    assert () == changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)
    change(workspace)
    (workspace.root / "data/XX/2018.yaml").unlink()
    (workspace.root / "data/XX/text/en/2019.md").write_text("# general_situation\n\nText.\n")
    found = {each.mark.path: each.message for each in changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)}
    assert {
        YEAR: "the file changed since XX 2020, number 0 of 2021-03-01 was published: "
        "victims.identified 80 → 79, victims.identified.women 60 → 59",
        "data/XX/2018.yaml": "the file is missing since XX 2020, number 0 of 2021-03-01 was published",
        "data/XX/text/en/2019.md": "the file was added since XX 2020, number 0 of 2021-03-01 was published",
    } == found
    assert all(
        "--corrigendum" in each.hint for each in changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)
    )


@pytest.mark.parametrize("key", ["mail", "recipients", "deadlines", "publish_small_counts", "approvals"])
def test_whom_it_is_sent_to_is_no_part_of_an_edition(workspace: Workspace, key: str) -> None:
    published(workspace)
    before = digest_now(workspace, JOB)
    path = workspace.root / "reporter.yaml"
    path.write_text(f"{key}:\n  # somebody else\n  name: {{en: Other}}\n\n{path.read_text()}")
    assert () == changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)
    assert before == digest_now(workspace, JOB)
    path.write_text(path.read_text().replace("title: {en: Small}", "title: {en: Large}"))
    assert ["reporter.yaml"] == [
        each.mark.path for each in changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)
    ]
    assert before != digest_now(workspace, JOB)


def test_without_the_copy_of_the_settings_every_change_of_them_is_told(workspace: Workspace) -> None:
    published(workspace)
    path = workspace.root / "reporter.yaml"
    path.write_text(f"{path.read_text()}deadlines: {{}}\n")
    (workspace.root / "data/XX/editions/2020/0/reporter.yaml").unlink()
    assert ["reporter.yaml"] == [
        each.mark.path for each in changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)
    ]


def test_a_file_of_a_later_year_changes_nothing(workspace: Workspace) -> None:
    published(workspace)
    (workspace.root / "data/XX/2021.yaml").write_text("year: 2021\nsource: police\n")
    assert () == changed_editions(workspace.snapshot(), "XX", Audience.RESTRICTED)


def test_a_package_can_name_what_a_corrigendum_replaces(workspace: Workspace) -> None:
    assert replacement_of(read_releases(workspace.snapshot(), "XX", 2020)) is None
    published(workspace)
    first = replacement_of(read_releases(workspace.snapshot(), "XX", 2020))
    assert first
    assert (0, ()) == (first.number, first.files)
    change(workspace)
    published(workspace, reason=REASON, date="2021-06-01")
    second = replacement_of(read_releases(workspace.snapshot(), "XX", 2020))
    assert second
    assert (1, "2021-06-01", "2021-03-01", FILES) == (second.number, second.date, second.before, second.files)


def test_a_lost_and_an_altered_copy_are_told_with_their_place(workspace: Workspace) -> None:
    release = published(workspace)
    copy = workspace.root / "data/XX/editions/2020/0" / YEAR
    copy.write_text("year: 2020\n")
    with pytest.raises(ReporterError, match=f"data/XX/editions/2020/0/{YEAR}:1:1: the copy .* was changed"):
        stored(workspace, release)
    copy.unlink()
    with pytest.raises(ReporterError, match=f"{YEAR}:1:1: the copy .* cannot be read"):
        stored(workspace, release)


def test_a_copy_never_leads_out_of_the_workspace(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    release = published(workspace)
    outside = tmp_path_factory.mktemp("outside") / "secret"
    outside.write_bytes((workspace.root / YEAR).read_bytes())
    copy = workspace.root / "data/XX/editions/2020/0" / YEAR
    copy.unlink()
    copy.symlink_to(outside)
    with pytest.raises(ReporterError, match="leads out of the workspace"):
        stored(workspace, release)
