"""Publishing: an edition is frozen whole or not at all, made again byte for byte, corrected only in the open."""

import errno
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reporter.cli import late_tools
from reporter.cli.group import run
from reporter.delivery.publishing import freeze, rebuild
from reporter.edition.job import Job
from reporter.edition.state import EditionState
from reporter.errors import ReporterError, UsageError
from reporter.files.checksum import checksum, sums_of
from reporter.files.workspace import Workspace
from reporter.load.release import add_seal, read_releases, release_text
from reporter.produce.order import Order, Outcome
from reporter.validate import Judgement
from tests import small
from tests.delivery.editions import FILES, FINAL, JOB, REASON, change, published, stored
from tests.small import BLANK, YEAR, write
from tests.snapshots import digest_now, inputs_now, snapshot, state_of
from tests.striking import PUBLISH, strike, visible, well
from tests.striking import tree as whole


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_published_is_read_as_it_was_written(workspace: Workspace) -> None:
    release = published(workspace)
    (found,) = read_releases(workspace.snapshot(), "XX", 2020)
    assert release_text(release) == release_text(found)
    assert ("R. P.", 0, "2021-03-01", FILES) == (found.by, found.number, found.date, found.files)


def test_the_copies_are_the_files_it_was_made_from(workspace: Workspace) -> None:
    release = published(workspace)
    assert inputs_now(workspace, JOB) == stored(workspace, release)
    assert dict(release.inputs).keys() == stored(workspace, release).keys()
    assert {"reporter.yaml", "data/catalogue.yaml", YEAR, "data/XX/text/en/2020.md"} <= dict(release.inputs).keys()


def test_publishing_makes_no_other_edition_due(workspace: Workspace) -> None:
    jobs = [Job("XX", year, "en") for year in (2018, 2019, 2020)]
    before = [digest_now(workspace, job) for job in jobs]
    published(workspace)
    assert before[:2] == [digest_now(workspace, job) for job in jobs[:2]]
    # It bears the day on which it was published.
    assert before[2] != digest_now(workspace, JOB)
    change(workspace)
    published(workspace, reason=REASON)
    path = workspace.root / YEAR
    path.write_text(FINAL[YEAR])
    assert before[:2] == [digest_now(workspace, job) for job in jobs[:2]]


