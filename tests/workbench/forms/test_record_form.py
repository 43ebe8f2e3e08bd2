"""A form of every record: unchanged it writes nothing, and one field changes one path."""

import difflib

import pytest

from reporter.data.files.sources import Sources
from reporter.data.read.entry_fields import ENTRIES, Holding, entry_fields, record_name
from reporter.data.read.key_examples import shapes_in
from reporter.data.read.record_shapes import shape_of
from reporter.data.read.shapes import SHAPES, CountryListShape
from reporter.data.records import OwnMeaning
from reporter.data.records.protection import FigureWeight, Threshold
from reporter.workbench.lists.form_inputs import title_of_field
from reporter.workbench.lists.record_form import RecordPlace, posted_record, record_form, record_steps
from scripts.messages import FORMED, UNFORMED
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import snapshot, translated
from tests.workbench.forms.record_forms import every_place, ground, posted, written


@pytest.mark.parametrize(("root", "language"), [(LITHUANIA, "lt"), (RURITANIA, "en")])
def test_a_form_that_was_not_typed_into_writes_nothing(root, language: str) -> None:
    speaking, sources = ground(language), snapshot(root)
    found = []
    for place in every_place(sources):
        read = posted_record(place, speaking, sources, posted(record_form(place, speaking, sources)))
        assert ({}, None) == (read.problems, read.conflict), place.path
        found += [place.path] if record_steps(place, speaking, sources, read.target) else []
    assert [] == found


FILE, LIST, MEANING = "data/XX/country.yaml", "data/XX/2021.yaml", "indicators"
FILES = {
    FILE: b"""\
code: XX
mappings: {glotip: Ruritania}
indicators:
  victims.identified:
    short: {en: by the police}
""",
    LIST: b"""\
year: 2021
countries:
  - kind: origin
    named: unanswered  # 2020: UA
    groups: [{en: other countries}, {en: a third one}]
    note: {en: first, lt: pirma}
""",
}
MEANT = RecordPlace(FILE, (MEANING, "victims.identified"), shape_of(OwnMeaning))
NAMED = RecordPlace(LIST, ("countries", "0"), CountryListShape)


def lines(place: RecordPlace, typed: dict[str, str]) -> list[str]:
    """The lines of a file that differ once something was typed; else what is wrong."""
    sources = Sources.from_contents(FILES)
    form = record_form(place, ground(), sources)
    read = posted_record(place, ground(), sources, {**posted(form), **typed})
    if read.problems:
        return [f"{name}: {each.message}" for name, each in read.problems.items()]
    after = written(sources, record_steps(place, ground(), sources, read.target))
    before, now = (one[place.file].content.decode().splitlines() for one in (sources, after))
    return [each for each in difflib.ndiff(before, now) if each[0] in "+-"]


def test_mappings_groups_and_open_lists_are_written_as_they_were_typed_and_what_is_emptied_goes() -> None:
    words = {"v:definitions/+/en": "Victims whom a court heard."}
    assert ["definitions/+: the name is missing"] == lines(MEANT, words)
    named = {**words, "v:definitions/+": "by_court"}
    assert ["+     definitions:", '+       by_court: {en: "Victims whom a court heard."}'] == lines(MEANT, named)
    country = RecordPlace(FILE, (), SHAPES["country"], keys=("mappings",))
    assert ["- mappings: {glotip: Ruritania}", "+ mappings: {glotip: Ruritania, eurostat: XX}"] == lines(
        country, {"v:mappings/+": "eurostat", "v:mappings/+/value": "XX"}
    )
    assert ["-     note: {en: first, lt: pirma}", "+     note: {lt: pirma}"] == lines(NAMED, {"v:note/en": ""})
    assert ["-     note: {en: first, lt: pirma}"] == lines(NAMED, {"v:note/en": "", "v:note/lt": ""})
    assert ["kind: it is not filled in"] == lines(NAMED, {"v:kind": ""})
    both = "-     groups: [{en: other countries}, {en: a third one}]"
    assert [both, "+     groups: [{en: a third one}]"] == lines(NAMED, {"v:groups/0/en": ""})
    third = {"v:groups/2/lt": "dar viena"}
    assert [both, '+     groups: [{en: other countries}, {en: a third one}, {lt: "dar viena"}]'] == lines(NAMED, third)
    open_line = "-     named: unanswered  # 2020: UA"
    answered = lines(NAMED, {"v:named": "Ukraine, viet nam; NO\r\nBonaire, Sint Eustatius, and Saba"})
    assert ["named: unknown country 'viet nam'"] == answered
    assert [open_line, "+     named: [UA, VN, NO]  # 2020: UA"] == lines(NAMED, {"v:named": "Ukraine, Vietnam;NO"})
    assert [] == lines(NAMED, {"v:named": "..."})


def test_what_another_wrote_is_told_only_where_it_is_the_same_value() -> None:
    sources = Sources.from_contents(FILES)
    told = posted(record_form(NAMED, ground(), sources))
    changed = sources.overlay({LIST: FILES[LIST].replace(b"en: first", b"en: second")})
    mine = posted_record(NAMED, ground(), changed, {**told, "v:note/lt": "antra"})
    assert (None, {"en": "second", "lt": "antra"}) == (mine.conflict, mine.target["note"])
    both = posted_record(NAMED, ground(), changed, {**told, "v:note/en": "third"}).conflict
    assert ("third", "second", "first") == (both.mine, both.theirs, both.base)
    assert posted_record(NAMED, ground(), changed, {**told, "v:note/en": "second"}).conflict is None
    gone = sources.overlay({LIST: b"year: 2021\n"})
    lost = posted_record(NAMED, ground(), gone, {**told, "v:note/en": "third"}).conflict
    assert ("third", "", "first") == (lost.mine, lost.theirs, lost.base)


def test_every_key_that_a_form_asks_for_has_a_title() -> None:
    shapes = {shape for kind in FORMED for shape in shapes_in(SHAPES[kind])} - set(UNFORMED)
    english = translated("en")
    missing = {
        f"{record_name(shape)}.{each.key}"
        for shape in shapes
        for each in entry_fields(shape)
        if each.holding not in (*ENTRIES, Holding.OTHER)
        and title_of_field(record_name(shape), each, english) == each.key
    }
    assert set() == missing


@pytest.mark.parametrize("record", [FigureWeight, Threshold])
def test_the_figures_of_a_rule_are_indicators_and_not_pictures(record: type) -> None:
    (field,) = (each for each in entry_fields(shape_of(record)) if each.key == "figures")
    assert "Rodikliai" == title_of_field(record.__name__, field, translated("lt"))
