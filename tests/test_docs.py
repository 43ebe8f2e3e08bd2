"""The documents say what the program does."""

import re
import subprocess
import tomllib
from io import BytesIO

import pytest
from PIL import Image
from trove_classifiers import classifiers

from reporter import __version__
from reporter.cli.contents import COMMANDS, HELP
from reporter.cli.export import FORMATS
from reporter.data.errors import Finding
from reporter.data.files.sources import folder_files
from reporter.data.read.dataset import load_dataset
from reporter.data.read.key_examples import EXAMPLES, FILES, example_text, line_of, shapes_in, words_in
from reporter.data.read.shapes import SHAPES, ComponentShape, TransmissionShape
from reporter.data.records import PackagePart
from reporter.exchange.package.package_checks import AGAIN, STANDARDS
from reporter.figures.analysis.coverage import Availability
from reporter.figures.analysis.populations import CellOrigin
from reporter.formats.bagit import CHECKSUMS
from reporter.formats.export.observations import COVERAGE_HEADS, HEADS
from reporter.formats.export.sdmx import HEADS as ORIGIN_HEADS
from reporter.formats.pdf.paper import WAYS
from reporter.report.charts import CHARTS
from reporter.report.sections import BOXES, COMPARED, ERRATUM, LISTS, TABLES
from reporter.text.expression import FILTERS
from scripts.key_pages import rewritten, sections_of, values
from scripts.pictures import HEIGHT, PICTURES, WIDTH
from tests.fixtures import ROOT, Golden


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_fits_on_a_page_leads_to_the_workbench_and_says_the_two_commands() -> None:
    assert 80 >= len(read("README.md").splitlines())
    before, _, after = read("README.md").partition("\n## ")
    assert [] == [word for word in ("reporter serve", "docs/workbench.md", "docs/install.md") if word not in before]
    assert ["make report", "make test"] == re.findall(r"^make \w+", after, re.M)


def test_the_readme_or_a_page_of_its_own_explains_every_command() -> None:
    pages = read("README.md") + "".join(path.read_text() for path in (ROOT / "docs").glob("*.md"))
    assert [] == [name for name in COMMANDS if f"reporter {name}" not in pages]


def test_every_file_and_folder_the_readme_and_contributing_name_exists() -> None:
    named = set(
        re.findall(
            r"`((?:reporter|data|templates|assets|tests|exhaustive|docs|schema|scripts|build)/[\w./-]*)`",
            read("README.md") + read("CONTRIBUTING.md"),
        )
    )
    made = {"build/LT/2020/LT-2020-en.pdf"}
    assert [] == sorted(name for name in named - made if not (ROOT / name).exists())


def test_of_what_is_made_git_keeps_the_readme_and_nothing_else() -> None:
    made = [
        "build/LT/2020/LT-2020-en.pdf",
        "build/.cache/charts/one.svg",
        "build/README.md",
        "build/compare-LT-LV-2020",
    ]
    asked = ["git", "check-ignore", "--no-index", *made]
    ignored = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    assert ["build/README.md"] == [each for each in made if each not in ignored]


# The tables of docs/blocks.md, by their headings.
BLOCKS = {"Charts": CHARTS, "Tables": TABLES, "Lists": LISTS, "Boxes": BOXES, "Side by side": {**COMPARED, **ERRATUM}}


def test_the_blocks_are_documented_in_their_order_by_their_docstrings(golden: Golden) -> None:
    page = read("docs/blocks.md")
    for title, blocks in BLOCKS.items():
        rows = "".join(f"| `{name}` | {' '.join((make.__doc__ or '').split())} |\n" for name, make in blocks.items())
        before, heading, rest = page.partition(f"\n## {title}\n")
        intro, rule, rest = rest.partition("|---|---|\n")
        page = before + heading + intro + rule + rows + re.sub(r"\A(\|.*\n)*", "", rest)
    golden("../../docs/blocks.md", page)


def test_the_help_page_names_every_exit_code() -> None:
    assert [] == [
        code for code in ("0 fine", "1 findings", "2 wrong usage", "3 a fault", "130 interrupted") if code not in HELP
    ]


def test_every_dependency_has_its_reason() -> None:
    project = read("pyproject.toml")
    wanted = re.findall(r'^    "([\w-]+)[><=]', project[: project.index("[project.scripts]")], re.M)
    assert [] == [name for name in wanted if name.lower() not in read("CONTRIBUTING.md").lower()]


def test_no_file_names_an_address_of_a_registry_or_a_path_of_one_machine() -> None:
    files = [ROOT / name for name in ("requirements.txt", "pyproject.toml", "Makefile", ".ci/run")]
    found = [
        path.name
        for path in files
        if re.search(r"https?://\S*(pypi|pythonhosted|npmjs)|/(home|root)/\w", path.read_text())
    ]
    assert [] == found


