"""The text for the Commission's page: put into a bare page as somebody would paste it, and of values by chance."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from exhaustive.nu import faults_of_html
from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Audience
from reporter.editions.job import Job
from reporter.editions.making.exports import extract_of, make_page
from reporter.editions.public.public_files import for_audience
from tests import small
from tests.chromium import chromium, violations
from tests.editions import ENGLISH, checked
from tests.export.extracts import extract
from tests.export.test_commission_page import page as page_of
from tests.export.test_commission_page import says, under

HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>'


def test_in_a_bare_page_it_passes_axe_and_nu_and_fits_a_phone(tmp_path: Path) -> None:
    files = make_page(extract_of(checked("LT"), Job("LT", 2020, "en"), ENGLISH, None))
    (fragment,) = (content.decode() for name, content in files.items() if name.endswith(".html"))
    assert "class=" not in fragment
    file = tmp_path / "page.html"
    file.write_text(f"{HEAD}<body><main><h1>A page</h1>\n{fragment}</main></body></html>\n", encoding="utf-8")
    assert [] == faults_of_html(file)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 700})
        page.goto(file.as_uri())
        assert [] == violations(page)
        assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")


def of_values(stated, hidden, texts):
    """Three years of one figure; the file of the last one withholds what is hidden of all of them."""
    files, later = dict(small.FILES), []
    for year in (2018, 2019, 2020):
        own = {name: number for (of, name), number in stated.items() if of == year}
        parts = [f"{name}: {number}" for name, number in own.items() if name != "total"]
        for name in sorted(name for of, name in hidden if of == year and name in own):
            figure = "victims.identified" if name == "total" else f"victims.identified.{name}"
            later.append(f"{{figure: {figure}, year: {year}, was: {own[name]}, now: suppressed, reason: {{en: Why.}}}}")
            if year == 2020:
                later.pop()
                own[name] = "suppressed"
        parts = [f"{name}: {number}" for name, number in own.items() if name != "total"]
        said = [f"total: {own['total']}"] if "total" in own else []
        said += [f"by person: {{{', '.join(parts)}}}"] if parts else []
        figures = f"figures: {{victims.identified: {{{', '.join(said)}}}}}\n" if said else ""
        files[f"data/XX/{year}.yaml"] = f"year: {year}\nsource: police\nstatus: final\n{figures}"
        files[f"data/XX/text/en/{year}.md"] = f"# victims\n\n{printable(texts[year], year, own)}\n"
    files[small.YEAR] += f"revisions: [{', '.join(later)}]\n" if later else ""
    contents = {name: each.encode() for name, each in files.items()}
    shown = for_audience(Sources.from_contents(contents), Audience.PUBLIC)
    dataset, findings = load_dataset(shown, ("XX",))
    assert () == findings
    return dataset


def printable(text: str, year: int, own) -> str:
    """A text of which every value is known in its year, else none."""
    needed = ("total", "women") if "women" in text else ("total",)
    return text.format(year=year) if all(isinstance(own.get(name), int) for name in needed) else ""


PARTS = ("women", "men", "children")


VALUES = st.fixed_dictionaries(
    {name: st.one_of(st.none(), st.integers(0, 40), st.integers(1000, 99999)) for name in ("total", *PARTS)}
)


HIDDEN = st.sets(st.tuples(st.sampled_from([2018, 2019, 2020]), st.sampled_from(["total", *PARTS])), max_size=3)


TEXTS = (
    "In {year}, {{{{ victims.identified }}}} victims were identified; {{{{ victims.identified.women }}}} were women.",
    "{{{{ victims.identified | change_sentence }}}}",
    "Nobody knows more of {year}.",
)


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(dict.fromkeys((2018, 2019, 2020), VALUES)),
    HIDDEN,
    st.fixed_dictionaries({year: st.sampled_from(["", *TEXTS]) for year in (2018, 2019, 2020)}),
)
def test_every_value_that_may_be_told_is_told_and_no_other(values, hidden, texts):
    """Values hidden by the file of 2020 are those that earlier files and their texts still print."""
    stated = {
        (year, name): number for year, found in values.items() for name, number in found.items() if number is not None
    }
    given = {key: number for key, number in stated.items() if key not in hidden}
    text = page_of(extract(of_values(stated, hidden, texts), "XX", 2020))
    for (year, name), number in given.items():
        assert says(under(text, "Investigation and prosecution", str(year)), number), (year, name)
    secret = {number for key, number in stated.items() if key in hidden} - {*given.values()}
    assert [] == [number for number in secret if number > 40 and says(text, number)]
