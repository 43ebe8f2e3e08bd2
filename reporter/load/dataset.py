"""Files of a workspace to a dataset; every value keeps its file and line."""

from collections.abc import Iterable
from pathlib import Path

from reporter.errors import DataError, Finding, Mark, Severity
from reporter.load.catalogue import read_catalogue, read_settings
from reporter.load.country import read_country
from reporter.load.figures import Origin
from reporter.load.reading import ReadError, read_text, read_yaml
from reporter.load.shapes import CountryShape, YearShape
from reporter.load.text import read_passages
from reporter.load.validation import validate
from reporter.load.year import YEAR, YearContent, read_year
from reporter.model import Catalogue, Country, CountryData, Dataset, Passage


def load_dataset(root: Path, countries: Iterable[str]) -> Dataset:
    """The dataset of these countries of a workspace; raises DataError with every error of every file."""
    settings, settings_tree = read_settings(root)
    catalogue, catalogue_tree = read_catalogue(root)
    findings = [*settings_tree.findings, *catalogue_tree.findings]
    loaded = []
    if catalogue:
        for code in countries:
            data, problems = _load_country(root, code, catalogue)
            findings += problems
            loaded.append(data)
    if findings or settings is None or catalogue is None:
        raise DataError(tuple(sorted(findings, key=lambda each: each.mark)))
    return Dataset(settings, catalogue, tuple(data for data in loaded if data))


def _load_country(root: Path, code: str, catalogue: Catalogue) -> tuple[CountryData | None, list[Finding]]:
    country, findings = _country(root, code, catalogue)
    contents: list[YearContent] = []
    for path in sorted((root / "data" / code).glob("*.y*ml")):
        if path.name != "country.yaml":
            content, problems = _year(root, code, path, catalogue)
            findings += problems
            contents += [content] if content else []
    passages, problems = _passages(root, code)
    findings += problems
    return (_join(country, contents, passages) if country else None), findings


def _join(country: Country, contents: list[YearContent], passages: list[Passage]) -> CountryData:
    return CountryData(
        country,
        tuple(each.file for each in contents),
        tuple(seen for each in contents for seen in each.observations),
        tuple(seen for each in contents for seen in each.revisions),
        tuple(seen for each in contents for seen in each.restated),
        tuple(seen for each in contents for seen in each.activities),
        tuple(seen for each in contents for seen in each.lists),
        tuple(passages),
        tuple(seen for each in contents for seen in each.accepted),
    )


def _country(root: Path, code: str, catalogue: Catalogue) -> tuple[Country | None, list[Finding]]:
    tree = read_yaml(root, f"data/{code}/country.yaml")
    shape = validate(tree, CountryShape)
    if shape is None:
        return None, tree.findings
    # A law is in force whatever the year; its figures carry the year 0 and are addressed without one.
    country = read_country(Origin(tree, catalogue, code, 0, shape.source), shape)
    return country, tree.findings


def _year(root: Path, code: str, path: Path, catalogue: Catalogue) -> tuple[YearContent | None, list[Finding]]:
    name = f"data/{code}/{path.name}"
    if not YEAR.fullmatch(path.stem) or path.suffix != ".yaml":
        hint = "name it after its year, such as 2020.yaml"
        return None, [Finding(Severity.ERROR, "file-name", "not the name of a year's file", Mark(name), hint)]
    tree = read_yaml(root, name)
    shape = validate(tree, YearShape)
    if shape is None:
        return None, tree.findings
    content = read_year(Origin(tree, catalogue, code, int(path.stem), shape.source), shape)
    return content, tree.findings


def _passages(root: Path, code: str) -> tuple[list[Passage], list[Finding]]:
    passages: list[Passage] = []
    findings: list[Finding] = []
    for path in sorted((root / "data" / code / "text").glob("*/*.md")):
        name = f"data/{code}/text/{path.parent.name}/{path.name}"
        if not YEAR.fullmatch(path.stem):
            hint = "name it after its year, such as 2020.md"
            findings.append(Finding(Severity.ERROR, "file-name", "not the name of a year's text", Mark(name), hint))
            continue
        try:
            found, problems = read_passages(read_text(root, name), name, path.parent.name, int(path.stem))
        except ReadError as problem:
            findings.append(problem.finding)
            continue
        passages += found
        findings += problems
    return passages, findings
