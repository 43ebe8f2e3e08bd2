"""The snapshot that an audience may see, whatever the files and however they are written."""

from collections.abc import Collection

import pytest
from hypothesis import given, settings

from reporter.data.errors import DataError, Mark
from reporter.data.files.sources import Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.read.yaml_tree import ReadError, read_yaml
from reporter.data.records import Audience
from reporter.data.records.observation import Key
from reporter.editions.public.country_files import for_public, for_restricted
from reporter.editions.public.public_files import for_audience, written_place
from tests.withhold.withholding import pairs
from tests.write.styles import STYLES

SECRET = "987654321"
SETTINGS = "title: {en: T}\nlanguages: [en, lt]\n"


def workspace(years: dict[int, str], **more: str) -> Sources:
    contents = {"reporter.yaml": SETTINGS, "data/catalogue.yaml": "sources: {}\n"}
    contents |= {f"data/XX/{year}.yaml": text for year, text in years.items()} | {"data/XX/country.yaml": "code: XX\n"}
    return Sources.from_contents({path: text.encode() for path, text in (contents | more).items()})


def public(sources: Sources, also: Collection[Key] = ()) -> dict[str, str]:
    made = for_audience(sources, Audience.PUBLIC, also)
    return {path: str(each.finding) if each.finding else each.content.decode() for path, each in made.items()}


def year(text: str, *, of: int = 2020, also: Collection[Key] = (), **more: str) -> str:
    return public(workspace({of: text}, **more), also)[f"data/XX/{of}.yaml"]


def test_what_withholds_nothing_is_the_snapshot_itself() -> None:
    sources = workspace({2020: "# 1\nfigures: {a.b: {total: 1, by c: {d: 1}}} # 2\n"})
    assert sources is for_audience(sources, Audience.PUBLIC)
    assert sources is for_audience(sources, Audience.RESTRICTED)
    broken = workspace({2020: "figures: {a.b: 1\n"})
    assert broken is for_audience(broken, Audience.PUBLIC)


def test_a_withheld_total_leaves_what_its_parts_share() -> None:
    text = "figures: {a.b: {total: 9, confidentiality: N, note: {en: n}, source: s, flags: [e, b], by c: {d: 4}}}\n"
    assert "figures: {a.b: {total: suppressed, source: s, flags: [e, b], by c: {d: 4}}}\n" == year(text)
    told = "figures: {a.b: {total: suppressed, flags: [b], by c: {d: suppressed}}}\n"
    assert told == year(text, also=[("a.b.d", 2020)])
    assert "figures: {a.b: suppressed}\n" == year("figures: {a.b: {total: 9, confidentiality: N, source: s}}\n")


@pytest.mark.parametrize("address", ["a.b.sexual.women", "a.b.women.sexual", "A.b.Sexual.Women"])
def test_a_withheld_cell_of_a_cross_leaves_its_row(address: str) -> None:
    line = "figures: {a.b: {total: 9, 'by form, person': {sexual: {women: %s, men: 5}, labour: {men: 2}}}}\n"
    turned = "figures: {a.b: {total: 9, 'by person,form': {women: {sexual: %s}, men: {sexual: 5, labour: 2}}}}\n"
    for text in (line, turned):
        decisions = f"withheld: {{2020: {{{address}: {{because: small}}}}}}\n"
        given = text % "{value: 2, note: {en: n}}"
        made = public(workspace({2020: given}, **{"data/XX/protection/2020.yaml": decisions}))
        assert text % "suppressed" == made["data/XX/2020.yaml"]
        assert text % "suppressed" == year(given, also=[(address, 2020)])
        coded = text % "{value: 2, flags: [e, b], confidentiality: C}"
        assert text % "{value: suppressed, flags: [b]}" in year(coded).replace("\n      ", " ")


def test_a_code_beside_the_cells_of_a_row_withholds_all_of_them() -> None:
    row = "figures: {a.b: {total: 9, 'by form, person': {sexual: {women: 2, confidentiality: C}, labour: {men: 2}}}}\n"
    told = row.replace("2, confidentiality: C", "suppressed")
    assert told == year(row)
    beside = "figures: {a.b: {total: 9, 'by form, person': {sexual: {women: 2}, confidentiality: A}}}\n"
    assert told.replace(", labour: {men: 2}", "") == year(beside)
    # It is unknown of which cell a single value is.
    bare = "figures: {a.b: {total: 9, 'by form, person': {sexual: 2, labour: {men: suppressed}}}}\n"
    assert bare.replace("sexual: 2", "sexual: suppressed") == year(bare)


