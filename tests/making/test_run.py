"""The finished report: words, structure, bytes; whatever goes wrong in a build, and that the earlier report stays."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pikepdf
import pypdf
import pytest
from filelock import FileLock

from reporter.cli.group import run
from reporter.data.errors import DataError, LetterError, ReporterError
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import load_locale
from reporter.data.records import is_given, vintage
from reporter.editions.checked import MOST_PLACES
from reporter.editions.making import document_files
from reporter.editions.making.composed import document_of
from reporter.editions.making.document_files import locate_glyphs
from reporter.editions.program import engine_digest
from tests import small
from tests.editions import checked
from tests.fixtures import Profile
from tests.making.refusals import BUILD, COUNTRY, FOLDER, TEXT, YEAR, change, files
from tests.making.words import JOB, job_of, made_from, words
from tests.small import PAGE

# Any change in the data is another one.
CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture(scope="session")
def profile(ruritanian: Profile) -> Profile:
    return ruritanian


def test_the_words_of_the_profile_are_the_golden_ones(profile, golden):
    folder = {"XX": "ruritania", "LT": "lithuania"}[job_of(profile).country]
    golden(f"{folder}/profile.txt", CHECKSUM.sub("CHECKSUM", words(profile)))


def test_every_value_that_may_be_printed_is_on_a_page(profile):
    job = job_of(profile)
    known = vintage(checked(job.country).dataset, job.country, job.year)
    values = {f"{seen.value:,}" for seen in known.index.values() if is_given(seen)}
    assert [] == sorted(value for value in values if not re.search(rf"(?<!\d){value}(?!\d)", words(profile)))


def test_the_pdf_says_its_title_author_language_and_is_tagged(profile):
    edition = made_from(profile).edition
    with pikepdf.open(profile.pdf) as pdf:
        info, root = pdf.docinfo, pdf.Root
        title = f"{edition.country_name}: Country profile {edition.year} – Trafficking in human beings"
        assert title == str(info.Title)
        assert edition.rapporteur == str(info.Author)
        assert ("en", True) == (str(root.Lang), bool(root.MarkInfo.Marked))
        # It does not know the clock.
        assert {"/CreationDate", "/ModDate"}.isdisjoint(info.keys())


def test_the_year_is_two_pages_before_the_first_chapter(profile):
    reader = pypdf.PdfReader(profile.pdf)
    items = [item for item in reader.outline if not isinstance(item, list)]
    pages = {str(item.title): reader.get_destination_page_number(item) for item in items}
    left, (first,) = pages["At a glance"], [number for title, number in pages.items() if title.startswith("1 ")]
    assert (left + 1, left + 2) == (pages["Compared with the year before"], first)
    # Counted from 0: the left one of two facing pages has an even number in print.
    assert 1 == left % 2
    for page, parts in (
        (left, ("Identified victims", "What the figures say")),
        (left + 1, ("Comparable figures", "LAW AND PLANS", "Countries of ", "Forms of exploitation")),
    ):
        shown = reader.pages[page].extract_text()
        assert (page, []) == (page, [words for words in parts if words not in shown])


def test_a_missing_value_is_a_colon_in_the_time_table():
    document = document_of(checked("LT"), JOB, load_locale("en"))
    (table,) = [each for each in document.tables() if each.code == "time_table"]
    (row,) = [each for each in table.rows if each.label == "Investigations conducted"]
    assert ["48", ":", ":", ":", ":", "38", "55", "56", "34", "54", "46", ":"] == [cell.text for cell in row.cells]


def test_the_record_beside_the_report_tells_its_checksum(profile):
    record = json.loads(profile.pdf.with_suffix(".json").read_text())["files"]["pdf"]
    content = profile.pdf.read_bytes()
    assert (hashlib.sha256(content).hexdigest(), len(content)) == (record["sha256"], record["bytes"])
    assert len(pypdf.PdfReader(profile.pdf).pages) == record["pages"]
    assert engine_digest() == record["engines"]


def test_nothing_but_the_report_its_record_and_its_checksum_is_left_in_the_folder(profile):
    left = sorted(path.name for path in profile.pdf.parent.iterdir() if not path.name.endswith(".lock"))
    stems = (profile.pdf.stem.replace("-en", "-data-and-methods-en"), profile.pdf.stem)
    assert [f"{stem}.{end}" for stem in stems for end in ("json", "pdf", "pdf.sha256")] == left


@pytest.mark.parametrize(("formats", "kinds"), [("html", {"screen"}), ("pdf,html", {"paper", "screen"})])
def test_only_what_a_format_shows_is_drawn(workspace, monkeypatch, formats, kinds):
    asked = []

    def drawn(jobs, *_):
        asked.extend(jobs)
        if kinds == {"screen" if each.titled else "paper" for each in asked}:
            raise ReporterError("drawn enough")
        return {}

    monkeypatch.setattr(document_files, "draw_all", drawn)
    (workspace / "templates/profile.html").unlink()
    assert 1 == run(["build", "XX", "2020", "--format", formats, "-w", str(workspace)])
    assert kinds == {"screen" if each.titled else "paper" for each in asked}
    assert len(asked) == len({(each.name, each.titled) for each in asked})


def test_a_missing_file(reported, refused):
    (reported / COUNTRY).unlink()
    code, err = refused()
    said = f"{COUNTRY}:1:1: error: file is missing [missing-file]\n  hint: write it; reporter init DIR"
    assert (1, True) == (code, err.startswith(said))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (YEAR, b"", "1:1: error: file is empty [empty-file]\n  hint: start with lines such as year: 2021; source: pol"),
        (
            YEAR,
            b"Dear all,\nhere are: x: y\n",
            "2:9: error: a colon is not allowed here: here are: x: y [broken-yaml]\n",
        ),
        (TEXT, "# children\n\nMažai vaikų.\n".encode("cp1257"), "3:3: error: text is not UTF-8 [not-utf-8]\n  hint: "),
        ("reporter.yaml", b"title: {en: T}", "1:1: error: key 'languages' is missing [missing-key]\n  hint: add a"),
    ],
)
def test_a_file_that_cannot_be_read(reported, refused, name, content, said):
    (reported / name).write_bytes(content)
    code, err = refused()
    assert (1, f"{name}:{said}") == (code, err[: len(name) + 1 + len(said)])


def test_a_missing_year_or_country_is_wrong_usage(reported, refused):
    (reported / YEAR).unlink()
    said = "XX has no file for 2020, but there is data/XX/text/en/2020.md\n  hint: write data/XX/2020.yaml first"
    assert (2, f"reporter: {said}\n") == refused()
    shutil.rmtree(reported / "data" / "XX")
    assert (2, "reporter: unknown country 'XX'\n  hint: countries with data: none\n") == refused()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{ victims.identified | at(2017) }}", "victims.identified has no value to print [no-value]\n  hint: "),
        ("{{ figure('forms_yaer') }}", "no figure is called 'forms_yaer' [unknown-figure]\n  hint: did you mean"),
        ("{% include '/etc/passwd' %}", "{% include '/etc/passwd' %} is not one of the allowed forms"),
        ("{{ year", "{{ is not closed [bad-expression]\n  hint: close it with }}"),
        ("<script>alert(1)</script>", "raw HTML is not allowed in text [raw-html]\n  hint: "),
        ("|---|---|", "tables are not allowed in text [raw-html]\n  hint: write a list; tables are made from the data"),
        ("#framework: Law", "a heading needs a space after its # signs [raw-html]\n  hint: write '# framework: Law'"),
    ],
)
def test_text_that_may_not_be(reported, refused, written, said):
    with (reported / TEXT).open("a") as file:
        file.write(f"\n{written}\n")
    line = (reported / TEXT).read_text().count("\n")
    code, err = refused()
    assert 1 == code
    assert f"{TEXT}:{line}:1: error: {said}" in err


def test_a_later_text_does_not_stop_an_earlier_edition(reported, override):
    override("profile.html", PAGE)
    with (reported / TEXT).open("a") as file:
        file.write("\n{{ ''.__class__ }}\n")
    assert [0, 1] == [run(["build", "XX", year, "--force"]) for year in ("2019", "2020")]


def test_a_template_of_the_user_that_fails(override, refused):
    override("profile.html", "<p>\n\n{{ edition.yaer }}</p>")
    code, err = refused()
    assert 1 == code
    assert "reporter: XX 2020 (en): templates/profile.html:3:1: " in err
    assert "has no attribute 'yaer'" in err
    assert "\n  hint: correct the template, or remove it from your templates folder" in err


def test_a_character_that_no_font_has_is_shown_where_it_stands(reported, override, refused):
    override("profile.html", PAGE.replace("HEAD", "").replace("BODY", "漢 字"))
    code, err = refused()
    assert [1, True] == [code, "reporter: XX 2020 (en): no font of the theme has '字' (U+5B57), '漢' (U+6F22)\n" in err]
    with (reported / TEXT).open("a") as file:
        file.write("\nOne 漢.\n")
    line = (reported / TEXT).read_text().count("\n")
    code, err = refused()
    assert 1 == code
    assert f"{TEXT}:{line}:5: error: no font of the theme has '漢' (U+6F22) [no-glyph]\n  hint: replace it" in err


LOCK = "build/.cache/locks/XX-2020-en.lock"


@pytest.mark.parametrize(("folder", "said"), [(FOLDER, "File exists"), ("build/XX", "Not a directory")])
def test_a_file_where_a_folder_should_be(reported, capsys, folder, said):
    shutil.rmtree(reported / folder)
    (reported / folder).write_text("mine")
    code = run([*BUILD])
    assert (1, "mine") == (code, (reported / folder).read_text())
    assert f"{reported / FOLDER} cannot be written: {said}\n  hint: " in capsys.readouterr().err


def test_an_interruption_in_the_middle(reported, capsys, monkeypatch):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reporter.editions.making.document_files.draw_all", interrupt)
    before = files(reported)
    assert (130, before) == (run([*BUILD, "-j", "1"]), files(reported))
    assert ("", "\nreporter: interrupted; earlier reports are unchanged\n") == capsys.readouterr()


def test_a_build_that_is_killed_leaves_nothing_that_the_next_one_does_not_sweep(reported, refused):
    ours, others = (reported / FOLDER / f".writing-1-XX-2020-{language}.pdf" for language in ("en", "lt"))
    for path in (ours, others):
        path.write_bytes(b"half")
    # Nor does a lock of theirs lock anybody out.
    (reported / LOCK).write_text("")
    change(reported / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    with pytest.raises(AssertionError):
        refused()
    assert (False, True) == (ours.exists(), others.exists())


def test_two_builds_at_once(reported, refused):
    with FileLock(reported / LOCK), FileLock(reported / LOCK.replace("2020", "2020-data-and-methods")):
        said = (
            f"reporter: {job}: another build of {job} is running\n  hint: wait until it has finished\n"
            for job in ("XX 2020 (en)", "XX 2020, data and methods (en)")
        )
        assert (1, "".join(said)) == refused()


def test_a_character_without_a_glyph_is_found_line_by_line_with_its_column(tmp_path: Path) -> None:
    text = "# general_situation\n\nA 漢 and a 漢.\n漢字\n"
    sources = Workspace(small.write(tmp_path, {small.TEXT: text, "assets/x.svg": "<svg>漢</svg>"})).snapshot()
    found = locate_glyphs(LetterError("漢字"), sources)
    assert isinstance(found, DataError)
    assert [
        f"{small.TEXT}:3:3: error: no font of the theme has '漢' (U+6F22) [no-glyph]",
        f"{small.TEXT}:4:1: error: no font of the theme has '漢' (U+6F22), '字' (U+5B57) [no-glyph]",
    ] == [str(each).splitlines()[0] for each in found.findings]
    # No more places are told of one character than anybody reads, and what no file has is told as it was.
    assert MOST_PLACES == len(locate_glyphs(LetterError("漢"), many(tmp_path)).findings)
    problem = LetterError("鬱")
    assert problem is locate_glyphs(problem, sources)


def many(root: Path) -> Sources:
    return Workspace(small.write(root, {small.TEXT: "# general_situation\n\n" + "漢\n" * (MOST_PLACES + 1)})).snapshot()
