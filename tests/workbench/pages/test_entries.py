"""What is neither figure nor text is added, changed and taken out; two who write the same lose nothing."""

import html
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from reporter.data.files.sources import SETTINGS
from reporter.data.files.workspace import Workspace
from reporter.data.records import Label
from reporter.editions.job import Job
from tests import small
from tests.snapshots import freeze_now
from tests.workbench.figures_bench import CATALOGUE, COUNTRY, YEAR, Bench
from tests.workbench.serving import Answer, Asker, come_in, hidden, running

ACTIVITIES, PLANS = "/LT/2021/lists/activities", "/LT/lists/plans"
ROLES = "/LT/lists/institutions/police_department/roles"
SETTING_PAGES = (
    "reports",
    "looks",
    "thresholds",
    "mail",
    "recipients/commission",
    "recipients/eurostat",
    "deadlines/article_20",
    "publish_small_counts/0",
    "disclosure",
)


def fields(page: str) -> dict[str, str]:
    form = re.search(r'<form method="post" action="[^"]*" class="entry-form"[^>]*>.*?</form>', page, re.S)[0]
    told = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf' {each}="([^"]*)"', tag) for each in ("name", "value"))
        if 'type="checkbox"' not in tag or " checked" in tag:
            told[name[1]] = value[1]
    told |= dict(re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S))
    for name, options in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        told[name] = chosen[1] if chosen else ""
    return {html.unescape(name): html.unescape(value).replace("\n", "\r\n") for name, value in told.items()}


def typed(asker: Asker, path: str, values: Mapping[str, str]) -> Answer:
    told = fields(asker.get(path).text)
    return asker.post(path, {**told, **{f"v:{name}": value for name, value in values.items()}})


TRAINING = {
    "kind": "training",
    "title/en": "Course for judges",
    "title/lt": "Kursai teisėjams",
    "period": "2021",
    "figures/participants/value": ">=12",
}


def test_a_list_of_choices_names_each_by_its_own_words(bench: Bench) -> None:
    page = bench.person().get("/LT/2021/lists/activities/-").text
    assert "cooperation: joint undertakings" in page
    assert "Partners in police cooperation" not in page


def test_of_the_counts_of_an_activity_those_that_are_used_stand_open(bench: Bench) -> None:
    page = bench.person().get("/LT/2020/lists/activities/community_meetings").text
    opened, _, folded = page.partition('<details class="advanced"><summary>Other counts')
    counts = [re.findall(r'class="count-row" id="at-figures/(\w+)"', part) for part in (opened, folded)]
    assert ["events", "meetings"] == counts[0]
    assert len(counts[1]) > 5


def test_an_activity_is_added_under_a_code_made_from_its_name_and_pages_lead_to_it(bench: Bench) -> None:
    ana = bench.person()
    answer = typed(ana, f"{ACTIVITIES}/-", TRAINING)
    assert (303, f"{ACTIVITIES}/course_for_judges") == (answer.status, answer.headers["location"])
    assert [
        "+  course_for_judges:",
        "+    kind: training",
        '+    title: {en: "Course for judges", lt: "Kursai teisėjams"}',
        "+    period: 2021",
        "+    figures: {participants: at least 12}",
    ] == bench.changed(YEAR)
    page = ana.get(answer.headers["location"])
    assert ("Course for judges", True) == (page.title, 'value="≥12"' in page.text)
    assert f"{ACTIVITIES}/course_for_judges_2" == typed(ana, f"{ACTIVITIES}/-", TRAINING).headers["location"]
    typed(ana, f"{ACTIVITIES}/-", TRAINING)
    assert f'<a href="{ACTIVITIES}">' in ana.get("/LT/2021").text
    assert '<a href="/LT/2021/lists/countries">' in ana.get("/LT/2021/figures/general_situation").text
    path = f"{ACTIVITIES}/course_for_judges"
    page = ana.get("/LT/2021/figure/activities.course_for_judges.participants").text
    assert f"{path}#at-figures/participants" in page
    typed(ana, path, {"period": "2019"})
    bench.checked()
    assert f'href="{path}' in ana.get("/LT/2021/findings").text
    assert 'class="say is-' in ana.get(path).text


