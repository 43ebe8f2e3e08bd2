"""HTML: what the templates make of a document, whose template is used, and where a failing one says it fails."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5  # type: ignore[import-untyped]

from reporter.data.errors import ReporterError
from reporter.data.i18n import load_locale
from reporter.data.records import Label
from reporter.data.theme.cover import Templates
from reporter.data.theme.tokens import Theme
from reporter.formats.html import WebData, Words, to_html, to_web
from reporter.report.document.document import Box, Document, Entries, Entry, Link, Section
from reporter.report.document.plot import Ledger, LedgerRow, YearStrip
from tests.html.pages import EDITION, document, figure, table
from tests.snapshots import TEMPLATES, own_templates
from tests.texts import text

ENGLISH = load_locale("en")


def render(made: Document, theme: Theme, *own: Path, words: Words | None = None) -> str:
    return to_html(made, theme, words or ENGLISH.text, own_templates(*own))


def elements(html: str, path: str) -> list[Element]:
    return list(tinyhtml5.parse(html, namespace_html_elements=False).iterfind(f".//{path}"))


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_table_says_what_heads_what_and_marks_the_own_year_and_parts(theme: Theme) -> None:
    html = render(document(figure(), table(number=7)), theme)
    ids = re.findall(r' id="([^"]+)"', html)
    assert (sorted(set(ids)), False) == (sorted(ids), "style=" in html)
    assert ["Figure 4", "Table 7"] == [words(each) for each in elements(html, "p[@class='label']")]
    html = render(document(table()), theme)
    assert ["3"] == [each.get("colspan") for each in elements(html, "tr[@class='heading']/th")]
    assert ["5b(1)", "0"] == [words(each) for each in elements(html, "td[@class='current']")]
    assert ["of them labour"] == [words(each) for each in elements(html, "th[@class='level-1']")]
    assert [":"] == [words(each) for each in elements(html, "td[@class='none']")]
    assert "Notes: (:) not available. (1) Late." in [words(each) for each in elements(html, "p")]
    assert ["col", "col", "col", "rowgroup", "row", "row"] == [each.get("scope") for each in elements(html, "th")]


def test_only_words_of_the_narrative_are_taken_as_html(theme: Theme) -> None:
    html = render(document(text("*known*"), Box("A & B", ("<script>",)), table()), theme)
    assert "<em>known</em>" in html
    assert "A &amp; B" in html
    assert "&lt;script&gt;" in html
    assert "Opened &lt;new&gt;" in html
    assert "<script" not in html


def test_headings_follow_the_levels_and_carry_the_numbers(theme: Theme) -> None:
    below = Section("victims", "5.1", "Victims", 2, (), (Section("sex", "5.1.1", "Sex", 3, (text("x"),)),))
    html = render(document(sections=(below,)), theme)
    assert ["Chapter 5 Investigation & prosecution"] == [words(each) for each in elements(html, "main//h1")]
    assert ["5.1 Victims"] == [words(each) for each in elements(html, "main//h2")]
    assert ["5.1.1 Sex"] == [words(each) for each in elements(html, "main//h3")]


def test_only_web_and_mail_addresses_become_links(theme: Theme) -> None:
    entries = (Entry("Ministry", url="https://example.org/"), Entry("Trap", url="javascript:alert(1)"))
    html = render(document(Entries("Contacts", entries)), theme)
    assert [("https://example.org/", "example.org")] == [(a.get("href"), words(a)) for a in elements(html, "main//a")]


def test_a_ledger_is_a_table_in_which_each_row_has_its_drawing(theme: Theme) -> None:
    row = LedgerRow(
        label="Victims",
        calls="(a)",
        value="24",
        change="▼ −15",
        context="on 2019 (39)",
        strip=YearStrip(()),
        alt="Victims: 24",
    )
    html = render(document(replace(figure(), code="key_figures", plot=Ledger(("2019", "2020"), (row, row)))), theme)
    pictures = [("chart:key_figures-1", "Victims: 24"), ("chart:key_figures-2", "Victims: 24")]
    assert pictures == [(each.get("src"), each.get("alt")) for each in elements(html, "img")]
    assert ["2019", "2020"] == [words(each) for each in elements(html, "th[@scope='col']")][:2]
    assert ["Victims (a)▼ −15 on 2019 (39)"] * 2 == [words(each) for each in elements(html, "th[@scope='row']")][:2]


def test_the_flag_goes_by_the_iso_code_where_there_is_one(theme: Theme) -> None:
    assert "url(asset:flags/gr.svg)" in render(document(), theme)
    nowhere = replace(document(), edition=replace(EDITION, country="XX"))
    assert 'class="flag"' not in render(nowhere, theme)


def test_a_creation_date_is_given_only_when_it_is_a_date(theme: Theme) -> None:
    dated = replace(document(), edition=replace(EDITION, published="2021-05-30"))
    spoken = replace(document(), edition=replace(EDITION, published="30 May 2021"))
    assert '<meta name="dcterms.created" content="2021-05-30">' in render(dated, theme)
    assert "dcterms.created" not in render(spoken, theme)


def test_a_template_of_the_user_goes_first_and_may_be_a_link_within_its_folder(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "blocks").mkdir()
    (tmp_path / "blocks" / "mine.html").write_text("<aside>{{ block.title }}</aside>")
    (tmp_path / "blocks" / "box.html").symlink_to("mine.html")
    html = render(document(Box("Mine", ())), theme, tmp_path)
    assert ["Mine"] == [words(each) for each in elements(html, "aside")]
    with pytest.raises(ReporterError, match=r"no template named 'profile\.html'"):
        to_html(document(), theme, ENGLISH.text, Templates(tmp_path))


@pytest.mark.parametrize(
    ("name", "text", "place", "message"),
    [
        ("cover.html", "<p>\n{{ documnt }}", "templates/cover.html:2", "'documnt' is undefined"),
        ("cover.html", "<p>\n\n{% if %}", "templates/cover.html:3", "Expected an expression"),
        ("cover.html", "{{ edition.yaer }}", "templates/cover.html:1", "has no attribute 'yaer'"),
        ("blocks/box.html", "\n{{ 1 / 0 }}", "templates/blocks/box.html:2", "division by zero"),
        ("cover.html", "{% include 'nowhere.html' %}", "templates/cover.html:1", "no template named 'nowhere.html'"),
        ("cover.html", "{% include '../secret.txt' %}", "templates/cover.html:1", "no template named '../secret.txt'"),
        ("cover.html", "{{ ''.__class__.mro() }}", "templates/cover.html:1", "unsafe"),
    ],
)
def test_a_failing_template_names_file_and_line(
    theme: Theme, tmp_path: Path, name: str, text: str, place: str, message: str
) -> None:
    path = tmp_path / "templates" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(ReporterError) as caught:
        render(document(Box("A", ())), theme, tmp_path / "templates")
    assert str(caught.value).startswith(f"{place}:")
    assert message in caught.value.message
    assert "templates folder" in caught.value.hint


def test_a_template_that_leads_out_of_its_folder_is_refused(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("not for the report")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "cover.html").symlink_to(tmp_path / "secret")
    with pytest.raises(ReporterError) as caught:
        render(document(), theme, tmp_path / "templates")
    assert (
        "templates/cover.html:1:1: leads out of the workspace through a symbolic link\n  hint: replace it with the "
        "file itself"
    ) == str(caught.value)


def test_the_number_of_an_article_never_goes_over_two_lines_of_a_web_page(theme: Theme) -> None:
    box = Box("Article 147-1", ("Articles 147, 147-1 and 2011/36/EU; 2020-12-31 and pages 10–12.",))
    html = to_web(document(box), theme, ENGLISH.text, TEMPLATES, WebData({}, {}))
    assert 'Articles\u00a0147, <span class="article">147-1</span> and 2011/36/\u2060EU; 2020-12-31 and pages' in html
    assert html.count('<span class="article">') == 2


def test_a_note_and_its_mark_stand_in_one_language(theme):
    label, note = Label((("en", "Women"), ("fi", "Naiset"))), Label((("en", "As published."),))
    noted = replace(figure(), notes=((label.text("fi"), note.text("fi")),))
    found = elements(render(document(noted), theme), "figure/p[@class='below']")
    assert ["Source: Police.", "Notes: Women: As published."] == [words(each) for each in found]
    assert ["en", "en"] == [each.get("lang") for each in found[1].iter() if each.get("lang")]


def test_what_is_not_translated_is_said_once_at_the_front(theme):
    made = replace(document(figure()), remark="Osia ei ole käännetty.")
    paper = render(made, theme)
    drawings = dict.fromkeys(("cases", "cases-narrow"), b'<svg viewBox="0 0 1 1"></svg>')
    screen = to_web(made, theme, ENGLISH.text, TEMPLATES, WebData(drawings, {"cases": ""}))
    assert [1, 1] == [each.count("Osia ei ole käännetty.") for each in (paper, screen)]


def test_words_of_a_line_lead_to_their_address_and_nothing_else_is_markup(theme: Theme) -> None:
    office = Entry(
        "Office",
        ("Advice & help", "Telephone: 112", "E-mail: sos112@office.example"),
        "https://office.example",
        (Link("112", "tel:112"), Link("sos112@office.example", "mailto:sos112@office.example")),
    )
    made = replace(document(Entries("", (office,))), contact=office)
    html = render(made, theme)
    links = [(each.get("href"), each.text) for each in elements(html, "a") if (each.get("href") or "")[:1] != "#"]
    assert "Advice &amp; help" in html
    mail = ("mailto:sos112@office.example", "sos112@office.example")
    assert [("tel:112", "112"), mail, ("https://office.example", "office.example")] * 2 == links


def test_a_label_stands_before_the_first_of_its_notes_only(theme: Theme) -> None:
    notes = (("Victims", "No sex is stated"), ("", "Map: X"), ("Persons", "All."), ("Victims", "No reason is given."))
    html = render(document(replace(figure(), notes=notes)), theme)
    found = [words(each) for each in elements(html, "p[@class='below']")]
    assert "Notes: Victims: No sex is stated. No reason is given. Map: X. Persons: All." in found


RESTRICTED = replace(EDITION, restricted="For offices", restriction="Keep it to yourselves.")


def test_a_restricted_edition_says_so_in_its_title_on_its_cover_in_every_margin_and_on_the_web(theme: Theme) -> None:
    html = render(replace(document(table()), edition=RESTRICTED), theme)
    assert "(For offices)" in words(elements(html, "title")[0])
    (cover,) = elements(html, "section[@class='cover']")
    assert ("For offices" in words(cover), "Keep it to yourselves." in words(cover)) == (True, True)
    (body,) = elements(html, "body")
    assert "For offices\n" == body.get("data-restricted")
    (public,) = elements(render(document(table()), theme), "body")
    assert "" == public.get("data-restricted")
    restricted = replace(document(table()), edition=RESTRICTED)
    pages = [to_web(each, theme, ENGLISH.text, TEMPLATES, WebData({}, {})) for each in (restricted, document(table()))]
    said = [[words(each) for each in elements(page, "aside")] for page in pages]
    assert [["For offices Keep it to yourselves."], []] == said
