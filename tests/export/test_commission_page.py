"""The text for the Commission's page: its headings, every year's figures, and nothing that is withheld."""

import json
import re
from decimal import Decimal

import pytest
import tinyhtml5

from reporter.data.files.workspace import Workspace
from reporter.data.records import is_given, vintage
from reporter.editions.checked import load_checked, with_publication_days
from reporter.editions.job import Job
from reporter.editions.making.exports import MAKERS, export, extract_of
from reporter.exchange.package.package_checks import active_flaw
from reporter.text.lexicon import spelling
from tests import small
from tests.export.extracts import ENGLISH, extract
from tests.fixtures import LITHUANIA
from tests.snapshots import dataset_of

PAGE = MAKERS["page"]
# The headings of the Commission's page on Lithuania, in its order. It spells the project "STORM 2".
PAGE_OF_LITHUANIA = """
General information | Institutional and legal framework | Criminal Code | Law on the Legal Status of Aliens |
Administrative Violations Code | Law on Assistance to Victims of Crime | National Strategy / National Action Plan |
Coordination of anti-trafficking actions at a national level | The most important challenges at national level |
National Rapporteur or equivalent mechanism | Documents | Implementation of anti-trafficking policy | Prevention |
Dedicated websites | Prevention video campaign | Education campaign | Actions organised by Lithuanian police | STROM 2
| EU fight against trafficking in human beings day | Mobile app NOU | Anti-trafficking community meetings |
Anti-trafficking coordinators | Capacity building | Assistance and support provided to victims | Special protective
measures for children | Investigation and prosecution | National Referral Mechanism | Documents | EU and international
cooperation | Future plans in terms of implementation of the directive 2011/36/EU | Resources | Legislation | National
Action Plans | Reports | Links | Contacts | National Rapporteur or equivalent mechanism | Lithuanian Criminal Police
Bureau | Office of the Ombudsman for Children | NGOs
"""
NEW = "# victims\n\nNew.\n"
# Also the year above what is of it.
HEADING = re.compile(r"^(#+ |\*)(\*\d{4}\*\*$|.*$)", re.M)
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def page(made) -> str:
    html, markdown = export(made, (PAGE,)).values()
    assert "" == active_flaw("data/XX-2020-en-page.html", html)
    # Both say the same words.
    words = "".join(tinyhtml5.parse(html.decode(), namespace_html_elements=False).itertext()).split()
    bare = re.sub(
        r"\\([^\w\s])", r"\1", re.sub(r"\]\(<[^>]*>\)|<(?=\S+@|https?:)|(?<=\S)>(?=\W)|\[(?=\S)", "", markdown.decode())
    )
    assert len(words) == len(re.sub(r"(?m)^ *(#+|-|>|\d+\.) ", "", bare).split())
    return markdown.decode()


def says(text: str, number) -> bool:
    spelt = re.compile(spelling(Decimal(number), "en"), re.IGNORECASE)
    return ENGLISH.number(number) in NUMBER.findall(text) or any(map(spelt.fullmatch, re.findall(r"[A-Za-z-]+", text)))


def of_small(root, changed, year=2020, **options):
    small.write(root, {small.YEAR: small.FILES[small.YEAR].replace("labour: 6", "labour: 7"), **changed})
    return extract_of(load_checked(Workspace(root).snapshot(), "XX"), Job("XX", year, "en"), ENGLISH, **options)


def under(text: str, *titles: str) -> str:
    for title in titles:
        found = next(each for each in HEADING.finditer(text) if each[2] in (title, f"*{title}**"))
        after = text[found.end() :]
        level = len(found[1].strip("* "))
        end = re.search(rf"^#{{1,{level}}} " if level else r"^(#+ |\*\*\d{4}\*\*$)", after, re.M)
        text = after[: end.start()] if end else after
    return text.strip()


def test_the_headings_are_those_of_the_page(lithuania):
    titles = [" ".join(each.split()) for each in PAGE_OF_LITHUANIA.split("|")]
    headings = re.findall(r"^#+ (.*)$", page(extract(lithuania, "LT", 2020)), re.M)
    assert titles == headings


