"""Publishing: an edition is frozen whole or not at all, made again byte for byte, corrected only in the open."""

import errno
import shutil
import signal
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import Pipe
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.sources import checksum, sums_of
from reporter.data.files.workspace import Workspace
from reporter.data.read.release import add_seal, read_releases, release_text
from reporter.editions.making.order import Order, Outcome
from reporter.editions.state import EditionState
from reporter.exchange.publish import publishing
from reporter.exchange.publish.publishing import freeze, rebuild
from reporter.formats.validate.vera import Judgement
from reporter.workbench.release.steps import STEPS, StepNews, StepOrder, take_step
from tests import small
from tests.fixtures import Say
from tests.package.editions import FILES, FINAL, JOB, change, published, stored
from tests.small import BLANK, YEAR, write
from tests.snapshots import inputs_now, snapshot, state_of


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_published_is_read_as_it_was_written_with_the_files_it_was_made_from(workspace: Workspace) -> None:
    release = published(workspace)
    (found,) = read_releases(workspace.snapshot(), "XX", 2020)
    assert release_text(release) == release_text(found)
    assert ("R. P.", 0, "2021-03-01", FILES) == (found.by, found.number, found.date, found.files)
    assert inputs_now(workspace, JOB) == stored(workspace, release)
    assert {"reporter.yaml", "data/catalogue.yaml", YEAR, "data/XX/text/en/2020.md"} <= dict(release.inputs).keys()
    before = tree(workspace.root)
    with pytest.raises(UsageError, match="already exists"):
        freeze(workspace, release, inputs_now(workspace, JOB))
    assert before == tree(workspace.root)


def test_a_full_disk_and_a_crash_before_the_file_publish_nothing_and_a_rerun_finishes(workspace, monkeypatch):
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    before = tree(workspace.root)
    with monkeypatch.context() as patch:
        patch.setattr("reporter.exchange.publish.publishing.write_through", full)
        with pytest.raises(ReporterError, match="No space left on device"):
            published(workspace)
    assert before == tree(workspace.root)
    with monkeypatch.context() as patch:
        patch.setattr("reporter.exchange.publish.publishing.write_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            published(workspace)
    assert () == read_releases(workspace.snapshot(), "XX", 2020)
    change(workspace)
    assert inputs_now(workspace, JOB) == stored(workspace, published(workspace))


def test_the_published_files_are_not_due_are_not_published_twice_and_are_made_again_to_the_byte(live, say, tmp_path):
    (release,) = read_releases(snapshot(live), "XX", 2020)
    names = {name for name in FOR_BOTH if "restricted" not in name}
    assert names == dict(release.files).keys()
    assert release.files == sums_of({name: (live / "build/XX/2020" / name).read_bytes() for name in sorted(names)})
    in_live = ("XX", "2020", "-w", str(live))
    code, said = say("build", *in_live, "--format", "pdf,html,xlsx", "--validate")
    assert (0, 5) == (code, said.count("unchanged"))
    before = {name: content for name, content in tree(live).items() if ".lock" not in name}
    code, said = say("publish", *in_live)
    assert (0, True) == (code, "is published already, and nothing changed since" in said)
    code, said = say("rebuild", *in_live, "--verify")
    assert (0, True) == (code, "every byte is as it was published" in said)
    assert before == {name: content for name, content in tree(live).items() if ".lock" not in name}
    again = ("rebuild", *in_live, "--number", "0", "--to", str(tmp_path / "old"))
    assert 0 == say(*again)[0]
    assert dict(release.files) == dict(sums_of(tree(tmp_path / "old")))
    # It is written into a new folder only.
    assert 2 == say(*again)[0]


def test_rebuild_lists_the_file_that_differs(live: Path, say: Say) -> None:
    change(Workspace(live))
    code, said = say("rebuild", "XX", "2020", "--verify", "-w", str(live))
    assert (1, True) == (code, said.startswith(f"{YEAR} changed: victims.identified 80 → 79"))
    assert "--number 0 --verify" in said
    # To whom it is sent has no part in it.
    path = live / "reporter.yaml"
    path.write_text(f"{path.read_text()}{OFFICES.replace('restricted', 'public')}")
    assert 0 == say("rebuild", "XX", "2020", "--number", "0", "--verify", "-w", str(live))[0]


def test_rebuild_tells_of_another_engine_and_says_so_where_the_bytes_differ(live, say, monkeypatch):
    monkeypatch.setattr("reporter.editions.changes.engine_versions", lambda: (("weasyprint", "99"),))
    code, said = say("rebuild", "XX", "2020", "--verify", "-w", str(live))
    assert (0, True) == (code, "engine weasyprint: " in said)
    monkeypatch.setattr("reporter.exchange.publish.publishing._files", lambda *_: {"XX-2020-en.pdf": b"other"})
    code, said = say("rebuild", "XX", "2020", "--verify", "-w", str(live))
    assert (1, True, True) == (code, "engine weasyprint: " in said, "file XX-2020-en.pdf: " in said)
    assert "cannot be made again" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rebuild", "XX", "2019", "--verify"], "XX 2019 was never published"),
        (["rebuild", "XX", "2020", "--number", "3", "--verify"], "XX 2020 has no number 3"),
        (["rebuild", "XX", "2020"], "neither or both of --verify and --to are given"),
        (["publish", "XX", "1999"], "XX has no file for 1999"),
        (["publish", "XX", "2020", "--corrigendum", "en=x"], "no file changed since"),
        (["publish", "XX", "2020", "--corrigendum", "fr=x"], "not a reason in one of the languages"),
        (["publish", "XX", "2020", "--corrigendum", "en="], "not a reason in one of the languages"),
        (["publish", "XX", "2019", "--corrigendum", "en=x"], "XX 2019 is not published yet"),
        (["status", "XX", "--today", "tomorrow"], "--today 'tomorrow' is no date"),
        (["status", "XX", "1999"], "XX has no file for 1999"),
    ],
)
def test_what_makes_no_sense_is_refused(first: Path, say: Say, arguments: list[str], said: str) -> None:
    code, told = say(*arguments, "-w", str(first))
    assert (2, True, True) == (code, said in told, "hint:" in told)