def test_three_dimensions_are_withheld_below_their_rows() -> None:
    text = "figures: {a.b: {total: 9, 'by form, person, sector': {sexual: {women: {farm: 2, shop: 4}}}}}\n"
    told = text.replace("farm: 2", "farm: suppressed")
    assert told == year(text, also=[("a.b.sexual.women.farm", 2020)]).replace("\n    ", " ")


def test_what_later_files_say_of_a_withheld_cell_goes_in_any_order_of_its_codes() -> None:
    first = "figures: {a.b: {total: 9, 'by form, person': {sexual: {women: {value: 4, confidentiality: C}, men: 5}}}}\n"
    later = """\
revisions:
  - {figure: a.b.women.sexual, year: 2019, was: 4, now: 5, reason: {en: r}}
earlier: {2019: {a.b.women.sexual: 5, a.b.men.sexual: 7}}
differences:
  - {publication: p, figure: a.b.women.sexual, year: 2019, published: 3, reason: {en: r}}
accepted:
  - {rule: jump, figure: a.b.women, year: 2019, words: "4 of them", reason: {en: r}}
"""
    told = "earlier: {2019: {a.b.women.sexual: suppressed, a.b.men.sexual: 7}}\n"
    assert told == public(workspace({2019: first, 2020: later}))["data/XX/2020.yaml"]


def test_decisions_are_followed_and_leave_no_file() -> None:
    decisions = "withheld: {2020: {a.b.d: {because: small}}}\nrounded: {2020: {a.b: 25}}\n"
    text = "figures:\n  a.b: {total: 24, note: {en: n}, by c: {d: 4, e: 20}}\n"
    made = public(workspace({2020: text}, **{"data/XX/protection/2020.yaml": decisions}))
    told = "figures:\n  a.b: {total: about 25, note: {en: n}, by c: {d: suppressed, e: 20}}\n"
    assert told == made["data/XX/2020.yaml"]
    assert "data/XX/protection/2020.yaml" not in made


def test_what_later_files_say_of_a_withheld_value_goes() -> None:
    first = "figures: {a.b: {total: 4, confidentiality: C}, c.d: 7}\n"
    later = """\
revisions:
  - {figure: a.b, year: 2019, was: 4, now: 5, reason: {en: r}}
  - {figure: c.d, year: 2019, was: 6, now: 7, reason: {en: r}}
earlier: {2019: {a.b: 5, c.d: 7}}
differences:
  - {publication: p, figure: a.b, year: 2019, published: 3, reason: {en: r}}
accepted:
  - {rule: jump, figure: c.d, values: {2019: {a.b: 4, c.d: 7}}, reason: {en: r}}
  - {rule: jump, figure: c.d, values: {2019: {a.b: 4}}, words: "4 of them", reason: {en: r}}
"""
    told = """\
revisions:
- {figure: c.d, year: 2019, was: 6, now: 7, reason: {en: r}}
earlier: {2019: {a.b: suppressed, c.d: 7}}
accepted:
- rule: jump
  figure: c.d
  values:
    2019: {a.b: suppressed, c.d: 7}
  reason: {en: Explained to those who may know the withheld values., lt: 'Paaiškinta tiems, \
kam leidžiama žinoti neskelbiamas
      reikšmes.'}
"""
    assert told == public(workspace({2019: first, 2020: later}))["data/XX/2020.yaml"]


def test_a_value_that_is_public_again_keeps_its_revision_without_the_former_number() -> None:
    first, later = "figures: {a.b: suppressed}\n", "revisions: [{figure: a.b, year: 2019, was: 4, now: 12}]\n"
    made = public(workspace({2019: first, 2020: later}))
    assert "figures: {a.b: suppressed}\n" == made["data/XX/2019.yaml"]
    assert "revisions: [{figure: a.b, year: 2019, was: suppressed, now: 12}]\n" == made["data/XX/2020.yaml"]


def test_comments_go_from_every_file_where_anything_is_withheld() -> None:
    own = f"# {SECRET}\na: 1 # {SECRET}\nfigures: {{a.b: suppressed}}\nb: |  # {SECRET}\n  # text\n"
    head = "# yaml-language-server: $schema=../schema/catalogue.json\n"
    made = public(workspace({2020: own}, **{"data/catalogue.yaml": f"{head}# {SECRET}\na: 'x # y'\n"}))
    assert "a: 1\nfigures: {a.b: suppressed}\nb: |\n  # text\n" == made["data/XX/2020.yaml"]
    assert f"{head}a: 'x # y'\n" == made["data/catalogue.yaml"]