def test_a_list_names_a_part_of_a_figure_as_its_sheet_does(bench: Bench) -> None:
    ana = bench.person()
    place = "/LT/2021/lists/revisions"
    wanted = {"figure": "victims.identified.women", "year": "2019", "was": "1", "now": "2", "reason/en": "Recounted."}
    assert 303 == typed(ana, f"{place}/-", {**wanted, "reason/lt": "Perskaičiuota."}).status
    assert "Identified victims, women, 2019" in ana.get(place).main


def test_countries_are_typed_by_name_and_a_recipient_comes_and_goes(bench: Bench) -> None:
    ana = bench.person()
    assert "not answered yet" in ana.get("/LT/2021/lists/countries").text
    reader = ana.knowing(**{"Accept-Language": "lt"})
    assert 303 == typed(reader, "/LT/2021/lists/countries/0", {"named": "Vokietija, norway; UK"}).status
    assert "+    named: [DE, NO, UK]" in [each.partition("  #")[0] for each in bench.changed(YEAR)]
    assert "Germany, Norway, United Kingdom" in ana.get("/LT/2021/lists/countries").text
    wrong = typed(ana, "/settings/mail", {"mail/from": "nobody"})
    assert (422, True, []) == (wrong.status, 'value="nobody"' in wrong.text, bench.changed(SETTINGS))
    assert 'id="p-mail/from"' in wrong.text
    values = {"channel": "folder", "folder": "out", "gets=pdf": "1", "audience": "public", "language": "en"}
    answer = typed(ana, "/settings/recipients/-", values | {"name/en": "Archive", "name/lt": "Archyvas"})
    path = "/settings/recipients/archive"
    assert (303, path) == (answer.status, answer.headers["location"])
    assert "  archive:\n    channel: folder\n" in (bench.root / SETTINGS).read_text()
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', ana.get(f"{path}?remove=1").text)[1]
    assert (303, []) == (ana.post(path, {"remove": "1", "seen": seen}).status, bench.changed(SETTINGS))


def test_an_agency_is_added_with_the_figures_that_it_answers(bench: Bench) -> None:
    ana = bench.person()
    assert 'href="/LT/lists/agencies/-"' in ana.get("/LT/2021/agencies").text
    path = "/LT/lists/agencies/-"
    agency = {
        "name/en": "Police",
        "name/lt": "Policija",
        "language": "lt",
        "source": "commission_page",
        "answers": "persons.convicted",
        "due": "03-01",
    }
    wrong = typed(ana, path, agency | {"answers": "persons.convict"})
    assert (422, True) == (wrong.status, "did you mean" in wrong.text), wrong.main
    assert '<option value="lt">Lithuanian</option>' in ana.get(path).text
    answer = typed(ana, path, agency | {"answers": "Persons convicted\npersons convicted, sex and age"})
    assert (303, "/LT/lists/agencies/police") == (answer.status, answer.headers["location"])
    assert "    answers: [persons.convicted, persons.convicted by person]" in (bench.root / COUNTRY).read_text()
    assert "\nPersons convicted\nPersons convicted, sex and age</textarea>" in ana.get(answer.headers["location"]).text
    page = ana.get("/LT/2021/agencies").main
    assert ("Police" in page, "Make the form" in page) == (True, True)


@pytest.mark.parametrize(
    ("path", "name", "value", "said"),
    [
        (f"{PLANS}/plan_2020", "period", "2020 to 2022", "is not a period"),
        (f"{PLANS}/plan_2020", "name/en", "", '<a href="#f-name/en">Name, English</a>: it is not filled in'),
        ("/LT/2021/lists/countries/0", "named", "Germny", "unknown country"),
        ("/LT/2020/lists/activities/community_meetings", "figures/events/value", "1,000", "separator"),
        (
            "/LT/2020/lists/activities/community_meetings",
            "figures/events/value",
            "12,5",
            "Write a whole number, such as 12.",
        ),
        (
            "/LT/2020/lists/activities/community_meetings",
            "figures/events/value",
            "≈12.5",
            "Write a whole number, such as 12.",
        ),
    ],
)
def test_what_is_no_value_is_said_at_its_field_and_nothing_typed_is_lost(bench: Bench, path, name, value, said) -> None:
    ana = bench.person()
    answer = typed(
        ana, path, {name: value, "note/en": "typed and kept"} | ({"name/lt": ""} if name == "name/en" else {})
    )
    assert 422 == answer.status
    for each in ("Nothing is written yet", said, "typed and kept", 'aria-invalid="true"'):
        assert each in answer.text
    assert [] == bench.changed(YEAR) + bench.changed(COUNTRY)


