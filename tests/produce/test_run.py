"""The finished report: its words, its structure, its bytes; and a build that has nothing to do."""

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdf
import pytest

from reporter.cli.group import run
from reporter.document.plot import Ledger
from reporter.edition.program import engine_digest
from reporter.errors import ReporterError
from reporter.i18n import load_locale
from reporter.model import is_given, vintage
from reporter.produce import run as produce_run
from reporter.produce.composed import document_of
from tests.editions import checked
from tests.fixtures import Profile
from tests.produce.refusals import COUNTRY, TEXT, YEAR, change
from tests.produce.words import JOB, job_of, made_from, words
from tests.small import PAGE

# Any change in the data is another one.
CHECKSUM = re.compile(r"\b[0-9a-f]{64}\b")


def outline(items: list, level: int = 0) -> Iterator[tuple[int, str]]:
    for item in items:
        if isinstance(item, list):
            yield from outline(item, level + 1)
        else:
            yield level, str(item.title)


@pytest.fixture(scope="session")
def profile(ruritanian: Profile) -> Profile:
    """The report that is read."""
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


def test_the_year_is_two_pages_before_the_first_chapter(profile):
    reader = pypdf.PdfReader(profile.pdf)
    items = [item for item in reader.outline if not isinstance(item, list)]
    pages = {str(item.title): reader.get_destination_page_number(item) for item in items}
    left, (first,) = pages["At a glance"], [number for title, number in pages.items() if title.startswith("1 ")]
    assert (left + 1, left + 2) == (pages["Compared with the year before"], first)
    # Counted from 0: the left one of two facing pages has an even number in print.
    assert 1 == left % 2
    for page, parts in (
        (left, ("Identified victims", "What the figures mean", "One symbol, one person")),
        (left + 1, ("What can be compared", "LAW AND PLANS", "Countries of ", "Forms of exploitation")),
    ):
        shown = reader.pages[page].extract_text()
        assert (page, []) == (page, [words for words in parts if words not in shown])


def test_the_bookmarks_are_the_sections_with_their_numbers(profile):
    # The signs stand before the contents.
    sections = sorted(made_from(profile).walk(), key=lambda section: not section.front)
    expected = [f"{section.number} {section.title}".strip() for section in sections]
    found = [title.replace("\u00a0", " ") for _, title in outline(pypdf.PdfReader(profile.pdf).outline)]
    assert expected == [title for title in found if title in set(expected)]


def test_chart_words_are_text_on_the_page(profile):
    (forms,) = (each for each in made_from(profile).figures() if each.code == "forms_over_years")
    (page,) = (line for line in words(profile).splitlines() if f"FIGURE {forms.number} " in line)
    assert [] == [panel.title for panel in forms.plot.panels if panel.title not in page]


def test_every_chart_has_alt_text(profile):
    with pikepdf.open(profile.pdf) as pdf:
        alts = [str(each.get("/Alt", "")) for each in figures(pdf.Root.StructTreeRoot)]
    # A ledger is a table, whose rows have drawings.
    charts = {each.code: each.plot for each in made_from(profile).figures()}
    wanted = [each.alt for each in made_from(profile).figures() if not isinstance(each.plot, Ledger)]
    wanted += [row.alt for plot in charts.values() if isinstance(plot, Ledger) for row in plot.rows]
    assert [] == [alt for alt in wanted if alt not in alts]
    assert [] == [alt for alt in alts if not alt]


