"""Files of a workspace to a dataset; every value keeps its file and line."""

import re
from collections.abc import Iterable
from pathlib import Path, PurePath

from reporter.errors import DataError, Finding, Mark, Severity
from reporter.load.catalogue import read_catalogue, read_settings
from reporter.load.country import read_country
from reporter.load.figures import Origin
from reporter.load.shape_errors import validate
from reporter.load.shapes import CountryShape, YearShape
from reporter.load.text import read_passages
from reporter.load.yaml_tree import ReadError, Tree, read_text, read_yaml
from reporter.load.year import YEAR, YearContent, read_year
from reporter.model import Catalogue, Country, CountryData, Dataset, Passage

TEXTS = "*.[mM][dD]"
LANGUAGE = re.compile(r"[a-z]{2,3}")


def load_dataset(root: Path, countries: Iterable[str]) -> Dataset:
    """The dataset of these countries of a workspace; raises DataError with every error of every file."""
    settings, settings_tree = read_settings(root)
    catalogue, catalogue_tree = read_catalogue(root)
    trees = [settings_tree, catalogue_tree]
    loaded, findings = [], []
    if catalogue:
        for code in countries:
            data, files, problems = _load_country(root, code, catalogue)
            trees += files
            findings += problems
            loaded.append(data)
    findings += [finding for tree in trees for finding in tree.findings]
    if findings or settings is None or catalogue is None:
        raise DataError(tuple(sorted(findings, key=lambda each: each.mark)))
    wordings = tuple(each for tree in trees for each in tree.wordings)
    return Dataset(settings, catalogue, tuple(data for data in loaded if data), wordings)


def _load_country(root: Path, code: str, catalogue: Catalogue) -> tuple[CountryData | None, list[Tree], list[Finding]]:
    """A country, its files, and what is wrong with its texts."""
    country, tree = _country(root, code, catalogue)
    trees = [tree]
    contents: list[YearContent] = []
    paths = [path for path in sorted((root / "data" / code).glob("*.[yY]*[mM][lL]")) if _is_ours(path)]
    for path in paths:
        if path.name != "country.yaml":
            content, tree = _year(root, code, path, catalogue)
            trees.append(tree)
            contents += [content] if content else []
    last = max((int(path.stem) for path in paths if YEAR.fullmatch(path.stem)), default=0)
    passages, problems = _passages(root, code, last)
    return (_join(country, contents, passages) if country else None), trees, problems


def _join(country: Country, contents: list[YearContent], passages: list[Passage]) -> CountryData:
    return CountryData(
        country=country,
        years=tuple(each.file for each in contents),
        observations=tuple(seen for each in contents for seen in each.observations),
        revisions=tuple(seen for each in contents for seen in each.revisions),
        restated=tuple(seen for each in contents for seen in each.restated),
        activities=tuple(seen for each in contents for seen in each.activities),
        lists=tuple(seen for each in contents for seen in each.lists),
        passages=tuple(passages),
        accepted=tuple(seen for each in contents for seen in each.accepted),
        differences=tuple(seen for each in contents for seen in each.differences),
    )


def _country(root: Path, code: str, catalogue: Catalogue) -> tuple[Country | None, Tree]:
    tree = read_yaml(root, f"data/{code}/country.yaml")
    shape = validate(tree, CountryShape)
    if shape is None:
        return None, tree
    # A law is in force whatever the year; its figures carry the year 0 and are addressed without one.
    country = read_country(Origin(tree=tree, catalogue=catalogue, country=code, year=0, source=shape.source), shape)
    return country, tree


def _year(root: Path, code: str, path: Path, catalogue: Catalogue) -> tuple[YearContent | None, Tree]:
    name = f"data/{code}/{path.name}"
    if not YEAR.fullmatch(path.stem) or path.suffix != ".yaml":
        tree = Tree(name)
        tree.error(
            Mark(name), "file-name", "not the name of a year's file", "name it after its year, such as 2020.yaml"
        )
        return None, tree
    tree = read_yaml(root, name)
    shape = validate(tree, YearShape)
    if shape is None:
        return None, tree
    content = read_year(
        Origin(tree=tree, catalogue=catalogue, country=code, year=int(path.stem), source=shape.source), shape
    )
    return content, tree


def _is_ours(path: Path) -> bool:
    """Whether somebody wrote the file on purpose: systems and editors put files with a dot beside those they know."""
    return not path.name.startswith(".")


def _passages(root: Path, code: str, last: int) -> tuple[list[Passage], list[Finding]]:
    passages: list[Passage] = []
    findings: list[Finding] = []
    folder = root / "data" / code / "text"
    for path in sorted(filter(_is_ours, (*folder.glob(TEXTS), *folder.glob(f"[!.]*/{TEXTS}")))):
        name = path.relative_to(root).as_posix()
        misnamed = _misnamed(path.relative_to(folder), code, last)
        if misnamed:
            findings.append(
                Finding(
                    severity=Severity.ERROR, code="file-name", message=misnamed[0], mark=Mark(name), hint=misnamed[1]
                )
            )
            continue
        try:
            found, problems = read_passages(read_text(root, name), name, path.parent.name, int(path.stem))
        except ReadError as problem:
            findings.append(problem.finding)
            continue
        passages += found
        findings += problems
    return passages, findings


def _misnamed(path: PurePath, code: str, last: int) -> tuple[str, str] | None:
    """What is wrong with the place of a text below `text/`, and what to do; None when it is `en/2020.md`."""
    if len(path.parts) == 1:
        return "a text outside the folder of its language", f"move it to data/{code}/text/en/{path.name}"
    if not LANGUAGE.fullmatch(path.parts[0]):
        return f"{path.parts[0]!r} is not the code of a language", "name the folder by a code such as en or lt"
    if not YEAR.fullmatch(path.stem) or path.suffix != ".md":
        return "not the name of a year's text", "name it after its year, such as 2020.md"
    if int(path.stem) > last:
        return f"a text of {path.stem}, but there is no file of that year", f"write data/{code}/{path.stem}.yaml first"
    return None