def test_two_who_change_the_same_are_asked_and_what_each_typed_stays(bench: Bench) -> None:
    ana, jonas, path = bench.person(), bench.person("Jonas"), f"{PLANS}/plan_2020"
    seen = fields(jonas.get(path).text)
    assert 303 == typed(ana, path, {"focus/en": "Prevention first"}).status
    mine = {**seen, "v:focus/en": "Help first", "v:evaluated": "2023"}
    answer = jonas.post(path, mine)
    assert 409 == answer.status
    for said in ("Prevention first", "Help first", "Write mine", "Keep theirs", "Back to your input"):
        assert said in answer.text
    assert 1 == len([each for each in bench.changed(COUNTRY) if each.startswith("+")])
    kept = re.search(r'<form method="post" action="[^"]*" class="buttons">(.*?)</form>', answer.text, re.S)[1]
    assert "Help first" in jonas.post(path, hidden(kept)).text
    again = re.search(r'<div class="mine">(.*?)</form>', answer.text, re.S)[1]
    assert 303 == jonas.post(path, hidden(again)).status
    assert {'+      en: "Help first"', "+    evaluated: 2023"} <= set(bench.changed(COUNTRY))


def test_a_code_is_checked_a_role_is_written_and_an_entry_goes_when_it_was_shown_what_goes(bench: Bench) -> None:
    ana = bench.person()
    given = {**fields(ana.get(f"{PLANS}/-").text), "v:name/en": "Plan", "v:period": "2023/2025"}
    for code, said in (("plan_2020", "already exists"), ("Plan 2023", "is not a code")):
        answer = ana.post(f"{PLANS}/-", {**given, "code": code})
        assert (422, True) == (answer.status, said in answer.text)
    assert f"{PLANS}/plan_2023" == ana.post(f"{PLANS}/-", {**given, "code": "plan_2023"}).headers["location"]
    answer = typed(ana, f"{ROLES}/-", {"role/en": "Watches the budget", "since": "2020"})
    assert f"{ROLES}/watches_the_budget" == answer.headers["location"]
    assert ["+      watches_the_budget:", '+        role: {en: "Watches the budget"}', "+        since: 2020"] == [
        each for each in bench.changed(COUNTRY) if "plan" not in each.lower() and "2023" not in each
    ]
    assert "Watches the budget" in ana.get(ROLES.removesuffix("/roles")).text
    bench.start_again()
    ana, path = bench.person(), f"{PLANS}/plan_2009"
    page = ana.get(f"{path}?remove=1")
    assert (True, []) == (">plan_2009:\n    name:" in html.unescape(page.text), bench.changed(COUNTRY))
    asked = dict(re.findall(r'type="hidden" name="(remove|seen)" value="([^"]*)"', page.text))
    assert 409 == ana.post(path, {**asked, "seen": "0" * 64}).status
    gone = ana.post(path, asked)
    assert (303, PLANS) == (gone.status, gone.headers["location"])
    assert all(each.startswith("-") for each in bench.changed(COUNTRY))
    assert (404, 303, []) == (ana.get(path).status, ana.undo(PLANS).status, bench.changed(COUNTRY))
    ana, path = bench.person(), "/LT/lists/sources/commission_page"
    asked = dict(re.findall(r'name="(remove|seen)" value="([^"]*)"', ana.get(f"{path}?remove=1").text))
    answer = ana.post(path, asked)
    assert (422, True) == (answer.status, "It cannot be removed: other entries depend on it." in answer.text)
    assert (True, []) == ("unknown source" in answer.text, bench.changed(COUNTRY))


INDICATOR = {
    "label/en": "Victims compensated",
    "label/lt": "Aukos, kurioms atlyginta",
    "unit": "persons",
    "kind": "flow",
    "population": "victims",
    "definition/en": "Victims who were paid compensation during the year.",
    "definition/lt": "Aukos, kurioms per metus atlyginta žala.",
}


