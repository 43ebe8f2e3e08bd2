"""The snapshot that an audience may see."""

from collections.abc import Collection

import pytest
from hypothesis import given, settings

from reporter.disclosure.neutral_words import neutral_reason
from reporter.disclosure.public import for_audience
from reporter.files.sources import Sources
from reporter.model import Audience
from reporter.model.accepted import NEUTRAL_REASON
from reporter.model.seen import Key
from tests.disclosure.withholding import pairs

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


def test_a_withheld_part_is_one_word() -> None:
    written = "{value: 4, confidentiality: C, note: {en: n}}"
    text = f"figures:\n  a.b:\n    total: 9\n    by c:\n      d: {written}\n      e: 5\n"
    told = "figures:\n  a.b:\n    total: 9\n    by c:\n      d: suppressed\n      e: 5\n"
    assert told == year(text)
    assert told == year(text.replace(written, "suppressed"))
    assert told == year(text.replace(written, "4"), also=[("a.b.d", 2020)])


def test_a_withheld_total_leaves_what_its_parts_share() -> None:
    text = "figures: {a.b: {total: 9, confidentiality: N, note: {en: n}, source: s, flags: [e, b], by c: {d: 4}}}\n"
    assert "figures: {a.b: {total: suppressed, source: s, flags: [e, b], by c: {d: 4}}}\n" == year(text)
    assert "figures: {a.b: {total: suppressed, flags: [b], by c: {d: suppressed}}}\n" == year(
        text, also=[("a.b.d", 2020)]
    )
    assert "figures: {a.b: suppressed}\n" == year("figures: {a.b: {total: 9, confidentiality: N, source: s}}\n")


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
    reason:
      en: "Explained to those who may know the withheld values."
      lt: "Paaiškinta tiems, kam leidžiama žinoti neskelbiamas reikšmes."
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
    told = settings.replace("[a.b, a.b.d]", "[a.b]")
    assert told == public(workspace({2020: figures}, **{"reporter.yaml": settings}))["reporter.yaml"]
    both = public(workspace({2020: figures}, **{"reporter.yaml": settings}), [("a.b", 2020)])
    assert SETTINGS == both["reporter.yaml"]


def test_who_confirmed_a_note_that_is_gone_confirms_the_rest() -> None:
    note = "{en: These were counted by the police of the capital and by nobody else in the whole country}"
    told = f"{{total: 4, note: {note}}}"
    first = f"figures: {{a.b: {told}, c.d: {told}}}\n"
    holds = "still_holds:\n  - {texts: [figures.a.b.note, figures.c.d.note, victims], by: A, day: 2021-01-01}\n"
    both = public(workspace({2019: first, 2020: first + holds}), [("a.b", 2020)])["data/XX/2020.yaml"]
    assert "  - {texts: [figures.c.d.note, victims, withheld.2020], by: A, day: 2021-01-01}\n" in both


def test_an_answer_to_words_that_the_public_does_not_read_goes() -> None:
    text = f"# victims\n::: restricted\nThere were {SECRET}.\n:::\n\nThere were some.\n"
    line = "  - {rule: hand-typed-number, figure: text.victims, words: 'typed: There were %s.', reason: {en: r}}\n"
    entries = f"accepted:\n{line.replace('%s', SECRET)}{line.replace('%s', 'some')}"
    made = public(workspace({2020: entries}, **{"data/XX/text/en/2020.md": text}))
    assert f"accepted:\n{line.replace('%s', 'some')}" == made["data/XX/2020.yaml"]
    assert "# victims\n\n\n\n\nThere were some.\n" == made["data/XX/text/en/2020.md"]


def test_the_neutral_reason_is_known_by_its_english_words() -> None:
    assert NEUTRAL_REASON == neutral_reason(workspace({}))["en"]
    assert "Paaiškinta tiems, kam leidžiama žinoti neskelbiamas reikšmes." == neutral_reason(workspace({}))["lt"]


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
