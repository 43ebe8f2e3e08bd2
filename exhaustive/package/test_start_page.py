"""The page that a package begins with in a browser, and the figures as an office reads them as that page says."""

import csv
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser

from exhaustive.nu import faults_of_html
from reporter.cli.group import run
from reporter.formats.bagit import open_package
from tests.chromium import chromium, violations
from tests.fixtures import LITHUANIA, copy_workspace

RECIPIENTS = """\
recipients:
  readers: {channel: folder, folder: out, language: lt, gets: [csv, metadata], audience: public,
            name: {en: Readers, lt: Skaitytojai}}
  others: {channel: folder, folder: out, language: en, gets: [csv, metadata], audience: restricted,
           name: {en: Others}}
"""
# As the page says: commas, UTF-8, from the first line on, English (USA). 44 and 34 are the characters , and ".
FILTER = "CSV:44,34,76,1,,1033,false,true"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked packages for both of them."""
    root = tmp_path_factory.mktemp("start")
    copy_workspace(LITHUANIA, root / "work")
    settings = root / "work" / "reporter.yaml"
    settings.write_text(settings.read_text().replace("recipients:\n", RECIPIENTS))
    for code, name in (("readers", "LT-2020-readers"), ("others", "LT-2020-restricted-others")):
        assert 0 == run(["package", "LT", "2020", "--to", code, "-q", "-w", str(root / "work")])
        package = open_package(root / "work" / "build/LT/2020/package" / f"{name}.zip")
        for each in package.names:
            (root / name / each).parent.mkdir(parents=True, exist_ok=True)
            (root / name / each).write_bytes(package.read(each))
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def pages(folder: Path) -> list[Path]:
    found = sorted(folder.glob("LT-*/data/start.html"))
    assert 2 == len(found)
    return found


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(folder, browser, scheme, width):
    for path in pages(folder):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(path.as_uri())
        page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
        assert [] == violations(page)
        assert width == page.evaluate("() => document.documentElement.scrollWidth")
        page.close()


def test_the_nu_html_checker_finds_nothing(folder):
    assert [] == faults_of_html(*pages(folder))


def test_every_link_leads_to_a_file(folder, browser):
    for path in pages(folder):
        page = browser.new_page()
        page.goto(path.as_uri())
        links = page.evaluate("() => [...document.querySelectorAll('a')].map(each => each.href)")
        assert [] == [each for each in links if not Path(each.removeprefix("file://")).is_file()]
        page.close()


def test_libreoffice_reads_the_figures_as_the_page_says_whatever_the_language_of_the_machine(folder, tmp_path):
    (given,) = folder.glob("LT-2020-readers/data/figures/*-observations.csv")
    head, line, *rest = given.read_text(encoding="utf-8").splitlines(keepends=True)
    assert ",2009,23," in line
    source = tmp_path / given.name
    source.write_text("".join((head, line.replace(",2009,23,", ",2009,23.75,"), *rest)), encoding="utf-8")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", f"--infilter={FILTER}", "--convert-to", "xlsx"]
    command += ["--outdir", str(tmp_path), str(source)]
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(tmp_path), "LC_ALL": "lt_LT.UTF-8"}
    subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
    (sheet,) = openpyxl.load_workbook(tmp_path / f"{source.stem}.xlsx").worksheets
    heads, *lines = csv.reader(source.read_text(encoding="utf-8").splitlines())
    read_heads, *rows = sheet.iter_rows(values_only=True, max_col=len(heads))
    assert heads == list(read_heads)
    place = heads.index("value")
    stated = [(row[place], line[place]) for row, line in zip(rows, lines, strict=True) if line[place]]
    assert stated
    assert [] == [pair for pair in stated if not isinstance(pair[0], int | float) or pair[0] != float(Decimal(pair[1]))]
    note = heads.index("note")
    assert [line[note] for line in lines] == [row[note] or "" for row in rows]
