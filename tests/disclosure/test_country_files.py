"""Files that are written so that a withheld value could slip through."""

import pytest

from reporter.disclosure.public import for_audience
from reporter.errors import DataError
from reporter.files.sources import Sources
from reporter.load.dataset import load_dataset
from reporter.load.yaml_tree import read_yaml
from reporter.model import Audience
from tests.disclosure.test_public import SECRET, public, workspace
from tests.edit.styles import STYLES

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
        assert "is written so that nobody can prove what it withholds [withheld-unread]" in made
    else:
        before, after = (read_yaml(Sources.from_contents({"x": each.encode()}), "x").data for each in (text, made))
        assert before == after
        assert not [each for each in made.split("\n") if each.lstrip().startswith("# ") and "no comment" not in each]


@pytest.mark.parametrize(
    ("decisions", "why"),
    [
        ("withheld: {2020: {a.c: {because: small}}}\n", "a.c of 2020 stands in no file of its year or a later one"),
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
    assert f"what is withheld cannot be followed: {why}" in made[path]
    assert all("cannot be followed" in made[f"data/XX/{of}"] for of in ("2019.yaml", "2020.yaml", "country.yaml"))


def test_what_the_year_of_an_unreadable_file_withholds_is_told_by_no_other_file() -> None:
    later = f"earlier: {{2019: {{a.b: {SECRET}}}}}\nfigures: {{a.b: 7}}\n"
    made = public(workspace({2019: "figures: {a.b: {confidentiality: C\n", 2020: later}))
    assert "earlier: {2019: {a.b: suppressed}}\nfigures: {a.b: 7}\n" == made["data/XX/2020.yaml"]
    assert "cannot be read, so nobody can know what it withholds [withheld-unread]" in made["data/XX/2019.yaml"]


def test_files_that_nobody_reads_hold_nothing() -> None:
    strays = {
        "data/XX/2019 old.yaml": SECRET,
        "data/XX/editions/2019/0/data/XX/2019.yaml": SECRET,
        "data/2019.yaml": SECRET,
    }
    made = public(workspace({2020: "figures: {a.b: suppressed}\n"}, **strays))
    assert "" == made["data/XX/2019 old.yaml"]
    assert SECRET not in "".join(made.values())


def test_a_file_that_is_broken_where_nothing_is_withheld_stays() -> None:
    sources = workspace({2020: "figures: {a.b: 1\n"})
    assert sources is for_audience(sources, Audience.PUBLIC)