def figures(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The figures of a tag tree."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            if child.S == "/Figure":
                yield child
            yield from figures(child)


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
        raise ReporterError("drawn enough")

    monkeypatch.setattr(produce_run, "draw_all", drawn)
    (workspace / "templates/profile.html").unlink()
    assert 1 == run(["build", "XX", "2020", "--format", formats, "-w", str(workspace)])
    assert kinds == {"screen" if each.titled else "paper" for each in asked}
    assert len(asked) == len({each.name for each in asked})


def place(path: Path, words: str) -> str:
    """Line and column of words in a file."""
    before = path.read_text().partition(words)[0]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_a_missing_file(reported, refused):
    (reported / COUNTRY).unlink()
    code, err = refused()
    said = f"{COUNTRY}:1:1: error: file is missing [missing-file]\n  hint: write it; reporter init DIR"
    assert (1, True) == (code, err.startswith(said))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (YEAR, b"", "1:1: error: file is empty [empty-file]\n  hint: begin with lines such as year: 2021; source: pol"),
        (
            YEAR,
            b"Dear all,\nhere are: x: y\n",
            "2:9: error: a colon stands where none can: here are: x: y [broken-yaml]\n",
        ),
        (TEXT, "# children\n\nMažai vaikų.\n".encode("cp1257"), "3:3: error: text is not UTF-8 [not-utf-8]\n  hint: "),
        (COUNTRY, b"code: XX\0", "1:1: error: this is a file of another program, not plain text in UTF-8 [not-text]\n"),
        ("data/catalogue.yaml", b"- a", "1:1: error: the file must be a mapping [wrong-type]\n  hint: write key"),
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
    ("old", "new", "at", "said"),
    [
        ("persons.convicted:", "persons.convictd:", "persons.convictd", "unknown indicator 'persons.convictd'"),
        ("persons.convicted: 13", "persons.convicted: -13", "-13", "persons.convicted is negative: -13"),
        ("persons.convicted: 13", "persons.convicted: 1_3", "1_3", "persons.convicted: '1_3' has a separator"),
    ],
)
def test_a_figure_that_cannot_be(reported, refused, old, new, at, said):
    change(reported / YEAR, old, new)
    code, err = refused()
    assert 1 == code
    assert f"{YEAR}:{place(reported / YEAR, at)}: error: {said}" in err
    assert "\n  hint: " in err


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{ victims.identifed }}", "no figure is called 'victims.identifed' [unknown-figure]\n  hint: did you mean"),
        ("{{ victims.identified | at(2017) }}", "victims.identified has no value to print [no-value]\n  hint: "),
        ("{{ figure('forms_yaer') }}", "no figure is called 'forms_yaer' [unknown-figure]\n  hint: did you mean"),
        (
            "{{ ''.__class__.__mro__ }}",
            "{{ ''.__class__.__mro__ }} is not one of the forms that text may have",
        ),
        ("{% include '/etc/passwd' %}", "{% include '/etc/passwd' %} is not one of the forms that text may have"),
        ("{{ year", "{{ stands alone: braces and the quotes between them come in pairs [bad-expression]\n  hint: "),
        ("<script>alert(1)</script>", "raw HTML is not allowed in text [raw-html]\n  hint: "),
        ("![x](file:///etc/passwd)", "images are not allowed in text (file:///etc/passwd) [raw-html]\n  hint: "),
        ("|---|---|", "tables are not allowed in text [raw-html]\n  hint: write a list; tables are made from the data"),
        ("## **Law**", "a heading is plain text without values and emphasis [raw-html]\n  hint: write ## Title"),
        ("#framework: Law", "a heading needs a blank behind its signs [raw-html]\n  hint: write '# framework: Law'"),
        ("[x](ftp://e.org)", "a link may not lead to ftp://e.org [raw-html]\n  hint: link to https://"),
        ("[x](https://e.org/{{ year }})", "an expression may not stand in the address or title of a link [raw-html]"),
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


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("<p>\n{{ nothing.here }}</p>", 2, "'nothing' is undefined"),
        ("<p>\n\n{{ edition.yaer }}</p>", 3, "has no attribute 'yaer'"),
        ("{{ ''.__class__.__mro__ }}", 1, "access to attribute '__class__' of 'str' object is unsafe"),
        ("{% for n in range(10**9) %}{% endfor %}", 1, "Range too big"),
        ("{% include '../../../../etc/passwd' %}", 1, "no template named '../../../../etc/passwd'"),
    ],
)
def test_a_template_of_the_user_that_fails(override, refused, content, line, said):
    override("profile.html", content)
    code, err = refused()
    assert 1 == code
    assert f"reporter: XX 2020 (en): templates/profile.html:{line}:1: " in err
    assert said in err
    assert "\n  hint: mend the template, or remove it from your templates folder" in err


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ("", '<img src="file:///etc/passwd" alt="x">', "file:///etc/passwd"),
        ("<style>p { colr: red }</style>", "", "colr"),
    ],
)
def test_a_template_that_asks_for_something_outside(override, refused, head, body, said):
    override("profile.html", PAGE.replace("HEAD", head).replace("BODY", body))
    code, err = refused()
    assert 1 == code
    assert said in err
    assert "\n  hint: " in err
    assert "root:" not in err


def test_a_character_that_no_font_has_is_shown_where_it_stands(reported, override, refused):
    override("profile.html", PAGE.replace("HEAD", "").replace("BODY", "漢 字"))
    code, err = refused()
    assert [1, True] == [code, "reporter: XX 2020 (en): no font of the theme has '字' (U+5B57), '漢' (U+6F22)\n" in err]
    with (reported / TEXT).open("a") as file:
        file.write("\nOne 漢.\n")
    line = (reported / TEXT).read_text().count("\n")
    code, err = refused()
    assert 1 == code
    assert f"{TEXT}:{line}:5: error: no font of the theme has '漢' (U+6F22) [no-glyph]\n  hint: write it" in err