def test_a_new_indicator_is_in_the_catalogue_and_its_field_on_the_sheet_of_its_chapter(bench: Bench) -> None:
    ana, new = bench.person(), "/LT/catalogue/indicators/-"
    told = {**fields(ana.get(new).text), **{f"v:{name}": value for name, value in INDICATOR.items()}}
    told |= {"v:dimensions=form": "1"}
    answer = ana.post(new, {**told, "family": ""})
    assert (422, True) == (answer.status, "the chapter is missing" in answer.text)
    assert [] == bench.changed(CATALOGUE)
    answer = ana.post(new, {**told, "family": "victims"})
    code = "victims.victims_compensated"
    sheet = "/LT/2021/figures/general_situation"
    assert (303, f"{sheet}?at={code}#f-{code}") == (answer.status, answer.headers["location"])
    assert f"+  {code}: unanswered" in bench.changed(YEAR)
    assert [
        f"+  {code}:",
        '+    label: {en: "Victims compensated", lt: "Aukos, kurioms atlyginta"}',
        "+    unit: persons",
        "+    kind: flow",
        "+    population: victims",
        "+    definition:",
        '+      en: "Victims who were paid compensation during the year."',
        '+      lt: "Aukos, kurioms per metus atlyginta žala."',
        "+    dimensions: [form]",
    ] == bench.changed(CATALOGUE)
    page = ana.get(sheet).text
    assert (True, True) == (f'id="f-{code}"' in page, "Victims compensated" in page)
    written = ana.post(sheet, {"figure": code, "value": "3", "seen": "unanswered"})
    assert (303, True) == (written.status, f"+  {code}: 3" in bench.changed(YEAR))


def test_all_that_can_be_set_is_named_and_nothing_else_has_a_page(bench: Bench) -> None:
    ana = bench.person()
    for path in ("nothing", "plans/nothing", "plans/plan_2020/name", "about/more", "figures", "contacts/-/-"):
        assert 404 == ana.get(f"/LT/lists/{path}").status, path
    assert 405 == ana.post(PLANS, {}).status
    page = ana.get("/settings").text
    for address in (*{each.partition("/")[0] for each in SETTING_PAGES} - {"disclosure"}, "backup"):
        assert f'href="/settings/{address}"' in page
    for address in ("nothing", "mail/host", "reports/title", "recipients/nobody", "recipients/-/x/y"):
        assert 404 == ana.get(f"/settings/{address}").status, address


@pytest.mark.parametrize("language", ["en", "lt"])
def test_a_form_sent_as_it_was_writes_nothing(bench: Bench, language: str) -> None:
    ana = bench.person().knowing(**{"Accept-Language": language})
    lists = (f"{PLANS}/plan_2020", "/LT/2021/lists/countries/0", "/LT/lists/about", "/LT/lists/methodology")
    for page in (*lists, *(f"/settings/{each}" for each in SETTING_PAGES)):
        assert 303 == typed(ana, page, {}).status, page
    assert [] == bench.changed(YEAR) + bench.changed(COUNTRY) + bench.changed(SETTINGS)


@pytest.mark.parametrize(
    ("page", "field", "value", "line"),
    [
        ("mail", "mail/host", "smtp.other.example", "  host: smtp.other.example"),
        ("thresholds", "thresholds/percent_base", "40", "percent_base: 40"),
        ("looks", "theme", "eu-blue", "theme: eu-blue"),
        ("recipients/commission", "address", "desk@commission.example", "    address: desk@commission.example"),
        ("deadlines/article_20", "due", "05-31", "    due: 05-31"),
    ],
)
def test_a_setting_that_is_typed_is_written_as_one_line(bench: Bench, page, field, value, line) -> None:
    assert f'id="at-{field}"' in bench.person().get(f"/settings/{page}").text
    assert 303 == typed(bench.person(), f"/settings/{page}", {field: value}).status
    (come,) = (each for each in bench.changed(SETTINGS) if each.startswith("+"))
    assert line in come


def test_settings_say_which_languages_were_translated_by_machine(bench: Bench) -> None:
    page = bench.person().get("/settings/reports").text
    offered = {each: f"{each} (translated by machine)" in page for each in ("English", "Lithuanian", "Finnish")}
    assert {"English": False, "Lithuanian": False, "Finnish": True} == offered


def test_what_published_editions_were_made_with_is_said_where_it_would_change(tmp_path: Path) -> None:
    workspace = Workspace(small.write(tmp_path, small.FINAL))
    with running(tmp_path) as bench:
        bench.desk.read_now()
        asker = come_in(bench)
        said = "They do not change; each would need a corrigendum to use new settings."
        assert said not in asker.get("/settings/reports").text
        freeze_now(workspace, Job("XX", 2020, "en"), "2021-03-01", Label(), (("XX-2020-en.pdf", "0" * 64),))
        bench.desk.read_now()
        assert said in asker.get("/settings/reports").text
        assert said not in asker.get("/settings/mail").text


