"""Datasets, vintages and the records they are made of."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.errors import Finding, Mark, Severity, Values
from reporter.data.i18n import PROTOCOL
from reporter.data.i18n.territories import ON_MAP, home_on_map, iso_of, on_map_of, whole_on_map_of
from reporter.data.records import (
    Accepted,
    Flag,
    FollowUp,
    Label,
    Observation,
    Passage,
    Permission,
    Recommendation,
    RecommendationState,
    Series,
    Status,
    StillHolds,
    accepts,
    answer_to,
    folded_name,
    in_force,
    is_given,
    is_hidden,
    is_withheld,
    plain_name,
    vintage,
)
from reporter.data.records.accepted import NEUTRAL_REASON
from reporter.data.records.calendar import year_of
from tests import small
from tests.fixtures import RURITANIA
from tests.small import HEAD, MARK, YEAR
from tests.snapshots import dataset_of

FINDING = Finding(
    severity=Severity.WARNING,
    code="jump",
    message="rose",
    mark=MARK,
    figure="victims.identified",
    year=2020,
    values=((2019, "victims.identified", "60"), (2020, "victims.identified", "80")),
    words="fell",
)
ENTRY = Accepted(
    rule="jump",
    figure="victims.identified",
    year=2020,
    vintage=2020,
    values=FINDING.values,
    words="fell",
    reason=Label((("en", "Known."),)),
    mark=MARK,
)
REVISION = "revisions: [{figure: investigations.opened, year: 2018, was: 7, now: 8, reason: {en: One found.}}]\n"
OTHER: Values = ((2019, "victims.identified", "60"), (2020, "victims.identified", "81"))


def test_an_entry_accepts_the_finding_it_was_written_for_and_nothing_else():
    others: tuple[dict[str, object], ...] = (
        *({"values": each} for each in (OTHER, FINDING.values[:1], (*FINDING.values, (2020, "victims.x", "3")))),
        *({"words": each} for each in ("rose", "")),
        *({"figure": each} for each in ("victims.presumed", "")),
        *({"year": 2021}, {"code": "tenfold"}),
    )
    assert accepts(ENTRY, FINDING)
    assert [] == [other for other in others if accepts(ENTRY, replace(FINDING, **other))]


def test_of_published_entries_the_one_for_these_values_answers():
    first, second = (replace(ENTRY, values=values, frozen=True) for values in (OTHER, FINDING.values))
    assert second == answer_to(FINDING, (first, second))
    assert first == answer_to(FINDING, (first,))
    assert answer_to(FINDING, ()) is None


def test_a_neutral_entry_accepts_what_rests_on_less():
    values: Values = ((2020, "a.b", "9"), (2020, "a.b.d", "suppressed"), (2020, "a.b.e", "3"))
    neutral = replace(ENTRY, values=values, words="", reason=Label((("en", NEUTRAL_REASON),)))
    found = replace(FINDING, words="")
    assert accepts(neutral, replace(found, values=values[:1]))
    assert accepts(neutral, replace(found, values=(*values[:1], (2020, "a.b.d", "about 5"))))
    assert not accepts(neutral, replace(found, values=((2020, "a.b", "8"),)))
    assert not accepts(replace(neutral, reason=ENTRY.reason), replace(found, values=values[:1]))


def test_case_accents_blanks_and_order_make_no_other_person_and_other_words_do() -> None:
    same = ("Vida Jonaitė", "VIDA  JONAITE", "Jonaitė, Vida", "vida jonaite\u0307", "\tVida\nJonaitė")
    assert {("jonaite", "vida")} == {folded_name(each) for each in same}
    others = ("Vidas Jonaitis", "V. Jonaitė", "Vida")
    assert [] == [each for each in others if folded_name(each) == folded_name(same[0])]
    assert {()} == {folded_name(plain_name(each)) for each in ("", "  ", "...", "\u200b", "—")}
    assert "Vida Replaces: nothing" == plain_name("Vida\r\nReplaces: nothing\u2028")


def test_iso_texts_have_years():
    assert (2017, None) == (year_of("2017-05"), year_of(""))


EARLIER = StillHolds(year=2020, texts=("aliens", "prevention"), by="R. P.", day="2021-03-01", mark=Mark("2020.yaml"))


@pytest.mark.parametrize(
    ("year", "texts", "by", "day", "expected"),
    [
        (2021, ("prevention", "aliens"), "R. P.", "2021-03-01", True),
        (2021, ("aliens", "prevention"), "R. P.", "2022-03-01", True),
        (2021, ("aliens", "prevention", "children"), "R. P.", "2022-03-01", True),
        (2021, ("aliens", "prevention"), " r.p ", "2022-03-01", True),
        # The same texts, read on another day or by another person, or others read on one day.
        (2021, ("aliens", "prevention"), "R. P.", "2022-02-20", False),
        (2021, ("aliens", "prevention"), "J. J.", "2022-03-01", False),
        (2021, ("aliens",), "R. P.", "2022-03-01", False),
        (2021, ("aliens", "prevention", "children"), "R. P.", "2021-03-01", False),
        (2020, ("aliens", "prevention"), "R. P.", "2021-03-01", False),
        (2019, ("aliens", "prevention"), "R. P.", "2021-03-01", False),
    ],
)
def test_a_confirmation_of_another_year_is_recognised(year, texts, by, day, expected):
    assert expected == StillHolds(year=year, texts=texts, by=by, day=day, mark=Mark("x")).is_copy_of(EARLIER)


@pytest.mark.parametrize("year", [2018, 2019, 2021, 2022])
def test_nothing_an_edition_of_ruritania_knows_is_of_a_later_file(ruritania, year):
    data = vintage(ruritania, "XX", year).data
    assert all(seen.vintage <= year for seen in (*data.observations, *(each.value for each in data.restated)))
    assert all(each.now.vintage <= year for each in data.revisions)
    assert all(each.vintage <= year for each in data.accepted)
    assert all(each.year <= year for each in (*data.activities, *data.lists, *data.passages))


def test_each_edition_has_the_last_revision_that_it_knew(tmp_path):
    first = REVISION.replace("now: 8", "now: 9")
    second = REVISION.replace("was: 7", "was: 9")
    known = {"data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"] + first, YEAR: small.FILES[YEAR] + second}
    dataset = small.load(tmp_path, known)
    editions = [vintage(dataset, "XX", year) for year in (2018, 2019, 2020)]
    assert [7, 9, 8] == [each.observation("investigations.opened", 2018).value for each in editions]
    assert (None, (2018, 2019)) == (editions[1].observation("investigations.opened", 2020), editions[1].years)


def test_a_restated_figure_says_why_keeps_its_break_and_definition_and_leaves_the_notes_of_the_value_before(tmp_path):
    """They are about a number that is printed no more; what still holds the revision says anew."""
    stated = "figures: {investigations.opened: {total: 7, flags: [b], definition: narrow, note: {en: As published.}}}\n"
    noted = REVISION.replace("reason:", "note: {en: Without the islands.}, reason:")
    changed = {"data/XX/2018.yaml": f"year: 2018\nsource: police\n{stated}", YEAR: small.FILES[YEAR] + noted}
    dataset = small.load(tmp_path, changed)
    first, seen = (vintage(dataset, "XX", year).observation("investigations.opened", 2018) for year in (2019, 2020))
    assert ["As published."] == [note.text("en") for note in first.notes]
    assert (Decimal(8), frozenset({Flag.BREAK}), "narrow") == (seen.value, seen.flags, seen.definition)
    assert ["One found.", "Without the islands."] == [note.text("en") for note in seen.notes]
    assert YEAR == seen.mark.path


def test_an_edition_without_a_file_cannot_be_made(tmp_path):
    dataset = small.load(tmp_path)
    with pytest.raises(LookupError):
        vintage(dataset, "XX", 2017)
    with pytest.raises(LookupError):
        vintage(dataset, "YY", 2020)


def test_something_is_in_force_in_every_year_it_touches():
    there = ((None, None), (2020, None), (None, 2020), (2018, 2021))
    assert [True] * 4 + [False] * 2 == [in_force(*each, 2020) for each in (*there, (2021, None), (None, 2019))]


@pytest.mark.parametrize(
    ("edition", "provisions", "plans", "bodies", "references"),
    [
        (2018, ["old"], ["a"], ["always"], []),
        (2019, ["old", "new"], ["a"], ["always", "late"], ["law"]),
        (2020, ["new"], ["a", "b"], ["late"], ["law"]),
    ],
)
def test_law_plans_and_bodies_are_those_of_the_edition(tmp_path, edition, provisions, plans, bodies, references):
    country = """\
