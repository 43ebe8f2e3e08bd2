"""Ruritania with something broken in it, and what the rules find there."""

import re
import shutil
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from reporter.check import check
from reporter.data.errors import Finding, Mark
from reporter.data.records import CountryData, Dataset, EditionStatus, Observation, Passage, YearFile
from reporter.editions.search_cache import KeptSearches
from tests.fixtures import RURITANIA
from tests.snapshots import MEMORY, dataset_of, snapshot

YEAR, TEXT = "data/XX/2022.yaml", "data/XX/text/en/2022.md"
# Their words stand in the texts, which the broken files replace.
RECOMMENDATIONS = re.compile(r"(?m)^(?:earlier_)?recommendations:\n(?: .*\n)+")
# What a text or year that stands in the place of all others brings with it.
EARLIER = ("undecided-text", "left-undecided", "decision-not-needed", "code-vanished")
FORMS = ("sexual", "labour", "begging", "marriage")


def checked(root: Path) -> tuple[Finding, ...]:
    """What is found in a workspace; an edition of which no file differs is searched once for all tests."""
    dataset, known = dataset_of(root, ("XX",)), KeptSearches(None, "", snapshot(root), "XX", MEMORY)
    return check(dataset.countries[0], dataset, searches=known)


def line(finding: Finding) -> str:
    return str(finding).splitlines()[0].removeprefix(f"{finding.mark.path}:")


def lay_over(broken: Path, root: Path) -> Path:
    """Ruritania with one file replaced by a broken one; without text where figures are broken, since it prints them.
    What stands below `# country` takes the place of the offices and law in the file of the country, what stands below
    `# text` is the text of the year, of 2021 where something of that year is changed. What stands below `# protection`
    is what the year withholds from the public."""
    shutil.copytree(RURITANIA, root)
    for year in ("2021", "2022"):
        file = root / YEAR.replace("2022", year)
        file.write_text(RECOMMENDATIONS.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    before = root / TEXT.replace("2022", "2021")
    before.write_text(before.read_text(encoding="utf-8").partition("\n# recommendations")[0], encoding="utf-8")
    first, rest = broken.read_text(encoding="utf-8").split("\n", 1)
    if broken.suffix == ".yaml":
        shutil.rmtree(root / "data/XX/text")
        rest, _, decisions = rest.partition("# protection\n")
        if decisions:
            (root / "data/XX/protection").mkdir()
            (root / "data/XX/protection/2022.yaml").write_text(decisions, encoding="utf-8")
        rest, _, text = rest.partition("# text\n")
        if text:
            (root / TEXT).parent.mkdir(parents=True)
            (root / (TEXT.replace("2022", "2021") if "# 2021\n" in rest else TEXT)).write_text(text, encoding="utf-8")
        earlier = (root / "data/XX/2021.yaml").read_text(encoding="utf-8").partition("still_holds:")[0]
        rest, _, last = rest.partition("# 2021\n")
        (root / "data/XX/2021.yaml").write_text(f"{earlier}{last}", encoding="utf-8")
        rest, _, offices = rest.partition("# country\n")
        if offices:
            country = root / "data/XX/country.yaml"
            head = country.read_text(encoding="utf-8").partition("\ncontacts:")[0]
            country.write_text(f"{head}\n{offices}", encoding="utf-8")
        if "still_holds:" in rest:
            (root / TEXT).parent.mkdir(parents=True)
            (root / TEXT.replace("2022", "2019")).write_text("# coordination\n\nThe Commission.\n", encoding="utf-8")
        (root / YEAR).write_text(f"{first}\n{rest}", encoding="utf-8")
    else:
        english, mark, lithuanian = re.sub(r"^<!-- hint: .* -->", "", rest).partition("<!-- lt -->")
        english, _, earlier = english.partition("<!-- 2021 -->")
        (root / TEXT).write_text(f"\n{english}", encoding="utf-8")
        english, _, settings = english.partition("<!-- reporter.yaml\n")
        if settings:
            (root / TEXT).write_text(f"\n{english}", encoding="utf-8")
            with (root / "reporter.yaml").open("a", encoding="utf-8") as more:
                more.write(settings.partition("-->")[0])
        if earlier:
            (root / TEXT.replace("2022", "2021")).write_text(earlier, encoding="utf-8")
        if mark:
            speak_twice(root, lithuanian)
    return root


def speak_twice(root: Path, text: str) -> None:
    """Publishes Ruritania in a second language, with the same texts but for that of the last year."""
    shutil.copytree(root / "data/XX/text/en", root / "data/XX/text/lt")
    (root / "data/XX/text/lt/2022.md").write_text(text, encoding="utf-8")
    settings = (root / "reporter.yaml").read_text(encoding="utf-8")
    (root / "reporter.yaml").write_text(settings.replace("[en]", "[en, lt]"), encoding="utf-8")


@dataclass(frozen=True)
class Example:
    """A file of tests/data/broken: the finding it is for and, where it is told, what to do. It is named RULE.yaml, or
    RULE.BRANCH.yaml where the rule finds something else too."""

    path: Path

    @property
    def rule(self) -> str:
        return self.path.name.partition(".")[0]

    @property
    def expected(self) -> str:
        return re.sub(r"^(# |<!-- )|( -->)$", "", self.path.read_text(encoding="utf-8").splitlines()[0])

    @property
    def hint(self) -> str:
        _, second, *_ = self.path.read_text(encoding="utf-8").splitlines()
        found = re.fullmatch(r"(?:# |<!-- )hint: (.*?)(?: -->)?", second)
        return found[1] if found else ""


def told(dataset: Dataset, year: int, section: str, markdown: str) -> list[str]:
    passage = Passage(section, "en", year, markdown, Mark(f"data/XX/text/en/{year}.md", 2))
    findings = check(replace(dataset.countries[0], passages=(passage,)), dataset)
    return [line(each) for each in findings if each.mark.path.endswith(".md") and each.code not in EARLIER]


def invented(dataset: Dataset, *figures: Observation) -> set[tuple[str, int | None]]:
    years = sorted({each.year for each in figures})
    files = tuple(
        YearFile(year=year, status=EditionStatus.FINAL, source="", mark=Mark(f"data/XX/{year}.yaml")) for year in years
    )
    country = replace(dataset.countries[0].country, provisions=())
    data = CountryData(country, files, figures, (), (), (), (), (), ())
    return {(each.code, each.year) for each in check(data, dataset) if each.code != "jump"}


def figure(indicator: str, value: int, year: int = 2022, code: str = "", **more: object) -> Observation:
    axis = "" if not code else "form" if code in FORMS else "person"
    mark = Mark(f"data/XX/{year}.yaml", len(indicator), len(code) + 1)
    seen = Observation("XX", year, indicator, Decimal(value), mark, year, "", axis, code)
    return replace(seen, **more)


counts = st.integers(0, 300)
