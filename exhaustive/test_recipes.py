"""The recipes of the README: each is done in a copy, with the files and tuples it names and no others, and built."""

import html
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from reporter.data.outline import Volume
from tests.fixtures import LITHUANIA, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CATALOGUE, YEAR, TEXT = "data/catalogue.yaml", "data/LT/2020.yaml", "data/LT/text/en/2020.md"
OUTLINE = "reporter/data/outline.py"
COPIED = ("reporter", "templates", "translations", "scripts", "docs")
# What the tables of docs/ are made from, and what makes them.
RELIABILITY = "exhaustive/test_reliability.py"
TESTS = ("check", "data/broken", "data/ruritania")


@dataclass
class Checkout:
    """A copy of the program with the data of Lithuania; `touched` are the files and tuples that a recipe changed."""

    root: Path
    touched: set[str] = field(default_factory=set)

    def write(self, name: str, text: str) -> None:
        """Makes a file."""
        path = self.root / name
        assert not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.touched.add(name)

    def replace(self, name: str, old: str, new: str) -> None:
        """Changes words that stand once in a file."""
        text = self.read(name)
        assert 1 == text.count(old), f"{name} has {text.count(old)} times {old!r}"
        (self.root / name).write_text(text.replace(old, new), encoding="utf-8")
        self.touched.add(name)

    def append(self, name: str, text: str) -> None:
        """Adds lines at the end of a file."""
        self.replace(name, whole := self.read(name), whole + text)

    def add(self, name: str, above: str, text: str) -> None:
        """Adds lines above another."""
        self.replace(name, above, text + above)

    def add_line(self, name: str, registry: str, line: str) -> None:
        """Adds a line at the end of a registry. This is a literal that begins and ends at the margin."""
        found = re.search(rf"^{registry}\b.*?^[)}}]", self.read(name), re.M | re.S)
        assert found
        self.replace(name, found[0], f"{found[0][:-1]}    {line}\n{found[0][-1]}")
        self.touched.add(registry)

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def run(self, *words: str) -> str:
        """What the program of this copy says, on stdout."""
        variables = os.environ | {"PYTHONPATH": str(self.root)}
        done = subprocess.run(
            [sys.executable, *words], cwd=self.root, env=variables, capture_output=True, text=True, check=False
        )
        assert "" == done.stderr.partition("Traceback")[1], done.stderr
        return done.stdout

    def update(self, command: str, *without: str) -> str:
        """Runs the line of `make update` with this word in it, without some of its words."""
        _, _, lines = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nupdate: ")
        programs = {"$(BIN)/reporter": ("-m", "reporter"), "$(BIN)/python": ()}
        (found,) = [line.split() for line in lines.partition("\n\n")[0].splitlines()[1:] if command in line]
        return self.run(*programs[found[0]], *(word for word in found[1:] if word not in without))

    def page(self, language: str = "en", volume: Volume = Volume.MAIN) -> str:
        """The profile of 2020 as a web page, or what is published with it."""
        self.run("-m", "reporter", "build", "LT", "2020", "--format", "html", "--lang", language)
        (path,) = self.root.glob(f"build/LT/2020/{'-'.join(filter(None, ('LT-2020', volume, language)))}.html")
        return path.read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Checkout:
    for name in COPIED:
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "assets").symlink_to(ROOT / "assets")
    shutil.copytree(LITHUANIA / "data" / "LT", tmp_path / "data" / "LT")
    for name in (CATALOGUE, "reporter.yaml"):
        shutil.copyfile(LITHUANIA / name, tmp_path / name)
    return Checkout(tmp_path)


def with_tests(copy: Checkout) -> None:
    """Adds the tests that write the tables of docs/."""
    (copy.root / "tests").mkdir(exist_ok=True)
    for path in (*ROOT.glob("tests/*.py"), ROOT / "conftest.py", ROOT / "pyproject.toml", ROOT / "README.md"):
        shutil.copyfile(path, copy.root / path.relative_to(ROOT))
    for name in TESTS:
        shutil.copytree(ROOT / "tests" / name, copy.root / "tests" / name, dirs_exist_ok=True)


def told(recipe: str, **places: str) -> set[str]:
    """What a recipe of the README names: files, folders, tuples. What it calls NAME or CODE is filled in."""
    (words,) = re.findall(rf"^- \*\*{recipe}\*\*:(.*\n(?:  .*\n)*)", README, re.M)
    assert 6 >= words.count("\n")
    names = set(re.findall(r"`([\w./-]+(?:/|\.\w+)|[\w-]+/[\w./-]+|[A-Z_]{5,})`", words))
    for word, place in places.items():
        names = {each.replace(word, place) for each in names}
    return names