def test_notes_on_sources_stay_in_the_profile(tmp_path):
    """Pasted, the page would speak of itself as a source. Flags are printed."""
    files = {small.TEXT: '# victims\n\nThere were {{ victims.identified }}{{ note("The source is vague.") }}.\n'}
    text = page(of_small(tmp_path, files))
    assert "There were 80." in text
    assert "vague" not in text


@pytest.mark.parametrize(("country", "year"), [("LT", 2013), ("LV", 2022)])
def test_every_figure_of_every_year_is_on_the_page(country, year):
    dataset = dataset_of(LITHUANIA, (country,))
    text = page(extract(dataset, country, year))
    known = vintage(dataset, country, year)
    for value in (seen for seen in known.index.values() if is_given(seen)):
        assert says(text, value.value), value.address


def test_what_is_withheld_now_leaves_the_texts_of_earlier_years(tmp_path):
    """A paragraph that printed it goes, and so does one that says a number by itself; others stay."""
    paragraphs = (
        "In 2019, {{ victims.identified }} victims were identified.",
        "Twelve of them came late.",
        "Nobody counted them before 2015.",
        "The police kept three files.",
        "There were {{ investigations.opened }} investigations.",
    )
    files = {
        "data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"].replace(
            "opened: 9, victims.identified: 60", "opened: 19, victims.identified: 4711"
        ),
        "data/XX/text/en/2019.md": "# victims\n\n" + "\n\n".join(paragraphs) + "\n",
        small.TEXT: NEW,
    }
    before = page(extract(small.load(tmp_path, files), "XX", 2020))
    assert all(each in before for each in ("4,711 victims were", "Twelve of them", "19 investigations"))
    hiding = "revisions: [{figure: victims.identified, year: 2019, was: 4711, now: suppressed, reason: {en: Why.}}]\n"
    hidden = small.load_public(tmp_path, files | {small.YEAR: small.FILES[small.YEAR] + hiding})
    after = under(page(extract(hidden, "XX", 2020)), "2019")
    assert after.startswith("Nobody counted them before 2015.\n\nThere were 19 investigations.\n\n")
    assert "Identified victims: confidential" in after
    assert not any(each in after for each in ("4,711", "4711", "Twelve", "three"))


def test_a_restated_value_stands_beside_the_text_of_its_year(tmp_path):
    told = "# victims\n\nIn 2019, {{ victims.identified }} victims were identified.\n"
    files = {"data/XX/text/en/2019.md": told, small.TEXT: NEW}
    year = small.FILES[small.YEAR].replace("labour: 6", "labour: 7")
    revised = "revisions: [{figure: victims.identified, year: 2019, was: 60, now: 64, reason: {en: Counted again.}}]\n"
    text = under(page(of_small(tmp_path, files | {small.YEAR: year + revised})), "2019")
    assert text.startswith("In 2019, 60 victims were identified.")
    assert "- Identified victims: 64\n" in text
    assert "- Identified victims: Counted again." in text


def test_a_paragraph_that_a_later_year_repeats_is_told_once_and_others_in_the_year_that_wrote_them(tmp_path):
    same = "# victims\n\nCases take time.\n\nIn {year}, {{ victims.identified }} were identified.\n"
    files = {f"data/XX/text/en/{year}.md": same.replace("{year}", str(year)) for year in (2018, 2019)}
    text = page(of_small(tmp_path, files | {small.TEXT: same.replace("{year}", "2020")}))
    assert 1 == text.count("Cases take time.")
    assert "Cases take time." in under(text, "2020")
    assert "In 2018, 0 were identified." in under(text, "2018")

    # Its edition of 2019 printed this text of 2018 too; what it prints of each year stands there.
    files = {
        "data/XX/text/en/2018.md": "# victims\n\nIn 2018, the law changed.\n\nThere were {{ victims.identified }}.\n",
        small.TEXT: NEW,
    }
    text = page(of_small(tmp_path / "other", files))
    assert "In 2018, the law changed." in under(text, "2018")
    assert under(text, "2019").startswith("There were 60.")


