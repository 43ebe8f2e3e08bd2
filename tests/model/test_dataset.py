"""What an edition knows: nothing of later years, the law and plans of its time, what later files restated."""

from decimal import Decimal

import pytest

from reporter.model import Flag, Label, in_force, vintage
from tests import small
from tests.model.made import REVISION
from tests.small import HEAD, YEAR


def test_an_edition_knows_no_later_year(dataset):
    known = vintage(dataset, "XX", 2019)
    assert [2018, 2019] == [each.year for each in known.data.years]
    assert {2018, 2019} == {year for _, year in known.index}
    assert known.observation("investigations.opened", 2020) is None
    assert (2018, 2019) == known.years


@pytest.mark.parametrize("year", [2018, 2019, 2021, 2022])
def test_nothing_an_edition_of_ruritania_knows_is_of_a_later_file(ruritania, year):
    data = vintage(ruritania, "XX", year).data
    assert all(seen.vintage <= year for seen in (*data.observations, *(each.value for each in data.restated)))
    assert all(each.now.vintage <= year for each in data.revisions)
    assert all(each.vintage <= year for each in data.accepted)
    assert all(each.year <= year for each in (*data.activities, *data.lists, *data.passages))


@pytest.mark.parametrize(("edition", "expected"), [(2018, 7), (2019, 7), (2020, 8)])
def test_a_restated_figure_is_what_each_edition_knew(dataset, edition, expected):
    assert expected == vintage(dataset, "XX", edition).observation("investigations.opened", 2018).value


def test_the_last_of_two_revisions_holds(tmp_path):
    first = REVISION.replace("now: 8", "now: 9")
    second = REVISION.replace("was: 7", "was: 9")
    known = {"data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"] + first, YEAR: small.FILES[YEAR] + second}
    dataset = small.load(tmp_path, known)
    values = [
        vintage(dataset, "XX", year).observation("investigations.opened", 2018).value for year in (2018, 2019, 2020)
    ]
    assert [7, 9, 8] == values


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


def test_a_revision_may_state_what_was_missing(tmp_path):
    revision = REVISION.replace("investigations.opened", "persons.convicted").replace("was: 7", "was: missing")
    known = vintage(small.load(tmp_path, {YEAR: small.FILES[YEAR] + revision}), "XX", 2020)
    assert Decimal(8) == known.observation("persons.convicted", 2018).value


def test_an_edition_without_a_file_cannot_be_made(dataset):
    with pytest.raises(LookupError):
        vintage(dataset, "XX", 2017)
    with pytest.raises(LookupError):
        vintage(dataset, "YY", 2020)


def test_years_without_a_file_stay_in_the_series(ruritania):
    assert (2018, 2019, 2020, 2021) == vintage(ruritania, "XX", 2021).years


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, True),
        (2020, None, True),
        (2021, None, False),
        (None, 2020, True),
        (None, 2019, False),
        (2018, 2021, True),
    ],
)
def test_something_is_in_force_in_every_year_it_touches(since, until, expected):
    assert expected == in_force(since, until, 2020)


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
contacts: {office: {name: {en: O}, until: 2020}}
institutions: {body: {name: {en: B}, until: 2020}}
provisions: {old: {law: {en: Code}, subject: {en: Old}, until: 2020-06-30}}
plans:
  early: {name: {en: Early}, period: 2020/2022, adopted: 2019-11-14, evaluated: 2020}
  late: {name: {en: Late}, period: 2020/2025, adopted: 2020-05-07}
"""


@pytest.mark.parametrize(
    ("edition", "plans", "until"),
    [
        (2018, [], ["", "", ""]),
        (2019, [("early", "2019-11-14", "")], ["", "", ""]),
        (2020, [("early", "2019-11-14", "2020"), ("late", "2020-05-07", "")], ["2020", "2020", "2020-06-30"]),
    ],
)
def test_what_became_of_law_plans_and_bodies_later_is_not_told(tmp_path, edition, plans, until):
    country = vintage(small.load(tmp_path, {"data/XX/country.yaml": PLANS}), "XX", edition).country
    assert plans == [(each.code, each.adopted, each.evaluated) for each in country.plans]
    things = (*country.contacts, *country.institutions, *country.provisions)
    assert until == [str(each.until or "") for each in things]


REACHED = """\
code: XX
rapporteur: {en: R}
publisher: {en: P}
source: police
contacts:
  ministry: {name: {en: Ministry}}
  rapporteur: {name: {en: R}, person: A. A., since: 2019, until: 2019}
  rapporteur_2020: {name: {en: R}, person: B. B., since: 2020}
"""


@pytest.mark.parametrize(
    ("edition", "expected"),
    [(2018, ("ministry", "")), (2019, ("rapporteur", "A. A.")), (2020, ("rapporteur_2020", "B. B."))],
)
def test_the_last_page_names_who_was_rapporteur_in_the_year_else_the_first_contact(tmp_path, edition, expected):
    contact = vintage(small.load(tmp_path, {"data/XX/country.yaml": REACHED}), "XX", edition).country.main_contact
    assert contact
    assert expected == (contact.code, contact.person)


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


def test_a_reason_given_later_is_no_remark_of_an_earlier_edition(tmp_path):
    accepted = "accepted: [{rule: jump, figure: victims.identified, year: 2019, reason: {en: A large case.}}]\n"
    dataset = small.load(tmp_path, {YEAR: small.FILES[YEAR] + accepted})
    remarks = [len(vintage(dataset, "XX", year).remarks) for year in (2019, 2020)]
    assert [0, 1] == remarks


def test_one_reason_for_two_findings_is_said_once(tmp_path):
    accepted = "".join(
        f"  - {{rule: {rule}, figure: victims.identified, reason: {{en: R}}}}\n" for rule in ("jump", "a")
    )
    known = vintage(small.load(tmp_path, {YEAR: f"{small.FILES[YEAR]}accepted:\n{accepted}"}), "XX", 2020)
    assert 1 == len(known.notes(known.observation("victims.identified")))


def test_parts_come_in_the_order_of_the_catalogue(tmp_path):
    figures = "figures: {investigations.opened: {total: 3, by form: {labour: 1, sexual: 2}}}"
    known = vintage(small.load(tmp_path, {YEAR: f"{HEAD}{figures}"}), "XX", 2020)
    assert ["sexual", "labour"] == [seen.code for seen in known.parts("investigations.opened", "form")]


DOUBTED = """
accepted:
  - {rule: parts-make-total, figure: investigations.opened, comparable: false, reason: {en: As published.}}
"""


def test_a_figure_accepted_as_not_comparable_is_doubtful_with_its_parts(tmp_path):
    known = vintage(small.load(tmp_path, {YEAR: small.FILES[YEAR] + DOUBTED}), "XX", 2020)
    addresses = ("investigations.opened", "investigations.opened.sexual", "victims.identified")
    assert [True, True, False] == [known.observation(each).doubtful for each in addresses]


def test_an_acceptance_of_a_later_file_is_unknown_to_an_earlier_edition(tmp_path):
    later = "accepted: [{rule: jump, figure: victims.identified, year: 2019, reason: {en: Known later.}}]\n"
    dataset = small.load(tmp_path, {YEAR: small.FILES[YEAR] + later})
    remarks = [vintage(dataset, "XX", year).remarks.get(("victims.identified", 2019), ()) for year in (2019, 2020)]
    assert [(), (Label((("en", "Known later."),)),)] == remarks