def test_a_permission_that_names_a_withheld_value_does_not_tell_that_it_is_small() -> None:
    lines = "  - {country: XX, figures: [a.b, a.b.d], years: 2019/2020, reason: {en: r}}\n"
    settings = f"{SETTINGS}publish_small_counts:\n{lines}"
    figures = "figures: {a.b: {total: 9, by c: {d: suppressed}}}\n"
    told = settings.replace("[a.b, a.b.d]", "[a.b]").replace("  - ", "- ")
    assert told == public(workspace({2020: figures}, **{"reporter.yaml": settings}))["reporter.yaml"]
    both = public(workspace({2020: figures}, **{"reporter.yaml": settings}), [("a.b", 2020)])
    assert SETTINGS == both["reporter.yaml"]


def test_who_confirmed_a_note_that_is_gone_confirms_the_rest() -> None:
    note = "{en: These were counted by the police of the capital and by nobody else in the whole country}"
    told = f"{{total: 4, note: {note}}}"
    first = f"figures: {{a.b: {told}, c.d: {told}}}\n"
    holds = "still_holds:\n  - {texts: [figures.a.b.note, figures.c.d.note, victims], by: A, day: 2021-01-01}\n"
    both = public(workspace({2019: first, 2020: first + holds}), [("a.b", 2020)])["data/XX/2020.yaml"]
    assert "\n- {texts: [figures.c.d.note, victims, withheld.2020], by: A, day: 2021-01-01}\n" in both


def test_an_answer_to_words_that_the_public_does_not_read_goes() -> None:
    text = f"# victims\n::: restricted\nThere were {SECRET}.\n:::\n\nThere were some.\n"
    line = "  - {rule: hand-typed-number, figure: text.victims, words: 'typed: There were %s.', reason: {en: r}}\n"
    entries = f"accepted:\n{line.replace('%s', SECRET)}{line.replace('%s', 'some')}"
    made = public(workspace({2020: entries}, **{"data/XX/text/en/2020.md": text}))
    assert f"accepted:\n{line.replace('%s', 'some').strip()}\n" == made["data/XX/2020.yaml"]
    assert "# victims\n\n\n\n\nThere were some.\n" == made["data/XX/text/en/2020.md"]


@settings(max_examples=15, deadline=None)
@given(pairs())
def test_the_public_snapshot_does_not_depend_on_withheld_values(both: tuple[Sources, Sources]) -> None:
    first, second = map(public, both)
    assert first == second
    assert not [path for path, text in first.items() if SECRET[:5] in text or "error" in text]
    made = for_audience(both[0], Audience.PUBLIC)
    assert made.contents == for_audience(made, Audience.PUBLIC).contents


@pytest.mark.parametrize(
    "text",
    [
        'code: XX\nagencies:\n  police: {address: a@b.eu}\nname: {en: "X"}\n',
        'code: XX\n"agencies":\n  police:\n    address: a@b.eu\n\n# more\n',
        "code: XX\n'agencies' : {police: {address: a@b.eu}}\n",
        "{code: XX, agencies: {police: {address: a@b.eu}}}\n",
        '{code: XX, "\\u0061gencies": {police: {address: a@b.eu}}}\n',
        "? agencies\n: {police: {address: a@b.eu}}\n",
    ],
)
@pytest.mark.parametrize("audience", Audience)
def test_nobody_gets_who_answers_what_however_it_is_written(text: str, audience: Audience) -> None:
    path = "data/XX/country.yaml"
    found = for_audience(Sources.from_contents({path: text.encode()}), audience)
    assert b"a@b.eu" not in found[path].content
    assert (b"XX" in found[path].content) is (found[path].finding is None)