def assert_told(copy: Checkout, names: set[str]) -> None:
    """The recipe names what it touches and touches all it names. Files may lie in a folder that it names."""
    folders = sorted((each for each in names if (copy.root / each).is_dir()), key=len, reverse=True)
    found = {each: next((f for f in folders if each.startswith(f)), each) for each in copy.touched - names}
    assert names == (copy.touched & names) | set(found.values())


def section(page: str, code: str) -> str:
    """The words of a section, without those of the sections in it."""
    return plain(re.split(r"<section", page.partition(f'id="section-{code}"')[2], maxsplit=1)[0])


def figure(page: str, code: str) -> str:
    """The words of a chart with its caption and its data; the drawing left out."""
    return plain(page.partition(f'id="figure-{code}"')[2].partition("</figure>")[0])


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", markup, flags=re.S)).split())


INDICATOR = """\
  shelter.persons:
    label: {en: Persons in shelters, lt: Asmenys laikinuose būstuose}
    unit: persons
    kind: stock
    population: persons in shelters
    definition: {en: Persons in a shelter on 31 December., lt: Gruodžio 31 d. laikinuose būstuose gyvenę asmenys.}
"""


def add_indicator(copy: Checkout) -> None:
    copy.add(CATALOGUE, "  assistance.projects:\n", INDICATOR)
    copy.add(YEAR, "  assistance.projects:\n", "  shelter.persons: 77\n")


def add_value(copy: Checkout, year: int, value: int) -> None:
    """Persons in shelters of a year before."""
    copy.add(f"data/LT/{year}.yaml", "  assistance.projects: 5\n", f"  shelter.persons: {value}\n")


def test_an_indicator_is_in_the_tables_and_in_its_chapter(copy):
    add_indicator(copy)
    copy.add(TEXT, "\n# children\n", "\nOn 31 December, {{ shelter.persons }} persons lived in shelters.\n")
    copy.update("schema")
    assert "On 31 December, 77 persons lived in shelters." in section(page := copy.page(), "assistance")
    assert "Persons in shelters : : : : : : : : : : : 77" in section(page, "figures")
    assert "shelter.persons" in copy.read("schema/year.json")
    assert_told(copy, told("An indicator"))


CHART = '''

def shelters(context: Context) -> Figure | None:
    """Persons living in shelters, year by year."""
    return one_series(context, "shelters", "shelter.persons")
'''
BLOCKS = '("assisted", "population_of_assistance")'


def test_a_chart_is_on_the_page_with_its_caption_and_data(copy):
    add_indicator(copy)
    add_value(copy, 2019, 72)
    copy.touched.clear()
    copy.append("reporter/report/charts/victims.py", CHART)
    copy.add_line("reporter/report/charts/__init__.py", "CHARTS", '"shelters": victims.shelters,')
    copy.replace(OUTLINE, BLOCKS, BLOCKS.replace(")", ', "shelters")'))
    copy.touched.add("SECTIONS")
    copy.add_line(OUTLINE, "CHART_NAMES", '"shelters",')
    assert "" == figure(copy.page(), "shelters")
    add_value(copy, 2018, 68)
    copy.touched.remove("data/LT/2018.yaml")
    shown = figure(copy.page(), "shelters")
    assert "Persons in shelters, 2009–\u20602020 Number of persons; (:) not available" in shown
    assert re.search(r"Persons in shelters( :){9} 68 72 77", shown)
    with_tests(copy)
    copy.update("in_their_order", "tests/check", RELIABILITY)
    assert "| `shelters` | Persons living in shelters, year by year. |" in copy.read("docs/blocks.md")
    assert "0 not translated" in copy.update("messages")
    assert_told(copy, told("A chart"))


def test_a_section_has_its_heading_and_text(copy):
    below = '            Part("children", "Special protective measures for children"),\n'
    copy.replace(OUTLINE, below, below + '            Part("compensation", "Compensation"),\n')
    copy.touched.add("SECTIONS")
    copy.append(TEXT, "\n# compensation\n\nA victim can ask the State for compensation.\n")
    copy.append(TEXT.replace("/en/", "/lt/"), "\n# compensation\n\nAuka gali prašyti valstybės kompensacijos.\n")
    assert "5.3 Compensation A victim can ask the State for compensation." in section(copy.page(), "compensation")
    assert "compensation" not in copy.run("-m", "reporter", "check", "LT")
    assert re.search(r"document/lt.po: \d+ messages, 1 not translated\n  Compensation\n", copy.update("messages"))
    assert 'msgid "Compensation"\nmsgstr ""\n' in copy.read("translations/document/lt.po")
    assert_told(copy, told("A section"))