def test_the_source_of_a_new_years_figures_is_asked_for_and_written_in_its_form(bench: Bench) -> None:
    lithuanian = bench.person().knowing(Cookie=f"{bench.person().headers['Cookie']}; reporter-language=lt")
    ana = bench.person()
    about = "/LT/2021/lists/about"
    year = ana.get("/LT/2021")
    assert f'href="{about}"><b>1</b> <span>source to name' in year.text
    assert "1 source of figures waits for an answer" in year.main
    found = ana.get("/LT/2021/findings")
    assert "sources of figures not given yet: 1" in found.main.lower()
    assert f'href="{about}#at-source"' in found.text
    assert "Dar nenurodyti duomenų šaltiniai: 1" in lithuanian.get("/LT/2021/findings").main
    assert "not answered yet" in ana.get("/LT/2021/figure/persons.convicted").main
    assert re.search(r'<option value="unanswered" selected>not answered yet', ana.get(about).text)
    typed(ana, about, {"source": "unodc_glotip"})
    assert [
        "-source: unanswered  # 2020: commission_page",
        "+source: unodc_glotip  # 2020: commission_page",
    ] == bench.lines
    bench.bench.desk.read_now()
    assert "source to name" not in ana.get("/LT/2021").main


def test_the_commission_is_added_as_a_recipient_by_a_button_where_it_is_not_one(bench: Bench) -> None:
    ana, button = bench.person(), "Add the European Commission (files saved to a folder)"
    assert button not in ana.get("/settings/recipients").text
    bench.write((bench.root / SETTINGS).read_text().replace("  commission:\n", "  coordinator:\n"), SETTINGS)
    page = ana.get("/settings/recipients").text
    form = re.search(rf'<form [^>]*action="(/settings/recipients/-)">.*?{re.escape(button)}.*?</form>', page, re.S)
    done = ana.post(form[1], hidden(form[0]))
    assert (303, "/settings/recipients/commission") == (done.status, done.headers["location"])
    added = yaml.safe_load((bench.root / SETTINGS).read_text())["recipients"]["commission"]
    assert ("folder", "outgoing/commission", "en") == (added["channel"], added["folder"], added["language"])
    assert {"en": "European Commission", "lt": "Europos Komisija"} == added["name"]
    assert button not in ana.get("/settings/recipients").text


def test_the_question_for_a_name_repeats_what_was_typed_and_a_field_says_once_what_all_years_say_of_it(
    bench: Bench,
) -> None:
    country = bench.root / COUNTRY
    place = re.search(r"^publisher:\n(?:  .*\n)+", country.read_text(), re.M)[0]
    bench.write(country.read_text().replace(place, 'publisher: {en: "[ministry]", lt: Ministerija}\n'), COUNTRY)
    for year in ("2019", "2020"):
        file = f"data/LT/{year}.yaml"
        bench.write((bench.root / file).read_text().replace("status: final", "status: draft"), file)
    stranger = come_in(bench.bench)
    assert 1 == stranger.get("/LT/lists/about").main.count("[ministry] is still in brackets")
    asked = typed(stranger, "/LT/lists/about", {"publisher/en": "Ministry of the Interior"})
    assert ["Ministry of the Interior"] == re.findall(r'<pre class="sent"[^>]*>(.*?)</pre>', asked.text)


def test_what_was_found_in_a_form_is_said_no_more_once_it_is_written_otherwise(bench: Bench) -> None:
    country, ana = bench.root / COUNTRY, bench.person()
    place = re.search(r"^publisher:\n(?:  .*\n)+", country.read_text(), re.M)[0]
    bench.write(country.read_text().replace(place, 'publisher: {en: "[ministry]", lt: Ministerija}\n'), COUNTRY)
    assert "is still in brackets" in ana.get("/LT/lists/about").main
    # Nothing is checked between the answer and the page that it leads to.
    with bench.bench.desk._one_at_a_time:
        assert 303 == typed(ana, "/LT/lists/about", {"publisher/en": "Ministry of the Interior"}).status
        assert "is still in brackets" not in ana.get("/LT/lists/about").main