FEW = FINAL[YEAR].replace("total: 80", "total: 63").replace("men: 20", "men: 3")
CONFIRMED = "still_holds: [{texts: [aliens], by: R. P., day: 2999-01-01}]\n"


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (FINAL[YEAR].replace("final", "draft"), f"{YEAR}:1:9: the status is draft"),
        (FINAL[YEAR].replace("final", "provisional"), f"{YEAR}:1:9: the status is provisional"),
        (FINAL[YEAR].replace("labour: 7", "labour: 6"), "[parts-make-total]"),
        (FINAL[YEAR] + CONFIRMED, "the date 2999-01-01 is in the future"),
    ],
)
def test_only_what_is_final_and_has_no_open_error_is_published(tmp_path: Path, say: Say, year: str, said: str) -> None:
    root = write(tmp_path, {YEAR: year, "data/XX/text/en/2019.md": "# aliens\n\nA law.\n"})
    code, told = say("publish", "XX", "2020", "-w", str(root))
    assert (1, True, False) == (code, said in told, (root / "data/XX/editions").exists())


def test_small_counts_on_which_nobody_decided_are_not_published(tmp_path: Path, say: Say) -> None:
    root = str(write(tmp_path, {YEAR: FEW}))
    assert "victims.identified.men 2020" in say("approve", "XX", "2020", "--by", "Ona", "-w", root)[1]
    code, told = say("publish", "XX", "2020", "-w", root)
    assert (1, False) == (code, (tmp_path / "data/XX/editions").exists())
    assert f"small counts would become public:\n  {YEAR}:7:63: victims.identified.men 2020\n" in told
    assert "hint: reporter protect XX 2020 withholds them, with all values from which they could be derived" in told