def test_check_tells_of_it(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    published(workspace)
    change(workspace)
    run(["check", "XX", "2020", "-w", str(workspace.root)])
    assert f"{YEAR}:1:1: warning: the file changed since" in capsys.readouterr().out


def test_what_is_published_is_never_replaced(workspace: Workspace) -> None:
    release = published(workspace)
    before = tree(workspace.root)
    with pytest.raises(UsageError, match="is there already"):
        freeze(workspace, release, inputs_now(workspace, JOB))
    assert before == tree(workspace.root)


def test_a_full_disk_leaves_nothing_published(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(workspace.root)
    with monkeypatch.context() as patch:
        patch.setattr("reporter.delivery.publishing.write_through", _full)
        with pytest.raises(ReporterError, match="No space left on device"):
            published(workspace)
    assert before == tree(workspace.root)
    published(workspace)
    assert 1 == len(read_releases(workspace.snapshot(), "XX", 2020))


def _full(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_crash_between_the_copies_and_the_file_publishes_nothing_and_a_rerun_finishes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("reporter.delivery.publishing.write_whole", _killed)
        with pytest.raises(KeyboardInterrupt):
            published(workspace)
    assert () == read_releases(workspace.snapshot(), "XX", 2020)
    change(workspace)
    release = published(workspace)
    assert inputs_now(workspace, JOB) == stored(workspace, release)


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_published_files_lie_under_build_and_are_not_due(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (release,) = read_releases(snapshot(live), "XX", 2020)
    names = [f"XX-2020-data-and-methods-en.{form}" for form in ("pdf", "html")]
    names += [f"XX-2020-en.{form}" for form in ("pdf", "html", "xlsx")]
    assert release.files == sums_of({name: (live / "build/XX/2020" / name).read_bytes() for name in names})
    assert 0 == run(["build", "XX", "2020", "--format", "pdf,html,xlsx", "--validate", "-w", str(live)])
    assert 5 == capsys.readouterr().out.count("unchanged")


def test_to_publish_again_changes_nothing(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(live / "data")
    assert 0 == run(["publish", "XX", "2020", "-w", str(live)])
    assert "is published already, and nothing changed since" in capsys.readouterr().out
    assert before == tree(live / "data")


def test_rebuild_reproduces_every_byte_and_touches_nothing(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(live)
    assert 0 == run(["rebuild", "XX", "2020", "--verify", "-w", str(live)])
    assert "every byte is as it was published" in capsys.readouterr().out
    assert before == {name: content for name, content in tree(live).items() if ".lock" not in name} | {
        name: content for name, content in before.items() if ".lock" in name
    }


def test_rebuild_makes_the_same_bytes_whoever_it_is_sent_to(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = live / "reporter.yaml"
    office = "{channel: folder, folder: out, language: en, gets: [csv], audience: public, name: {en: O}}"
    path.write_text(f"{path.read_text()}recipients:\n  office: {office}\n")
    assert 0 == run(["rebuild", "XX", "2020", "--verify", "-w", str(live)])
    assert "every byte is as it was published" in capsys.readouterr().out


def test_rebuild_lists_the_file_that_differs(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(Workspace(live))
    assert 1 == run(["rebuild", "XX", "2020", "--verify", "-w", str(live)])
    said = capsys.readouterr()
    assert said.out.startswith(f"{YEAR} changed: victims.identified 80 → 79")
    assert "--number 0 --verify" in said.err
    assert 0 == run(["rebuild", "XX", "2020", "--number", "0", "--verify", "-w", str(live)])


def test_rebuild_tells_of_another_engine_without_effect(
    live: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporter.edition.release.engine_versions", lambda: (("weasyprint", "99"),))
    assert 0 == run(["rebuild", "XX", "2020", "--verify", "-w", str(live)])
    assert "engine weasyprint: " in capsys.readouterr().out


def test_rebuild_says_which_version_differs_when_the_bytes_do(
    live: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporter.edition.release.engine_versions", lambda: (("weasyprint", "99"),))
    monkeypatch.setattr("reporter.delivery.publishing._files", lambda *_: {"XX-2020-en.pdf": b"other"})
    assert 1 == run(["rebuild", "XX", "2020", "--verify", "-w", str(live)])
    said = capsys.readouterr()
    assert "engine weasyprint: " in said.out
    assert "file XX-2020-en.pdf: " in said.out
    assert "cannot be made again" in said.err


def test_rebuild_writes_into_a_new_folder_only(live: Path, tmp_path: Path) -> None:
    (release,) = read_releases(snapshot(live), "XX", 2020)
    target = tmp_path / "old"
    assert 0 == run(["rebuild", "XX", "2020", "--number", "0", "--to", str(target), "-w", str(live)])
    assert dict(release.files) == dict(sums_of(tree(target)))
    assert 2 == run(["rebuild", "XX", "2020", "--number", "0", "--to", str(target), "-w", str(live)])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rebuild", "XX", "2019", "--verify"], "XX 2019 was never published"),
        (["rebuild", "XX", "2020", "--number", "3", "--verify"], "XX 2020 has no number 3"),
        (["rebuild", "XX", "2020"], "is it to be verified or written?"),
        (["publish", "XX", "1999"], "XX has no file for 1999"),
        (["publish", "XX", "2020", "--corrigendum", "en=x"], "no file changed since"),
        (["publish", "XX", "2020", "--corrigendum", "fr=x"], "no reason in one of the languages"),
        (["publish", "XX", "2020", "--corrigendum", "en="], "no reason in one of the languages"),
        (["publish", "XX", "2019", "--corrigendum", "en=x"], "XX 2019 is not published yet"),
        (["status", "XX", "--today", "tomorrow"], "--today 'tomorrow' is no date"),
        (["status", "XX", "1999"], "XX has no file for 1999"),
    ],
)
def test_what_makes_no_sense_is_refused(
    first: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert 2 == run([*arguments, "-w", str(first)])
    told = capsys.readouterr().err
    assert said in told
    assert "hint:" in told


@pytest.mark.parametrize("status", ["draft", "provisional"])
def test_only_what_is_final_is_published(tmp_path: Path, capsys: pytest.CaptureFixture[str], status: str) -> None:
    root = write(tmp_path, {YEAR: FINAL[YEAR].replace("final", status)})
    assert 1 == run(["publish", "XX", "2020", "-w", str(root)])
    assert f"{YEAR}:1:9: the status is {status}" in capsys.readouterr().err
    assert not (root / "data/XX/editions").exists()


def test_nothing_is_published_that_was_read_on_a_day_to_come(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    confirmed = "still_holds: [{texts: [aliens], by: R. P., day: 2999-01-01}]\n"
    texts = {"data/XX/text/en/2019.md": "# aliens\n\nA law.\n"}
    root = write(tmp_path, {**FINAL, **texts, YEAR: f"{FINAL[YEAR]}{confirmed}"})
    assert 1 == run(["publish", "XX", "2020", "-w", str(root)])
    assert "on 2999-01-01, which has not come, nobody read them" in capsys.readouterr().err


def test_nothing_with_an_open_error_is_published(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path, {YEAR: FINAL[YEAR].replace("labour: 7", "labour: 6")})
    assert 1 == run(["publish", "XX", "2020", "-w", str(root)])
    assert "[parts-make-total]" in capsys.readouterr().err
    assert not (root / "data/XX/editions").exists()


def test_a_pdf_that_does_not_pass_is_not_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, FINAL)

    class Verify:
        prove = staticmethod(lambda *_: (Judgement("c", "1", "p", 1, ("PDF/UA-1: a rule",)),))

    monkeypatch.setattr(late_tools, "load_validate", Verify)
    assert 1 == run(["publish", "XX", "2020", "-w", str(root)])
    assert "PDF/UA-1: a rule" in capsys.readouterr().err
    assert not (root / "data/XX/editions").exists()


def test_a_corrigendum_has_the_next_number_and_its_reason(corrected: Path) -> None:
    first, second = read_releases(snapshot(corrected), "XX", 2020)
    assert (0, 1) == (first.number, second.number)
    assert "One victim was counted twice." == second.reason.text("en")
    assert first.files != second.files
    assert () == state_of(Workspace(corrected), JOB).changed


def test_a_corrigendum_is_never_older_than_what_it_corrects(
    live: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(Workspace(live))
    before = tree(live / "data")
    monkeypatch.setattr("reporter.cli.publish.local_now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    assert 1 == run(["publish", "XX", "2020", "--corrigendum", "en=Once too many.", "-w", str(live)])
    assert "today is 2001-01-01, and XX 2020, number 0 of 2" in capsys.readouterr().err
    assert before == tree(live / "data")


def test_its_page_tells_every_difference(corrected: Path) -> None:
    page = (corrected / "build/XX/2020/XX-2020-en.html").read_text().replace("\u00a0", " ")
    erratum = page[page.index('id="section-erratum"') : page.index('id="section-at_a_glance"')]
    for words in (
        "Corrigendum 1, ",
        "Reason: One victim was counted twice.",
        "Replaces: First edition, ",
        "Identified victims, women",
        "Criminal Code, Article 2: Trafficking",
        "Nobody was returned.",
        YEAR,
    ):
        assert words in erratum
    assert erratum.index(">80<") < erratum.index(">79<")
    assert 'class="status corrigendum">Corrigendum 1, ' in page


def test_a_build_after_a_corrigendum_is_not_due(corrected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run(["build", "XX", "2020", "--format", "pdf,html", "--validate", "-w", str(corrected)])
    assert 4 == capsys.readouterr().out.count("unchanged")


def test_no_erratum_is_made_from_an_altered_copy(
    corrected: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = shutil.copytree(corrected, tmp_path / "live")
    (root / "data/XX/editions/2020/0" / YEAR).write_text("year: 2020\nsource: police\n")
    assert 1 == run(["build", "XX", "2020", "--force", "-w", str(root)])
    assert f"data/XX/editions/2020/0/{YEAR}:1:1: the copy of a published file was changed" in capsys.readouterr().err


def test_a_build_warns_of_a_changed_edition_and_a_strict_one_stops(
    live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(Workspace(live))
    assert 1 == run(["build", "XX", "2020", "--format", "html", "--strict", "-w", str(live)])
    assert f"{YEAR}:1:1: warning: the file changed since XX 2020, number 0" in capsys.readouterr().err
    assert 0 == run(["build", "XX", "2020", "--format", "html", "-w", str(live)])
    assert "[edition-changed]" in capsys.readouterr().err
    run(["build", "XX", "2019", "--format", "html", "-w", str(live)])
    assert "[edition-changed]" not in capsys.readouterr().err


def test_status_shows_how_far_an_edition_has_come(
    live: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What was published is not outdated by a later program.
    monkeypatch.setattr("reporter.edition.program.__version__", "99")
    assert 0 == run(["status", "XX", "-w", str(live)])
    said = capsys.readouterr().out
    assert "draft → provisional → [final] → corrigendum" in said
    assert ", by R. P.\n" in said
    assert "missing" not in said
    change(Workspace(live))
    assert 0 == run(["status", "XX", "-w", str(live)])
    assert f"changed since it was published: {YEAR}" in capsys.readouterr().out


def test_what_was_published_before_there_were_workbooks_is_made_again_without_them(
    live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (release,) = read_releases(snapshot(live), "XX", 2020)
    older = add_seal(replace(release, files=tuple(each for each in release.files if not each[0].endswith(".xlsx"))))
    (live / "data/XX/editions/2020.yaml").write_text(release_text(older), encoding="utf-8")
    assert 0 == run(["rebuild", "XX", "2020", "--to", str(live / "again"), "-w", str(live)])
    again = sorted(path.name for path in (live / "again").iterdir())
    assert [f"XX-2020-{volume}en.{form}" for volume in ("data-and-methods-", "") for form in ("html", "pdf")] == again
    shutil.rmtree(live / "build")
    assert 0 == run(["publish", "XX", "2020", "-w", str(live)])
    assert 0 == run(["build", "XX", "2020", "--format", "xlsx", "-w", str(live)])
    capsys.readouterr()
    assert 0 == run(["publish", "XX", "2020", "-w", str(live)])
    assert "is published already, and nothing changed since" in capsys.readouterr().out


def test_published_files_are_put_back_also_when_the_edition_changed_since(
    live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (release,) = read_releases(snapshot(live), "XX", 2020)
    change(Workspace(live))
    (live / "build/XX/2020/XX-2020-en.pdf").write_bytes(b"forged")
    (live / "build/XX/2020/XX-2020-en.html").unlink()
    assert 1 == run(["publish", "XX", "2020", "-w", str(live)])
    assert f"{YEAR} changed: victims.identified 80 → 79" in capsys.readouterr().err
    lying = tree(live / "build/XX/2020")
    assert dict(release.files) == dict(sums_of({name: lying[name] for name, _ in release.files}))


def test_files_that_a_crash_left_behind_are_made_again(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (release,) = read_releases(snapshot(live), "XX", 2020)
    shutil.rmtree(live / "build")
    assert 0 == run(["publish", "XX", "2020", "-w", str(live)])
    assert "its files were made again" in capsys.readouterr().out
    made = {name: (live / "build/XX/2020" / name).read_bytes() for name, _ in release.files}
    assert release.files == sums_of(made)


def test_what_was_published_under_earlier_rules_is_made_again_under_them(workspace: Workspace) -> None:
    """A check that came later finds an error in a file of today, and none in a copy of that day."""
    settings = workspace.root / "reporter.yaml"
    settings.write_text(f"{settings.read_text()}thresholds: {{jump_count: -10}}\n")
    published(workspace)
    found: list[list[str]] = []

    def produce(
        _workspace: Workspace, orders: Sequence[Order], states: Sequence[EditionState], _: object
    ) -> list[Outcome]:
        found.append([each.code for state in states for each in state.checked.findings if "jump_count" in each.message])
        return [Outcome(each.job) for each in orders]

    for number in (None, 0):
        rebuild(workspace, workspace.snapshot(), "XX", 2020, number, produce)
    assert [["wrong-type"], []] == found


def test_both_numbers_can_be_made_again(corrected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == run(["rebuild", "XX", "2020", "--verify", "-w", str(corrected)])
    assert 0 == run(["rebuild", "XX", "2020", "--number", "0", "--verify", "-w", str(corrected)])
    assert 2 == capsys.readouterr().out.count("every byte is as it was published")


# kill -9; the other steps are struck in exhaustive/test_faults_killed.py


@pytest.mark.parametrize("stage", ["publish"], indirect=True)
def test_killed_while_it_is_frozen_nothing_is_half_published_and_a_rerun_finishes(stage, program, tmp_path) -> None:
    frozen = [at for at in visible(stage.moments) if "data/XX/editions" in stage.moments[at - 1]]
    assert frozen
    for at in frozen:
        strike(stage, program, tmp_path / f"struck-{at}", at)


def test_what_counts_as_published_is_on_the_disk_with_all_its_copies(program, folder):
    """A machine may lose its power as well, and with that what no file system was told to keep."""
    moments = well(program, folder, PUBLISH).moments
    published = next(at for at, each in enumerate(moments) if each.startswith("os.rename data/XX/editions/.writing-"))
    copies = [each[5:] for each in moments if each.startswith("open data/XX/editions/2020/.writing-0/")]
    assert len(whole(folder / "data/XX/editions/2020/0")) == len(copies)
    assert set(copies) <= {each[6:] for each in moments[:published] if each.startswith("fsync ")}


INSPECTOR = "{channel: folder, folder: out, language: en, gets: [csv], audience: restricted, name: {en: Court}}"
OFFICES = f"recipients:\n  court: {INSPECTOR}\n"
# One folder holds what everybody may read and what only offices may.
FOR_BOTH = tuple(
    f"XX-2020-{audience}{volume}en.{form}"
    for audience in ("", "restricted-")
    for volume, forms in (("", ("pdf", "html", "xlsx")), ("data-and-methods-", ("pdf", "html")))
    for form in forms
)


def test_where_an_office_may_know_more_both_editions_are_published_under_one_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = small.FILES["reporter.yaml"] + OFFICES
    root = write(tmp_path, FINAL | {"templates/profile.html": BLANK, "reporter.yaml": settings})
    assert 0 == run(["publish", "XX", "2020", "--by", "R. P.", "-w", str(root)])
    (release,) = read_releases(snapshot(root), "XX", 2020)
    assert sorted(FOR_BOTH) == sorted(dict(release.files))
    folder, lost = root / "build/XX/2020", "XX-2020-restricted-en.pdf"
    assert set(FOR_BOTH) <= tree(folder).keys()
    assert 0 == run(["rebuild", "XX", "2020", "--verify", "-w", str(root)])
    (folder / lost).unlink()
    capsys.readouterr()
    assert 0 == run(["status", "XX", "2020", "-w", str(root)])
    told = capsys.readouterr().out
    assert (True, 1) == (f"{lost} is lost" in " ".join(told.split()), told.count(" is lost"))
    # What somebody is to get or not has no part in what was published.
    (root / "reporter.yaml").write_text(small.FILES["reporter.yaml"])
    assert 0 == run(["publish", "XX", "2020", "-w", str(root)])
    assert dict(release.files)[lost] == checksum((folder / lost).read_bytes())


def test_where_nobody_may_know_more_there_is_one_edition(first: Path) -> None:
    (release,) = read_releases(snapshot(first), "XX", 2020)
    assert {name for name in FOR_BOTH if "restricted" not in name} == dict(release.files).keys()