def test_every_part_of_a_package_and_every_check_of_it_is_documented() -> None:
    page = read("docs/package.md")
    assert [] == [each for each in PackagePart if f"| `{each}` |" not in page]
    assert [] == [name for name in (CHECKSUMS.name, AGAIN, STANDARDS) if f"| {name} |" not in page]


def test_the_workbench_is_shown_in_pictures_that_a_script_takes() -> None:
    shown = re.findall(r"^!\[(.+)\]\(workbench/([a-z]+)\.png\)$", read("docs/workbench.md"), re.M)
    assert all(len(words.split()) > 4 for words, _ in shown)
    names = sorted(picture.name for picture in PICTURES)
    taken = {path.name: path.read_bytes() for path in (ROOT / "docs" / "workbench").iterdir()}
    assert names == sorted(name for _, name in shown) == sorted(name.removesuffix(".png") for name in taken)
    sizes = {(Image.open(BytesIO(content)).format, Image.open(BytesIO(content)).size) for content in taken.values()}
    assert {("PNG", (WIDTH, HEIGHT))} == sizes
    assert [] == [name for name, content in taken.items() if len(content) > 150_000]


def test_the_page_of_installation_has_every_extra_and_every_way_to_paper() -> None:
    page = read("docs/install.md")
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert [] == [extra for extra in project["optional-dependencies"].keys() - {"dev"} if f"`{extra}`" not in page]
    lines = [line for ways in WAYS.values() for way in ways for line in re.findall(r": (.*?)(?:, then|$)", way)]
    assert 9 == len(lines)
    assert ["install MSYS2"] == [line for line in lines if f"`{line}`" not in page]
    assert {__version__} == set(re.findall(r"reporter-(\d[\w.]*)-py3", page + read("README.md")))
    assert f"Python {project['requires-python'].removeprefix('>=')} or later" in page


def test_what_the_project_says_of_itself_is_what_an_index_takes() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert [] == [each for each in project["classifiers"] if each not in classifiers]
    # The licence is an expression, beside which no classifier may stand.
    assert (sorted(project["classifiers"]), "EUPL-1.2") == (project["classifiers"], project["license"])
    assert (
        f"Programming Language :: Python :: {project['requires-python'].removeprefix('>=')}" in project["classifiers"]
    )
    assert project["keywords"]


def test_the_changelog_says_unreleased_and_every_form_of_text_is_documented() -> None:
    assert "## Unreleased" in read("CHANGELOG.md")
    assert set(FILTERS) == set(re.findall(r"\\\| ([a-z_]+)", read("docs/text.md")))


def test_every_format_column_and_word_of_the_exports_is_documented() -> None:
    words = (
        *FORMATS,
        *HEADS,
        *COVERAGE_HEADS,
        *ORIGIN_HEADS,
        *Availability,
        *CellOrigin,
        *TransmissionShape.model_fields,
    )
    told = read("docs/export.md")
    assert [] == [word for word in words if f"`{word}`" not in told]
    assert "`decisions`" in told
    assert "decisions" in ComponentShape.model_fields


PAGES = {"docs/year.md": ("year", "country"), "docs/settings.md": ("workspace",)}
KINDS = [kind for kinds in PAGES.values() for kind in kinds]


@pytest.mark.parametrize(("page", "kinds"), PAGES.items())
def test_every_key_of_a_file_is_documented_in_their_order(page: str, kinds: tuple[str, ...], golden: Golden) -> None:
    golden(f"../../{page}", rewritten(read(page), kinds))


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_a_file_has_a_meaning_and_an_example(kind: str) -> None:
    keys = [(shape, key, field) for shape in shapes_in(SHAPES[kind]) for key, field in shape.model_fields.items()]
    lacking = [(shape, key) for shape, key, field in keys if not field.description]
    lacking += [(shape, key) for shape, key, field in keys if not (line_of(shape, key) or shapes_in(field.annotation))]
    words = {words for _, _, field in keys for words in words_in(field.annotation)}
    lacking += [(each, word) for each in words for word in each if not word.meaning]
    assert [] == [f"{owner.__name__}.{key}" for owner, key in lacking]
    assert [] == [written for written, when in values() if not when]


@pytest.mark.parametrize("page", PAGES)
def test_every_example_of_a_page_is_read_without_a_finding(page: str) -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", read(page), re.M | re.S)
    assert {block: [] for block in blocks} == {block: list(read_with(block)) for block in blocks}


def read_with(block: str) -> tuple[Finding, ...]:
    """What is wrong in the workspace of the examples, with other lines for what stands in a block."""
    sections = sections_of(block)
    (kind,) = [kind for kind in KINDS if sections.keys() <= SHAPES[kind].model_fields.keys()][:1]
    text = "".join((sections_of(example_text(kind)) | sections).values())
    return load_dataset(folder_files(EXAMPLES).overlay({FILES[kind]: text.encode()}), ["XX"]).findings