code: XX
rapporteur: {en: R}
publisher: {en: P}
source: police
institutions: {always: {name: {en: A}, until: 2019}, late: {name: {en: L}, since: 2019}}
provisions:
  old: {law: {en: Code}, subject: {en: Old}, until: 2019-06-30, figures: {prison_max: 8}}
  new: {law: {en: Code}, subject: {en: New}, since: 2019-07-01, figures: {prison_max: 12}}
plans: {a: {name: {en: A}, period: 2016/2018}, b: {name: {en: B}, period: 2020/2022}}
references: {law: {group: legislation, title: {en: Law}, since: 2019}}
"""
    known = vintage(small.load(tmp_path, {"data/XX/country.yaml": country}), "XX", edition)
    assert provisions == [each.code for each in known.country.provisions]
    assert plans == [each.code for each in known.country.plans]
    assert bodies == [each.code for each in known.country.institutions]
    assert references == [each.code for each in known.country.references]
    assert [f"law.{code}.prison_max" for code in provisions] == [name for name, _ in known.index if name[:3] == "law"]


PLANS = """\
code: XX
rapporteur: {en: R}
publisher: {en: P}
source: police
contacts:
  ministry: {name: {en: Ministry}}
  rapporteur: {name: {en: R}, person: A. A., since: 2019, until: 2019}
  rapporteur_2020: {name: {en: R}, person: B. B., since: 2020}