@pytest.mark.parametrize("name", ["- *Office*", "<b>Office</b>", "a\n\n# b", "[a](b) `c` C##"])
def test_names_of_the_files_are_words_and_no_markup(tmp_path, name):
    quoted = json.dumps(name)
    reference = f"references: {{a: {{group: plan, title: {{en: {quoted}}}, url: 'https://a.example/b?c&d'}}}}\n"
    contact = f"contacts: {{a: {{name: {{en: {quoted}}}, role: {{en: {quoted}}}, telephone: '112, 113'}}}}\n"
    files = {"data/XX/country.yaml": small.FILES["data/XX/country.yaml"] + reference + contact}
    html, _ = export(extract(small.load(tmp_path, files), "XX", 2020), (PAGE,)).values()
    assert "" == active_flaw("data/XX-2020-en-page.html", html)
    tree = tinyhtml5.parse(html.decode(), namespace_html_elements=False)
    expected = " ".join(name.split())
    assert expected in [" ".join("".join(each.itertext()).split()) for each in tree.iter("h3")]
    assert [expected, expected] == [
        " ".join("".join(each.itertext()).split()) for each in tree.iter("li") if "113" not in "".join(each.itertext())
    ][-2:]
    links = {(each.get("href"), " ".join(each.text.split())) for each in tree.iter("a")}
    assert {("https://a.example/b?c&d", expected)} == links


def test_what_changed_after_publication_says_so(tmp_path):
    small.write(tmp_path, small.FINAL)
    checked = with_publication_days(load_checked(Workspace(tmp_path).snapshot(), "XX"), {("XX", 2020): ""})
    made = export(extract_of(checked, Job("XX", 2020, "en"), ENGLISH), (PAGE,))
    assert ["XX-2020-unpublished-en-page.html", "XX-2020-unpublished-en-page.md"] == list(made)
    for content in made.values():
        assert "XX, 2020: Changed after publication, not published" in content.decode().split("\n", 1)[0]


def test_a_year_that_is_not_final_says_so(tmp_path):
    draft = {"data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"].replace("final", "provisional")}
    text = page(extract(small.load(tmp_path, draft), "XX", 2020))
    assert under(text, "2019").startswith("*2019: provisional*\n\nFigures of 2019:\n")
    assert under(text, "2018").startswith("Figures of 2018:\n")


def test_a_text_in_another_language_only_says_so(tmp_path):
    settings = {"reporter.yaml": "title: {en: Small, lt: Maža}\nlanguages: [en, lt]\n", small.TEXT: None}
    dataset = small.load(
        tmp_path, settings | {"data/XX/text/lt/2020.md": "# victims\n\nNustatyta aukų: {{ victims.identified }}.\n"}
    )
    text = under(page(extract(dataset, "XX", 2020)), "2020")
    assert text.startswith(
        "*This section has not been translated. Language of the text: Lithuanian.*\n\nNustatyta aukų: 80."
    )


def test_recommendations_say_whom_they_are_for_and_by_when(tmp_path):
    files = {
        small.YEAR: f"{small.HEAD}status: final\nrecommendations: {{beds: {{to: [police], by: 2021-06}}}}\n",
        small.TEXT: "# recommendations\n\n## More beds {#beds}\n\nBuild them.\n",
        "data/XX/country.yaml": small.FILES["data/XX/country.yaml"] + "institutions: {police: {name: {en: Police}}}\n",
    }
    text = under(page(extract(small.load(tmp_path, files), "XX", 2020)), "National Rapporteur or equivalent mechanism")
    assert "- **More beds.** Build them.\n\n  - Addressed to: Police\n  - By: June 2021" == text


def test_a_contact_is_told_with_its_person_and_links(tmp_path):
    about = "{name: {en: Office}, person: A. B., telephone: '+000 (1) 23', email: a@b.example}"
    files = {"data/XX/country.yaml": f"{small.FILES['data/XX/country.yaml']}contacts: {{rapporteur: {about}}}\n"}
    text = under(page(extract(small.load(tmp_path, files), "XX", 2020)), "Contacts")
    assert text == (
        "### National Rapporteur or equivalent mechanism\n\n**Office**\n\n- A. B.\n"
        "- Telephone: [+000 (1) 23](<tel:+000123>)\n- E-mail: [a@b.example](<mailto:a@b.example>)"
    )