CODED = f"{{value: {SECRET}, confidentiality: C}}"
HOSTILE = {
    "malformed": f"figures: {{a.b: {{by c: {{d: {{value: {SECRET}x, confidentiality: C}}}}}}}}\n",
    "a code below the total": f"figures: {{a.b: {{total: {CODED}, by c: {{e: 1}}}}}}\n",
    "a number under another key": f"figures: {{a.b: {{value: {SECRET}, confidentiality: C}}}}\n",
    "a code that is mistyped": f"figures: {{a.b: {{total: {SECRET}, confidentialty: C}}}}\n",
    "a code without a blank": f"figures: {{a.b: {{by c: {{d: {{value: {SECRET}, confidentiality:C}}}}}}}}\n",
    "a code of parts above them": f"figures: {{a.b: {{total: 5, confidentiality: {{d: C}}, by c: {{d: {SECRET}}}}}}}\n",
    "a code of a breakdown": f"figures: {{a.b: {{by c: {{d: {SECRET}, confidentiality: C}}}}}}\n",
    "a breakdown that is no part of a figure": f"figures: {{by c: {{d: {CODED}}}}}\n",
    "another key": f"figres: {{a.b: {CODED}}}\n",
    "an activity": f"activities: {{x: {{confidentiality: C, figures: {{y: {SECRET}}}}}}}\n",
    "a list": f"figures: {{a.b: {{by c: {{d: [{SECRET}, {{confidentiality: C}}]}}}}}}\n",
    "twice": f"figures:\n  a.b: 1\n  a.b: {{total: {SECRET}, confidentiality: C}}\n",
    "anchors": f"x: &x {SECRET}\nfigures: {{a.b: {{total: *x, confidentiality: C}}}}\n",
    "tags": f"figures: {{a.b: {{total: !t#{SECRET} 5, confidentiality: C}}}}\n",
    "a comment behind an anchor": f"a: &x # {SECRET}\n  b: 1\nfigures: {{a.b: suppressed}}\n",
    "two documents": f"figures: {{a.b: suppressed}}\n---\nfigures: {{a.b: {SECRET}}}\n",
    "a directive": f"%FOO {SECRET}\n---\nfigures: {{a.b: suppressed}}\n",
    "a key of many": f"? {{x: {SECRET}}}\n: 1\nfigures: {{a.b: suppressed}}\n",
    "broken": f"figures: {{a.b: {{total: {SECRET}, confidentiality: C}}\n",
    "not text": f"figures: {{a.b: {{total: {SECRET}, confidentiality: C}}}}\n\x07",
    "letters by number": f'figures: {{a.b: {{total: {SECRET}, "\\u0063onfidentiality": C}}}}\n',
    "an old Mac": f"figures:\r  a.b: {CODED.replace('value', 'total')}\r# {SECRET}\rz: 1\r",
    "blanks": f"figures:\n  a.b: {{total:    {SECRET}   , confidentiality:   C   }}   # {SECRET}\n",
    "lines": f"figures:\n  a.b:\n    total: >-\n      {SECRET}\n    confidentiality: |\n      C\n    note: {{en: x}}\n",
    "explicit keys": f"figures:\n  ? a.b\n  : total: {SECRET}\n    confidentiality: C\n",
    "capitals": f"figures: {{a.b: Suppressed}}\nearlier: {{2019: {{A.B: {SECRET}}}}}\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_number_slips_through(text: str) -> None:
    sources = workspace({2019: "figures: {a.b: {total: 1, confidentiality: C}}\n", 2020: text})
    made = for_audience(sources, Audience.PUBLIC)
    told = "\n".join(public(sources).values())
    try:
        found = load_dataset(made, ["XX"]).findings
    except DataError as problem:
        found = problem.findings
    assert SECRET not in told + "\n".join(map(str, found))
    assert made.contents == for_audience(made, Audience.PUBLIC).contents


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_files_of_any_style_lose_their_comments_and_nothing_else(text: str) -> None:
    text = text.replace("accepted", "others")
    made = public(workspace({2019: "figures: {a.b: suppressed}\n", 2020: text}))["data/XX/2020.yaml"]
    if "&x" in text:
        assert "is written so that what it withholds cannot be proved [withheld-unread]" in made
    else:
        before, after = (read_yaml(Sources.from_contents({"x": each.encode()}), "x").data for each in (text, made))
        assert before == after
        assert not [each for each in made.split("\n") if each.lstrip().startswith("# ") and "no comment" not in each]


@pytest.mark.parametrize(
    ("decisions", "why"),
    [
        ("withheld: {2020: {a.c: {because: small}}}\n", "a.c of 2020 is in no file of that or a later year"),
        ("witheld: {2020: {a.b: {because: small}}}\n", "the line cannot be read"),
        ("rounded: {2020: {a.b: 24}}\n", "the line cannot be read"),
        ("withheld: {2021: {a.b: {because: small}}}\n", "the line cannot be read"),
        ("withheld: {2020: {a.b: {\n", "the file cannot be read"),
    ],
)
def test_a_decision_that_cannot_be_followed_leaves_no_figures(decisions: str, why: str) -> None:
    path = "data/XX/protection/2020.yaml"
    made = public(workspace({2019: "figures: {a.b: 1}\n", 2020: f"figures: {{a.b: {SECRET}}}\n"}, **{path: decisions}))
    assert made[path].startswith(f"{path}:1:") or made[path].startswith(f"{path}:2:")
    assert f"withheld figures cannot be determined: {why}" in made[path]
    assert all("cannot be determined" in made[f"data/XX/{of}"] for of in ("2019.yaml", "2020.yaml", "country.yaml"))


def test_what_the_year_of_an_unreadable_file_withholds_is_told_by_no_other_file() -> None:
    later = f"earlier: {{2019: {{a.b: {SECRET}}}}}\nfigures: {{a.b: 7}}\n"
    made = public(workspace({2019: "figures: {a.b: {confidentiality: C\n", 2020: later}))
    assert "earlier: {2019: {a.b: suppressed}}\nfigures: {a.b: 7}\n" == made["data/XX/2020.yaml"]
    assert "cannot be read, so it is unknown what it withholds [withheld-unread]" in made["data/XX/2019.yaml"]


def test_files_that_nobody_reads_hold_nothing() -> None:
    strays = {
        "data/XX/2019 old.yaml": SECRET,
        "data/XX/editions/2019/0/data/XX/2019.yaml": SECRET,
        "data/2019.yaml": SECRET,
    }
    made = public(workspace({2020: "figures: {a.b: suppressed}\n"}, **strays))
    assert "" == made["data/XX/2019 old.yaml"]
    assert SECRET not in "".join(made.values())


PATH = "data/XX/text/en/2022.md"
TEXT = """\
# victims
Before.

::: restricted
In 2022, one was a child.

She was found.
:::
::: public
Some were children.
:::
After.
"""


def refused(text: str) -> str:
    with pytest.raises(ReadError) as found:
        for_public(text, PATH)
    return str(found.value.finding)


def test_each_edition_has_its_own_wording_on_the_same_lines() -> None:
    public = ["# victims", "Before.", "", "", "", "", "", "", "", "Some were children.", "", "After.", ""]
    assert public == for_public(TEXT, PATH).split("\n")
    told = ["# victims", "Before.", "", "", "In 2022, one was a child.", "", "She was found.", "", "", "", "", "After."]
    assert [*told, ""] == for_restricted(TEXT, PATH).split("\n")
    assert "a\r\n\r\n\r\n\r\nb\r" == for_public("a\r\n::: restricted\r\nx\r\n:::\r\nb\r", PATH)


def test_comments_say_nothing_and_keep_their_lines() -> None:
    assert "a <!--\n --> b\n<!-- -->\n" == for_public("a <!-- 1\n2 --> b\n<!-- 3 -->\n", PATH)
    assert "a <!--\n\n" == for_public("a <!-- 1\n2\n", PATH)
    # A mark within a comment is none.
    assert "a\n<!--\n\n -->\nb\n" == for_public("a\n<!--\n::: restricted\n-->\nb\n", PATH)
    assert "<!-- ::: -->" == for_restricted("<!-- ::: -->", PATH)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n::: restricted\nb\n", 2, "::: restricted is not closed before the next mark, section or part"),
        ("::: restricted\n# next\n:::\n", 1, "::: restricted is not closed before the next mark, section or part"),
        ("::: public\n::: restricted\n:::\n", 1, "::: public is not closed before the next mark, section or part"),
        ("a\n\n:::\n", 3, "::: has nothing to close"),
        ("::: secret\na\n:::\n", 1, "::: is not a mark for a public or restricted text"),
    ],
)
def test_a_mark_that_makes_no_block_is_told_and_nothing_else(text: str, line: int, message: str) -> None:
    assert refused(text).startswith(f"{PATH}:{line}:1: error: {message} [wording-block]")
    assert text.split("\n")[line - 1] == for_restricted(text, PATH).split("\n")[line - 1]


YEAR_PATH = "data/XX/2020.yaml"
COMMENTED = """\
# about the file
year: 2020
figures:
  a.b:
    total: 9
    by c:
      d:
        value: 4
        confidentiality: C
        note: {en: n}
      e: 5

  # about the next
  f.g: 7
"""


def test_a_line_is_found_where_it_was_written() -> None:
    sources = workspace({2020: COMMENTED})
    public = for_audience(sources, Audience.PUBLIC)
    lines = public[YEAR_PATH].content.decode().split("\n")
    places = {line.strip(): written_place(sources, public, Mark(YEAR_PATH, at + 1, 3)) for at, line in enumerate(lines)}
    wanted = {"year: 2020": 2, "total: 9": 5, "d: suppressed": 7, "e: 5": 11, "f.g: 7": 14}
    assert wanted == {line: places[line].line for line in wanted}
    assert Mark("reporter.yaml", 2) == written_place(sources, public, Mark("reporter.yaml", 2))