institutions: {body: {name: {en: B}, until: 2020}}
provisions: {old: {law: {en: Code}, subject: {en: Old}, until: 2020-06-30}}
plans:
  early: {name: {en: Early}, period: 2020/2022, adopted: 2019-11-14, evaluated: 2020}
  late: {name: {en: Late}, period: 2020/2025, adopted: 2020-05-07}
"""


@pytest.mark.parametrize(
    ("edition", "plans", "until", "contact"),
    [
        (2018, [], ["", "", ""], ("ministry", "")),
        (2019, [("early", "2019-11-14", "")], ["", "2019", "", ""], ("rapporteur", "A. A.")),
        (
            2020,
            [("early", "2019-11-14", "2020"), ("late", "2020-05-07", "")],
            ["", "", "2020", "2020-06-30"],
            ("rapporteur_2020", "B. B."),
        ),
    ],
)
def test_what_became_of_law_plans_bodies_and_rapporteurs_later_is_not_told(tmp_path, edition, plans, until, contact):
    country = vintage(small.load(tmp_path, {"data/XX/country.yaml": PLANS}), "XX", edition).country
    assert plans == [(each.code, each.adopted, each.evaluated) for each in country.plans]
    things = (*country.contacts, *country.institutions, *country.provisions)
    assert until == [str(each.until or "") for each in things]
    # The last page names who was rapporteur in the year, else the first contact.
    assert contact == (country.main_contact.code, country.main_contact.person)


def test_the_count_of_a_thing_is_the_same_in_every_later_edition(tmp_path):
    activity = "activities: {march: {kind: campaign, title: {en: M}, period: 2019, figures: {posters: 5}}}\n"
    dataset = small.load(tmp_path, {"data/XX/2019.yaml": f"year: 2019\nsource: police\n{activity}"})
    found = [vintage(dataset, "XX", year).observation("activities.march.posters") for year in (2018, 2019, 2020)]
    assert [None, 5, 5] == [seen and seen.value for seen in found]


def test_the_reason_of_an_accepted_finding_is_a_remark_of_its_figure(tmp_path):
    accepted = "accepted: [{rule: jump, figure: victims.identified, reason: {en: A large case.}}]\n"
    dataset = small.load(tmp_path, {"data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"] + accepted})
    known = vintage(dataset, "XX", 2020)
    reasons = [[note.text("en") for note in known.notes(seen)] for seen in known.series("victims.identified")]
    assert [[], ["A large case."], []] == reasons


def test_a_reason_that_rests_on_a_part_alone_is_printed_with_this_part(tmp_path):
    accepted = (
        "accepted: [{rule: jump, figure: investigations.opened, values: {2020: {investigations.opened.sexual: 2}}, "
        "reason: {en: One large case.}}]\n"
    )
    known = vintage(small.load(tmp_path, {YEAR: small.FILES[YEAR] + accepted}), "XX", 2020)
    addresses = ("investigations.opened", "investigations.opened.sexual", "investigations.opened.labour")
    assert [0, 1, 0] == [len(known.notes(known.observation(each))) for each in addresses]


def test_a_part_that_stands_alone_says_what_its_total_must_say(tmp_path):
    accepted = "accepted: [{rule: parts-make-total, figure: investigations.opened, reason: {en: As published.}}]\n"
    known = vintage(small.load(tmp_path, {YEAR: small.FILES[YEAR] + accepted}), "XX", 2020)
    part = known.observation("investigations.opened.sexual")
    assert ((), (Label((("en", "As published."),)),)) == (known.notes(part), known.all_notes(part))


def test_parts_come_in_the_order_of_the_catalogue(tmp_path):
    figures = "figures: {investigations.opened: {total: 3, by form: {labour: 1, sexual: 2}}}"
    known = vintage(small.load(tmp_path, {YEAR: f"{HEAD}{figures}"}), "XX", 2020)
    assert ["sexual", "labour"] == [seen.code for seen in known.parts("investigations.opened", "form")]


def test_what_is_accepted_as_not_comparable_is_doubtful_with_its_parts_and_not_in_an_earlier_edition(tmp_path):
    accepted = (
        "accepted:\n  - {rule: parts-make-total, figure: investigations.opened, comparable: false, reason: {en: A.}}\n"
        "  - {rule: jump, figure: victims.identified, year: 2019, reason: {en: Known later.}}\n"
        "  - {rule: other, figure: victims.identified, year: 2019, reason: {en: Known later.}}\n"
    )
    dataset = small.load(tmp_path, {YEAR: small.FILES[YEAR] + accepted})
    known = vintage(dataset, "XX", 2020)
    addresses = ("investigations.opened", "investigations.opened.sexual", "victims.identified")
    assert [True, True, False] == [known.observation(each).doubtful for each in addresses]
    remarks = [vintage(dataset, "XX", year).remarks.get(("victims.identified", 2019), ()) for year in (2019, 2020)]
    assert [(), (Label((("en", "Known later."),)),)] == remarks


def test_a_country_is_whole_on_its_own_maps_and_on_those_of_its_neighbours_where_it_is_in_europe() -> None:
    assert set() == {iso_of(code) for code in (*PROTOCOL, "UK", "NO", "IS", "CH", "UA", "TR", "LI", "MD")} - ON_MAP
    assert "GE" in on_map_of("GE") & whole_on_map_of("GE")
    assert "GE" not in on_map_of("LT") | whole_on_map_of("LT") | on_map_of("AM")
    assert ["GR", "GB", "AM", "TR", "", ""] == [home_on_map(code) for code in ("EL", "UK", "AM", "TR", "US", "XX")]
    assert "TR" in whole_on_map_of("TR") - whole_on_map_of("LT")
    assert "RU" not in whole_on_map_of("RU")


def test_a_label_falls_back_to_the_first_language():
    label = Label((("en", "Victims"), ("lt", "Aukos")))
    assert ("Aukos", "Victims", "") == (label.text("lt"), label.text("de"), Label().text("en"))


def test_a_series_has_only_the_years_somebody_spoke_of(tmp_path):
    known = vintage(small.load(tmp_path), "XX", 2020)
    assert [2020] == [seen.year for seen in known.series("investigations.opened", "sexual")]
    assert Series("nothing", "", ()) == known.series("nothing")


def test_zero_is_given_and_nothing_is_not():
    assert is_given(small.value(2020, 0))
    assert not any(map(is_given, (None, small.value(2020, None, status=Status.SUPPRESSED))))


def test_a_value_with_a_code_is_given_to_whoever_holds_it_and_kept_from_the_public(tmp_path):
    content = HEAD + "figures:\n  investigations.opened: {total: 11, confidentiality: C}\n"
    seen = vintage(small.load(tmp_path, {YEAR: content}), "XX", 2020).observation("investigations.opened")
    assert (True, False) == (is_given(seen), is_hidden(seen))
    assert seen is not None
    assert is_withheld(seen)


MARK = Mark("reporter.yaml", 4, 5)
COUNT = Observation("LT", 2020, "victims.identified", Decimal(3), MARK, 2020, "police", dimension="person", code="men")
PERMISSION = Permission(
    country="LT", source="police", figures=("victims.identified",), years="2019/2020", reason=Label(), mark=MARK
)


def test_it_covers_what_meets_all_that_it_says() -> None:
    assert PERMISSION.covers(COUNT)
    assert PERMISSION.covers(replace(COUNT, dimension="", code=""))
    others = {"country": "EE", "year": 2021, "source": "courts", "indicator": "victims.identified.men"}
    assert [] == [name for name, other in others.items() if PERMISSION.covers(replace(COUNT, **{name: other}))]


def test_a_part_that_is_named_stands_for_itself() -> None:
    named = replace(PERMISSION, source="", figures=("victims.identified.men",))
    covered = {code: named.covers(replace(COUNT, code=code)) for code in ("men", "women", "")}
    assert {"men": True, "women": False, "": False} == covered


@given(st.integers(1900, 2099), st.integers(1900, 2099), st.integers(1900, 2099))
def test_it_ends_with_its_last_year(first: int, last: int, year: int) -> None:
    permission = replace(PERMISSION, years=f"{first}/{last}")
    assert (first <= year <= last) == permission.covers(replace(COUNT, year=year))
    assert (first == year) == replace(PERMISSION, years=f"{first}").covers(replace(COUNT, year=year))


HERE = Mark("data/XX/2020.yaml", 1)


def made(year: int) -> Recommendation:
    return Recommendation(code="beds", to=("police",), by=str(year + 1), year=year, mark=HERE)


def told(year: int, state: RecommendationState) -> FollowUp:
    return FollowUp(code="beds", state=state, year=year, mark=HERE)


@pytest.fixture(scope="module")
def data():
    return replace(dataset_of(RURITANIA, ("XX",)).countries[0], recommendations=(), follow_ups=())


@pytest.mark.parametrize("state", RecommendationState)
def test_a_recommendation_is_asked_for_until_it_is_done_or_dropped(data, state: RecommendationState):
    known = replace(data, recommendations=(made(2020),), follow_ups=(told(2021, state),))
    still = state not in (RecommendationState.DONE, RecommendationState.DROPPED)
    assert [(), (made(2020),), (made(2020),) if still else ()] == [
        known.asked_again(year) for year in (2020, 2021, 2022)
    ]


def test_one_stands_in_the_edition_of_its_own_year_and_made_again_is_asked_for_again(data):
    passage = Passage("recommendations", "en", 2020, "## Beds\n", HERE, part="beds")
    assert [2020] == [year for year in (2019, 2020, 2021) if passage.is_of(year)]
    known = replace(
        data,
        recommendations=(made(2020), made(2021)),
        follow_ups=(told(2021, RecommendationState.DONE), told(2022, RecommendationState.DROPPED)),
    )
    assert [(made(2020),), (made(2021),), ()] == [known.asked_again(year) for year in (2021, 2022, 2023)]
