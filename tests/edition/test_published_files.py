"""What is published stays: a file that an edition lists is not replaced, and no other one can be taken for it."""

import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.files.sources import checksum
from reporter.data.files.workspace import Workspace
from reporter.data.read.release import add_seal, release_text
from reporter.data.records import Label
from tests.fixtures import Say
from tests.package.editions import FINAL, JOB, REASON, change
from tests.small import YEAR, write
from tests.snapshots import freeze_now

FOLDER = Path("build/XX/2020")
BESIDE = FOLDER / "unpublished"
STAMP = "Changed after publication, not published"
DAYS = ("1 March 2021", "1 June 2021", "2021-03-01", "2021-06-01")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("published"), FINAL)
    published_as(root, "2021-03-01")
    return root


@pytest.fixture(scope="module")
def corrected(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = shutil.copytree(published, tmp_path_factory.mktemp("corrected") / "live")
    change(Workspace(root))
    published_as(root, "2021-06-01", REASON)
    return root


@pytest.fixture(params=["corrected"])
def live(request: pytest.FixtureRequest, published: Path, corrected: Path, tmp_path: Path, monkeypatch) -> Path:
    """A copy of the latter, or of the former where a test asks for it, to change."""
    root = shutil.copytree(published if request.param == "first" else corrected, tmp_path / "live")
    monkeypatch.chdir(root)
    return root


def published_as(root: Path, day: str, reason: Label | None = None) -> None:
    release = freeze_now(Workspace(root), JOB, day, reason or Label())
    build(root)
    made = (root / FOLDER).glob("XX-2020-*en.*")
    files = tuple(sorted((path.name, checksum(path.read_bytes())) for path in made if path.suffix != ".json"))
    number = f"-{release.number}" if release.number else ""
    record = root / f"data/XX/editions/2020{number}.yaml"
    record.write_text(release_text(add_seal(replace(release, files=files))), encoding="utf-8")
    build(root)


def build(root: Path, *words: str, formats: str = "html,xlsx") -> None:
    assert 0 == run(["build", "XX", "2020", "--format", formats, "-q", "-w", str(root), *words])


def bytes_in(root: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((root / FOLDER).glob("XX-2020-en.*"))}


def edit(root: Path, path: str = YEAR, was: str = "men: 20", now: str = "men: 18") -> None:
    place = root / path
    text = place.read_text()
    assert was in text
    if was.startswith("men"):
        text = text.replace("total: 79", "total: 77").replace("total: 80", "total: 78")
    place.write_text(text.replace(was, now))


EDITS = {
    "figure": (YEAR, "men: 20", "men: 18"),
    "text": ("data/XX/text/en/2020.md", "were opened", "were begun"),
    "settings": ("reporter.yaml", "Small", "Large"),
    "catalogue": ("data/catalogue.yaml", "Register", "Roll"),
    "country": ("data/XX/country.yaml", "Ministry", "Department"),
    "earlier year": ("data/XX/2019.yaml", "60", "61"),
    "status": (YEAR, "status: final", "status: provisional"),
}


# The others, and a PDF, are tried in exhaustive/.
@pytest.mark.parametrize(("live", "kind"), [("first", "figure"), ("corrected", "catalogue")], indirect=["live"])
def test_whatever_changes_the_published_files_stay_and_the_page_lies_beside(live: Path, kind: str) -> None:
    require_published_files_stay(live, kind)


def require_published_files_stay(live: Path, kind: str) -> None:
    """A change of this kind replaces no published file, and what is built says that it is not published."""
    before = bytes_in(live)
    edit(live, *EDITS[kind])
    build(live, formats="html")
    assert before == bytes_in(live)
    page = (BESIDE / "XX-2020-unpublished-en.html").read_text().replace("\u00a0", " ")
    assert 4 <= page.count(STAMP)
    assert [] == [each for each in ("Corrigendum", "orrigendum 1", "Erratum", *DAYS) if each in page]


def test_a_draft_of_a_published_year_is_no_corrigendum_either(live: Path) -> None:
    before = bytes_in(live)
    edit(live, was="status: final", now="status: draft")
    build(live, formats="html")
    page = (FOLDER / "draft/XX-2020-en.html").read_text()
    assert (before, True) == (bytes_in(live), "Draft, not for publication" in page)
    require_stamped("draft", page)


def test_with_the_old_value_put_back_everything_is_as_before(live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, text = bytes_in(live), (live / YEAR).read_text()
    edit(live)
    build(live)
    (live / YEAR).write_text(text)
    capsys.readouterr()
    (BESIDE / "note.txt").write_text("of a person")
    assert 0 == run(["build", "XX", "2020", "--format", "html,xlsx"])
    said = capsys.readouterr()
    assert (3, 5) == (said.out.count("(unchanged)"), said.err.count("(removed, the edition is again as published)"))
    assert before == bytes_in(live)
    assert ["note.txt"] == [each.name for each in BESIDE.iterdir()]


def test_it_is_mistaken_for_a_published_one_in_no_format(live: Path) -> None:
    edit(live)
    build(live, formats="xlsx")
    assert 0 == run(["export", "XX", "2020", "--format", "csv,json,xlsx", "-q"])
    with zipfile.ZipFile(BESIDE / "XX-2020-unpublished-en.xlsx") as book:
        told = {"xlsx": "\n".join(book.read(name).decode() for name in book.namelist())}
    told |= {each.name: each.read_text() for each in (BESIDE / "export").iterdir() if each.suffix == ".json"}
    assert 4 == len(told)
    for name, words in told.items():
        require_stamped(name, words)
    assert all("XX-2020-unpublished-en" in each.name for each in (BESIDE / "export").iterdir())
    figures = json.loads((BESIDE / "export/XX-2020-unpublished-en-observations.json").read_text())
    assert ("changed after publication", "") == (figures["status"], figures["published"])


def require_stamped(name: str, words: str) -> None:
    plain = words.replace("\u00a0", " ")
    assert (name, True) == (name, STAMP in plain)
    assert (name, []) == (name, [each for each in ("Corrigendum", "Erratum", *DAYS) if each in plain])


def test_a_comparison_a_table_and_a_traced_figure_say_it(live: Path, say: Say) -> None:
    words = ("compare", "XX", "2019", "2020", "--format")
    assert [] == [form for form in ("text", "csv") if "hanged after publication" in say(*words, form)[1]]
    edit(live)
    told = {form: say(*words, form)[1] for form in ("text", "csv")}
    lines = {form: [each for each in told[form].splitlines() if "hanged after publication" in each] for form in told}
    assert lines["text"]
    assert {",2020,2020,"} == {each[each.index(",2020,") :][:11] for each in lines["csv"]}
    assert 0 == say(*words, "html", "-q")[0]
    page = Path("build/XX/compare-2019-2020/XX-compare-2019-2020-en.html").read_text()
    assert f'class="status unpublished">{STAMP}: 2020<' in page
    assert f"standing   {STAMP}" in say("explain", "XX", "2020", "victims.identified")[1]
    # A table without a word about itself says it in its name.
    code, said = say("export", "XX", "2020", "-o", "figures.csv")
    assert (2, True) == (code, "hint: write -o figures-unpublished.csv" in said)
    assert 0 == say("export", "XX", "2020", "-o", "figures-unpublished.csv", "-q")[0]
    assert 4 == len([each for each in live.iterdir() if each.name.startswith("figures-unpublished")])


def test_another_program_replaces_no_published_file_and_other_formats_stay(live, say, monkeypatch):
    before = bytes_in(live)
    with monkeypatch.context() as patch:
        patch.setattr("reporter.editions.making.composed.__version__", "99")
        code, said = say("build", "XX", "2020", "--format", "html", "--force")
    refused = "XX-2020-en.html would differ from the published file, which is not replaced\n  hint: reporter publish"
    assert (1, True, before) == (code, refused in said, bytes_in(live))
    monkeypatch.setattr("reporter.editions.program.__version__", "99")
    (FOLDER / "XX-2020-en.json").unlink()
    build(live, "--force", formats="html")
    assert before.keys() == bytes_in(live).keys()
    assert all(before[name] == content for name, content in bytes_in(live).items() if not name.endswith(".json"))


def test_a_file_that_was_altered_is_made_again(live: Path, say: Say) -> None:
    before = bytes_in(live)
    (FOLDER / "XX-2020-en.html").write_text("forged")
    (FOLDER / "XX-2020-en.xlsx").unlink()
    said = " ".join(say("status", "XX", "2020")[1].split())
    assert "XX-2020-en.html is not what was published: reporter publish XX 2020 restores it" in said
    assert "XX-2020-en.xlsx is lost: reporter publish XX 2020 restores it" in said
    build(live)
    assert before == bytes_in(live)


def test_the_files_of_an_earlier_number_lie_beside_those_of_its_corrigendum(published: Path, corrected: Path) -> None:
    beside = "XX-2020-data-and-methods-en.html"
    kept = {path.name: path.read_bytes() for path in (corrected / FOLDER / "number-0").iterdir()}
    assert (published / FOLDER / beside).read_bytes() == kept.pop(beside)
    assert kept == {name: content for name, content in bytes_in(published).items() if not name.endswith(".json")}
    assert all(kept[name] != content for name, content in bytes_in(corrected).items() if name in kept)


def test_an_export_of_whatever_year_replaces_no_published_file(live: Path, say: Say) -> None:
    before = bytes_in(live)
    edit(live)
    for year, name in (("2019", "XX-2020-en.xlsx"), ("2020", "number-0/XX-2020-en.xlsx"), ("2019", "XX-2020-en.json")):
        form = name.rpartition(".")[2]
        code, said = say("export", "XX", year, "--format", form, "-o", f"build/XX/2019/../2020/{name}")
        assert (1, True) == (code, "would be among the published files of XX 2020" in said)
    assert before == bytes_in(live)


def test_an_earlier_number_is_not_put_in_the_place_of_its_corrigendum(live: Path, say: Say) -> None:
    shutil.rmtree(FOLDER)
    rebuild = ("rebuild", "XX", "2020", "--number", "0", "--to")
    code, said = say(*rebuild, str(FOLDER))
    assert (1, True) == (code, "would be among the published files of XX 2020" in said)
    assert not FOLDER.exists()
    assert 0 == say(*rebuild, str(FOLDER / "number-0"))[0]


def test_a_value_that_is_withheld_now_is_told_to_those_who_know_it(live: Path, say: Say) -> None:
    edit(live, now="men: {value: 18, confidentiality: C}")
    words = (["status"], ["build", "--format", "html"], ["publish"], ["package", "--to", "x"], ["check"])
    told = [say(command, "XX", "2020", *more)[1] for command, *more in words]
    assert "victims.identified.men 20 → 18" in "".join(told)
    public = say("check", "XX", "2020", "--public")[1]
    assert [] == [each for each in (" 18", "20 →", "→ 18") if each in public]