RULE = '''

def assisted_without_project(edition: CheckedEdition) -> Iterator[Problem]:
    """Persons assisted in a year in which no project was financed."""
    projects = edition.vintage.observation("assistance.projects", edition.year)
    for seen in _figures(edition, "assistance.persons"):
        if projects and is_exact(projects) and value_of(projects) == 0 and value_of(seen) > 0:
            hint = "state the projects, or accept it with a reason"
            message = tell(N_("{assisted} persons were assisted by no project"), assisted=seen)
            yield problem(projects, message, hint)
'''
LINE = """\
Rule(WARNING, "persons assisted, but no project", limits.assisted_without_project),"""
EXAMPLE = """\
# 6:24: warning: 110 persons were assisted by no project [assisted-without-project]
year: 2022
source: rapporteur_report
figures:
  assistance.persons: 110
  assistance.projects: 0
"""


def test_a_rule_finds_what_it_is_for(copy):
    copy.append("reporter/check/limits.py", RULE)
    copy.add_line("reporter/check/__init__.py", "RULES", LINE)
    copy.write("tests/data/broken/assisted-without-project.yaml", EXAMPLE)
    assert_told(copy, told("A rule"))
    copy.replace(YEAR, "    total: 1\n    flags: [b]\n", "    total: 0\n")
    finding = "warning: 208 persons were assisted by no project [assisted-without-project]"
    assert f"{YEAR}:40:12: {finding}" in copy.run("-m", "reporter", "check", "LT")
    assert "208 persons were assisted by no project" in section(copy.page(volume=Volume.METHODS), "open_findings")
    with_tests(copy)
    copy.update("--update-golden", RELIABILITY)
    test = "tests/check/test_check.py::test_a_rule_finds_what_its_file_breaks_and_nothing_else_is_found"
    assert "1 passed" in copy.run("-m", "pytest", "-n", "0", f"{test}[assisted-without-project.yaml]")


def test_a_theme_colours_the_page(copy):
    (themes,) = re.findall(r"^ok +themes +(.*)$", copy.run("-m", "reporter", "admin", "doctor"), re.M)
    for path in (Path(themes) / "eu-blue").iterdir():
        copy.write(f"themes/sea/{path.name}", path.read_text(encoding="utf-8"))
    copy.replace("themes/sea/theme.toml", 'ground = "#003399"', 'ground = "#00524F"')
    copy.append("reporter.yaml", "theme: sea\n")
    assert "#00524F" in copy.page()
    assert_told(copy, told("A theme", NAME="sea"))


def test_a_language_has_its_labels_words_and_narrative(copy):
    copy.replace("reporter.yaml", "languages: [en, lt]", "languages: [en, lt, de]")
    english = 'label: {en: "Assistance projects financed", '
    copy.replace(CATALOGUE, english, f'{english}de: "Geförderte Hilfsprojekte", ')
    copy.write("data/LT/text/de/2020.md", "# assistance\n\n{{ assistance.persons }} Menschen erhielten Hilfe.\n")
    assert "words of the program were translated into de by machine" in copy.run("-m", "reporter", "check", "LT")
    begun = copy.run("-m", "reporter", "admin", "messages", "de")
    assert re.match(r"translations/document/de.po: (\d+) of \1 messages translated, \d+ by machine, 0 to do\n", begun)
    own = "translations/document/de.po"
    copy.touched.add(own)
    (was,) = re.findall('#, machine\nmsgid "Assistance and support"\nmsgstr ".*"\n', copy.read(own))
    copy.replace(own, was, 'msgid "Assistance and support"\nmsgstr "Hilfe und Unterstützung"\n')
    # Two labels of this catalogue are not those of the program.
    lacking = r"^document/de.po: \d+ messages, 2 not translated\n  Shortest sentence\n  Longest sentence$"
    assert re.search(lacking, copy.update("messages"), re.M)
    copy.append("reporter.yaml", "publish_machine_translation: [de]\n")
    page = copy.page("de")
    assert '<html lang="de"' in page
    assert "5.1 Hilfe und Unterstützung 208 Menschen erhielten Hilfe." in section(page, "assistance")
    assert "Geförderte Hilfsprojekte" in section(page, "figures")
    found = copy.run("-m", "reporter", "check", "LT", "-v")
    assert "warning: section children is not written in de" in found
    assert "texts of this file are missing in de" in found
    assert re.search(r"some rules cannot check texts in de .*\n.*words such as fell or highest", found)
    assert_told(copy, told("A language", CODE="de"))