def test_what_is_out_already_stops_no_corrigendum_and_a_new_small_count_does(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition that was published before small counts were refused."""
    workspace = Workspace(write(tmp_path, {YEAR: FEW}))
    published(workspace)
    made: list[Order] = []

    def produce(_: Workspace, orders: Sequence[Order], *_rest: object) -> list[Outcome]:
        made.extend(orders)
        return [Outcome(each.job, error="no paper") for each in orders]

    monkeypatch.setattr(publishing, "produce_all", produce)
    words = ("publish", "XX", "2020", "--corrigendum", "en=Counted again.", "-w", str(tmp_path))
    # Men 3 are out; men 2 are not, nor is one that no part states.
    for was, now, refused in (
        ("{total: 11, by form: {sexual: 4", "{total: 12, by form: {sexual: 5", ""),
        ("{total: 63, by person: {women: 60, men: 3}", "{total: 62, by person: {women: 60, men: 2}", ".men"),
        ("{total: 63,", "{total: 64, incomplete: [person],", ", not stated by person"),
    ):
        (tmp_path / YEAR).write_text(FEW.replace(was, now))
        made.clear()
        code, told = say(*words)
        assert (int(bool(refused)), not refused) == (code, bool(made))
        assert (f"victims.identified{refused} 2020\n" in told, "small counts" in told) == (bool(refused),) * 2
        assert 1 >= told.count(" 2020\n")


def test_a_pdf_that_does_not_pass_is_not_published(tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write(tmp_path, FINAL | {"templates/profile.html": BLANK})

    wrong = (Judgement("c", "1", "p", 1, ("PDF/UA-1: a rule",)),)
    monkeypatch.setattr("reporter.formats.validate.vera.prove", lambda *_: wrong)
    code, told = say("publish", "XX", "2020", "-w", str(root))
    assert (1, True, False) == (code, "PDF/UA-1: a rule" in told, (root / "data/XX/editions").exists())


def test_an_edition_that_tells_what_is_withheld_is_refused_as_its_package_is_and_nothing_is_written(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = "{women: {value: 60, confidentiality: D}, men: {value: 20, confidentiality: C}}"
    rules = f"{small.FINAL['reporter.yaml']}disclosure: {{width: 90}}\n"
    year = FINAL[YEAR].replace("{women: 60, men: 20}", parts)
    template = "templates/profile.html"
    root = write(tmp_path, FINAL | {YEAR: year, "reporter.yaml": rules, template: BLANK})
    monkeypatch.setattr("reporter.formats.validate.vera.prove", lambda *_: ())
    packing, publishing = (("package", "XX", "2020", "--to", "everybody"), ("publish", "XX", "2020", "--by", "R. P."))
    refused = "readers could work out withheld figures:\n  victims.identified.men of 2020 lies between 0 and 80: "
    remedy = "reporter protect XX 2020 withholds the figures that disclose them; reporter audit XX 2020 shows all"
    for words in (packing, publishing):
        code, said = say(*words, "-w", str(root))
        assert (1, True, True) == (code, refused in said, f"hint: {remedy}" in said)
    with pytest.raises(ReporterError, match="readers could work out withheld figures") as problem:
        STEPS["publish"](StepOrder("publish", Workspace(root), "XX", 2020, "Ana", "2021-11-02"), "", lambda _: None)
    assert remedy == problem.value.hint
    assert [] == [*root.glob("data/XX/editions*"), *root.glob("build/XX/2020/*.*")]
    say("protect", "XX", "2020", "-w", str(root))
    # Only the real template prints the table of all figures that is read.
    (root / template).unlink()
    assert [0, 0] == [say(*words, "-w", str(root))[0] for words in (publishing, packing)]


def test_a_corrigendum_withholds_what_an_earlier_number_exposed_if_it_does_not_tell_it_itself(
    tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporter.formats.validate.vera.prove", lambda *_: ())
    permission = "{country: XX, source: police, years: 2018/2020, reason: {en: The source has them.}}"
    permitted = f"{small.FINAL['reporter.yaml']}publish_small_counts: [{permission}]\n"
    few = FINAL[YEAR].replace("women: 60, men: 20", "women: 77, men: 3")
    root = write(tmp_path, {YEAR: few, "reporter.yaml": permitted})
    assert 0 == say("publish", "XX", "2020", "--by", "R. P.", "-w", str(root))[0]
    decided = "withheld: {2020: {victims.identified.men: {because: chosen, reason: {en: By oversight.}}}}\n"
    files = {"reporter.yaml": small.FINAL["reporter.yaml"], "data/XX/protection/2020.yaml": decided}
    write(root, {**files, YEAR: few})
    correcting = ("publish", "XX", "2020", "--by", "R. P.", "--corrigendum", "en=Men are withheld.", "-w", str(root))
    code, said = say(*correcting)
    assert (1, True) == (code, "victims.identified.men of 2020 can only be 3" in said)
    assert "hint: withhold another figure of the same sum, too, with confidentiality: D; reporter audit XX 2020" in said
    write(root, {**files, YEAR: few.replace("women: 77", "women: {value: 77, confidentiality: D}")})
    assert 0 == say(*correcting)[0]
    assert 0 == say("package", "XX", "2020", "--to", "everybody", "-w", str(root))[0]


def test_publishing_tells_the_workbench_how_far_each_document_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(write(tmp_path, FINAL | {"templates/profile.html": BLANK}))
    monkeypatch.setattr("reporter.formats.validate.vera.prove", lambda *_: ())
    told: list[StepNews] = []
    STEPS["publish"](StepOrder("publish", workspace, "XX", 2020, "Ana", "2021-11-02"), "", told.append)
    last = told[-1]
    assert (last.ready, "en", "done") == (last.total, last.language, last.stage)
    assert {(0, last.total, "laying out pages"), (0, last.total, "validating")} <= {
        (each.ready, each.total, each.stage) for each in told
    }
    shares = [each.share for each in told]
    assert (sorted(shares), 1) == (shares, last.share)
    assert read_releases(workspace.snapshot(), "XX", 2020)


def test_a_step_that_fails_tells_what_is_wrong_apart_from_what_helps(tmp_path: Path) -> None:
    workspace = Workspace(write(tmp_path, FINAL | {"templates/profile.html": "<html>{{ nope.x }}</html>"}))
    ours, theirs = Pipe()
    ours.send_bytes(b"")
    before = signal.getsignal(signal.SIGINT)
    try:
        take_step(StepOrder("publish", workspace, "XX", 2020, "Ana", "2021-11-02"), theirs)
    finally:
        signal.signal(signal.SIGINT, before)
    while not (told := ours.recv()).ended:
        pass
    assert "XX 2020 (en): templates/profile.html:1:1: 'nope' is undefined" == told.problem
    assert told.hint.endswith("to use the program's own")


def test_a_corrigendum_has_the_next_number_its_reason_and_every_difference(corrected: Path, say: Say) -> None:
    first, second = read_releases(snapshot(corrected), "XX", 2020)
    assert (0, 1, "One victim was counted twice.") == (first.number, second.number, second.reason.text("en"))
    assert (True, ()) == (first.files != second.files, state_of(Workspace(corrected), JOB).changed)
    page = (corrected / "build/XX/2020/XX-2020-en.html").read_text().replace("\u00a0", " ")
    erratum = page[page.index('id="section-erratum"') : page.index('id="section-at_a_glance"')]
    words = ("Corrigendum 1, ", "Reason: One victim was counted twice.", "Replaces: First edition, ", YEAR)
    words += ("Identified victims, women", "Criminal Code, Article 2: Trafficking", "Nobody was returned.")
    assert [] == [each for each in words if each not in erratum]
    assert erratum.index(">80<") < erratum.index(">79<")
    assert 'class="status corrigendum">Corrigendum 1, ' in page
    code, said = say("build", "XX", "2020", "--format", "pdf,html", "--validate", "-w", str(corrected))
    assert (0, 4) == (code, said.count("unchanged"))
    for number in ((), ("--number", "0")):
        said = say("rebuild", "XX", "2020", *number, "--verify", "-w", str(corrected))
        assert (0, True) == (said[0], "every byte is as it was published" in said[1])


def test_a_corrigendum_is_never_older_than_what_it_corrects(live, say, monkeypatch):
    change(Workspace(live))
    before = tree(live / "data")
    monkeypatch.setattr("reporter.cli.options.local_now", lambda: datetime(2001, 1, 1, tzinfo=UTC))
    code, said = say("publish", "XX", "2020", "--corrigendum", "en=Once too many.", "-w", str(live))
    assert (1, True) == (code, "today is 2001-01-01, and XX 2020, number 0 of 2" in said)
    assert before == tree(live / "data")


def test_a_build_and_status_tell_of_a_changed_edition_and_a_strict_build_stops(live, say, monkeypatch):
    # What was published is not outdated by a later program.
    monkeypatch.setattr("reporter.editions.program.__version__", "99")
    said = say("status", "XX", "-w", str(live))[1]
    assert ("draft → provisional → [final] → corrigendum" in said, ", by R. P.\n" in said) == (True, True)
    assert "missing" not in said
    change(Workspace(live))
    assert f"changed since it was published: {YEAR}" in say("status", "XX", "-w", str(live))[1]
    build = ("build", "XX", "2020", "--format", "html", "-w", str(live))
    code, said = say(*build, "--strict")
    assert (1, True) == (code, f"{YEAR}:1:1: warning: the file changed since XX 2020, number 0" in said)
    code, said = say(*build)
    assert (0, True) == (code, "[edition-changed]" in said)
    assert "[edition-changed]" not in say("build", "XX", "2019", "--format", "html", "-w", str(live))[1]


def test_what_was_published_before_there_were_workbooks_is_made_again_without_them(live, capsys):
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


def test_published_files_are_put_back_and_made_again_also_when_the_edition_changed_since(live: Path, say: Say) -> None:
    (release,) = read_releases(snapshot(live), "XX", 2020)
    shutil.rmtree(live / "build")
    code, said = say("publish", "XX", "2020", "-w", str(live))
    assert (0, True) == (code, "its files were made again" in said)
    change(Workspace(live))
    (live / "build/XX/2020/XX-2020-en.pdf").write_bytes(b"forged")
    (live / "build/XX/2020/XX-2020-en.html").unlink()
    code, said = say("publish", "XX", "2020", "-w", str(live))
    assert (1, True) == (code, f"{YEAR} changed: victims.identified 80 → 79" in said)
    lying = tree(live / "build/XX/2020")
    assert dict(release.files) == dict(sums_of({name: lying[name] for name, _ in release.files}))


def test_what_was_published_under_earlier_rules_is_made_again_under_them(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that came later finds an error in a file of today, and none in a copy of that day."""
    settings = workspace.root / "reporter.yaml"
    settings.write_text(f"{settings.read_text()}thresholds: {{jump_count: -10}}\n")
    published(workspace)
    found: list[list[str]] = []

    def produce(
        _workspace: Workspace, orders: Sequence[Order], states: Sequence[EditionState], *_: object
    ) -> list[Outcome]:
        found.append([each.code for state in states for each in state.checked.findings if "jump_count" in each.message])
        return [Outcome(each.job) for each in orders]

    monkeypatch.setattr(publishing, "produce_all", produce)
    for number in (None, 0):
        rebuild(workspace, workspace.snapshot(), "XX", 2020, number)
    assert [["wrong-type"], []] == found


def test_what_counts_as_published_is_on_the_disk_with_all_its_copies(workspace, monkeypatch):
    folder, synced, before = workspace.root / "data/XX/editions/2020", set(), []
    monkeypatch.setattr("os.fsync", lambda number: synced.add(Path(f"/proc/self/fd/{number}").readlink()))
    monkeypatch.setattr("reporter.exchange.publish.publishing.write_whole", lambda *_: before.append(set(synced)))
    published(workspace)
    ((copies,), kept) = before, tree(folder / "0")
    assert {YEAR, "reporter.yaml"} <= kept.keys()
    assert {folder / ".writing-0" / name for name in kept} <= copies


INSPECTOR = "{channel: folder, folder: out, language: en, gets: [csv], audience: restricted, name: {en: Court}}"
OFFICES = f"recipients:\n  court: {INSPECTOR}\n"
# One folder holds what everybody may read and what only offices may.
FOR_BOTH = tuple(
    f"XX-2020-{audience}{volume}en.{form}"
    for audience in ("", "restricted-")
    for volume, forms in (("", ("pdf", "html", "xlsx")), ("data-and-methods-", ("pdf", "html")))
    for form in forms
)


def test_where_an_office_may_know_more_both_editions_are_published_under_one_number(tmp_path: Path, say: Say) -> None:
    settings = small.FILES["reporter.yaml"] + OFFICES
    root = write(tmp_path, FINAL | {"templates/profile.html": BLANK, "reporter.yaml": settings})
    assert 0 == run(["publish", "XX", "2020", "--by", "R. P.", "-w", str(root)])
    (release,) = read_releases(snapshot(root), "XX", 2020)
    assert sorted(FOR_BOTH) == sorted(dict(release.files))
    folder, lost = root / "build/XX/2020", "XX-2020-restricted-en.pdf"
    assert set(FOR_BOTH) <= tree(folder).keys()
    assert 0 == run(["rebuild", "XX", "2020", "--verify", "-w", str(root)])
    (folder / lost).unlink()
    told = say("status", "XX", "2020", "-w", str(root))[1]
    assert (True, 1) == (f"{lost} is lost" in " ".join(told.split()), told.count(" is lost"))
    # What somebody is to get or not has no part in what was published.
    (root / "reporter.yaml").write_text(small.FILES["reporter.yaml"])
    assert 0 == run(["publish", "XX", "2020", "-w", str(root)])
    assert dict(release.files)[lost] == checksum((folder / lost).read_bytes())
