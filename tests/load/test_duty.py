"""What Article 19a asks for is read as written, and a name that leads nowhere is wrong."""

import pytest

from tests.load.reading import CATALOGUE
from tests.small import load, wrong

DUTY = """article_19a:
  breakdowns:
    sex: {label: {en: Sex}, dimension: person, codes: [women]}
  items:
    a: {label: {en: Victims}, breakdowns: [sex]}
"""


ANSWERED = CATALOGUE.replace("dimensions: [person]\n", "dimensions: [person]\n    mappings: {art19a: a}\n")


def test_what_the_law_asks_for_is_read_as_written(tmp_path):
    read = load(tmp_path, {"data/catalogue.yaml": ANSWERED + DUTY}).catalogue.article_19a
    assert [("a", ("sex",))] == [(each.code, each.splits) for each in read.items]
    assert [("sex", "person", ("women",))] == [(each.code, each.dimension, each.codes) for each in read.splits]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("art19a: a", "art19a: z", "38:24 unknown-code: unknown item 'z' of Article 19a | known: a"),
        ("breakdowns: [sex]", "breakdowns: [sexes]", "unknown breakdown 'sexes' | did you mean 'sex'?"),
        ("dimension: person", "dimension: persons", "unknown dimension 'persons' | did you mean 'person'?"),
        ("[women]", "[woman]", "unknown code 'woman' of the dimension 'person' | did you mean 'women'?"),
        ("    a:", "    A:", "wrong-type: 'A' is not a code | write small letters, digits and _"),
    ],
)
def test_a_name_in_article_19a_that_leads_nowhere_is_wrong(tmp_path, old, new, said):
    content = ANSWERED + DUTY
    assert 1 == content.count(old)
    (found,) = wrong(tmp_path, content.replace(old, new), "data/catalogue.yaml")
    assert said in found


def test_an_answer_to_a_law_that_is_not_listed_is_wrong(tmp_path):
    assert [
        "38:24 unknown-code: unknown item 'a' of Article 19a | list it in article_19a, or take it out here"
    ] == wrong(tmp_path, ANSWERED, "data/catalogue.yaml")
