"""What an edition prints of a section: every part once, new words over old, and nothing that nobody decided on."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.records import Vintage, vintage
from reporter.editions.checked import blocking_findings, load_checked
from reporter.text.markdown import effective_passages
from tests import small
from tests.snapshots import MEMORY, snapshot

YEARS = (2018, 2019, 2020)
LANGUAGES = ("en", "lt")
SETTINGS = "title: {en: Small, lt: Maža}\nlanguages: [en, lt]\n"
PARTS = ("a", "b", "c")


def editions(root: Path, texts: Mapping[str, str], more: Mapping[str, str] = {}) -> list[Vintage]:
    """The editions of three years with these texts; a name is that of a file below text/."""
    files = {small.TEXT: None, "reporter.yaml": SETTINGS} | dict(more)
    data = small.load(root, files | {f"data/XX/text/{name}.md": text for name, text in texts.items()})
    return [vintage(data, "XX", year) for year in YEARS]


def printed(known: Vintage, language: str = "en") -> list[str]:
    found = effective_passages(known, "prevention", language)
    words = ((each.headline.markdown if each.headline else "", each.markdown, each.year) for each in found)
    return [f"{' '.join(f'{headline} {text}'.split())} ({year})" for headline, text, year in words]


WHOLE = "# prevention: Head\n\nLead.\n\n## A {#a}\n\nOld a.\n\n## B {#b}\n\nOld b.\n"


def test_a_part_that_ended_comes_back_at_the_end_when_it_is_written_again(tmp_path):
    ended, again = "# prevention\ncarry: rest\n## A {#a}\n", "# prevention\ncarry: rest\n## A {#a}\n\nAgain.\n"
    found = printed(editions(tmp_path, {"en/2018": WHOLE, "en/2019": ended, "en/2020": again})[2])
    assert ["Head Lead. (2018)", "## B Old b. (2018)", "## A Again. (2020)"] == found
    # What is still to be written ends nothing, and a new headline replaces the old one alone.
    new = "# prevention: New\ncarry: rest\n## B {#b}\n<!-- to be written -->\n"
    found = printed(editions(tmp_path, {"en/2018": WHOLE, "en/2019": new, "en/2020": "# prevention\ncarry: rest\n"})[2])
    assert ["New (2019)", "Lead. (2018)", "## A Old a. (2018)", "## B Old b. (2018)"] == found


def test_a_section_is_never_of_two_languages(tmp_path):
    new = "# prevention\ncarry: rest\n## C {#c}\n\nNew c.\n"
    found = effective_passages(
        editions(tmp_path, {"en/2018": WHOLE, "lt/2018": WHOLE, "en/2019": new})[1], "prevention", "lt"
    )
    assert [("en", ""), ("en", "a"), ("en", "b"), ("en", "c")] == [(each.language, each.part) for each in found]


# What a year writes of the section: whether it carries the rest, has a lead, and its parts, each full or empty.
Written = tuple[bool, bool, list[tuple[str, bool]]]
Texts = Mapping[tuple[str, int], Written]
NAMES = ("prevention", *(f"prevention.{part}" for part in PARTS))
parts = st.lists(st.tuples(st.sampled_from(PARTS), st.booleans()), unique_by=lambda each: each[0])
texts = st.dictionaries(
    st.tuples(st.sampled_from(LANGUAGES), st.sampled_from(YEARS)), st.tuples(st.booleans(), st.booleans(), parts)
)
decided = st.dictionaries(st.sampled_from(YEARS), st.sets(st.sampled_from(NAMES), min_size=1))


def text_of(language: str, year: int, written: Written) -> str:
    carries, lead, below = written
    said = f"\n{language} {year}.\n\n"
    titles = "".join(f"## {part} {{#{part}}}\n{said if full else ''}" for part, full in below)
    return f"# prevention\n{'carry: rest' if carries else ''}\n{said if lead else ''}{titles}"


def expected(known: Texts, language: str, until: int) -> list[tuple[str, str, int]]:
    """What an edition should print, worked out one year after the other: part, language and year."""
    last = {each: max((year for of, year in known if of == each and year <= until), default=0) for each in LANGUAGES}
    of = max((language, *LANGUAGES), key=lambda each: last[each])
    state: dict[str, int] = {}
    for year in (each for each in YEARS if each <= until and (of, each) in known):
        carries, lead, below = known[of, year]
        state = state if carries else {}
        if lead:
            state = {"": year} | {part: since for part, since in state.items() if part}
        for part, full in below:
            state[part] = year
            if not full:
                del state[part]
    return [(part, of, year) for part, year in state.items()]


def laid_out(known: Texts, decisions: Mapping[int, set[str]]) -> dict[str, str | None]:
    files: dict[str, str | None] = {small.TEXT: None, "reporter.yaml": SETTINGS}
    for year in YEARS:
        named = ", ".join(sorted(decisions.get(year, ())))
        held = f"still_holds: [{{texts: [{named}], by: Office, day: 2030-01-{year - 2000}}}]\n" if named else ""
        files[f"data/XX/{year}.yaml"] = f"year: {year}\nsource: police\nstatus: final\n{held}"
    for (language, year), written in known.items():
        files[f"data/XX/text/{language}/{year}.md"] = text_of(language, year, written)
    return files


@settings(max_examples=12)
@given(texts, decided)
def test_every_part_is_printed_once_in_its_newest_words_and_only_when_decided(known, decisions):
    with TemporaryDirectory() as folder:
        checked = load_checked(snapshot(small.write(Path(folder), laid_out(known, decisions))), "XX", memory=MEMORY)
    for year in YEARS:
        place, said = vintage(checked.dataset, "XX", year), decisions.get(year, set())
        carried = set()
        for language in LANGUAGES:
            found = effective_passages(place, "prevention", language)
            assert expected(known, language, year) == [(each.part, each.language, each.year) for each in found]
            carried |= {each.name for each in found if each.year < year}
        waiting = set() if "prevention" in said else carried - said
        assert waiting == {each.undecided for each in blocking_findings(checked, year)} - {""}
