"""Figures are typed, pasted, taken back; two who write the same lose nothing."""

import http.client
import json
import re
from urllib.parse import urlencode

import pytest

from tests.workbench.figures_bench import HELP, JUSTICE, Bench
from tests.workbench.serving import FORM, OURS, Answer, Asker, come_in, hidden, words

CONVICTED, VICTIMS, PERSONS = "persons.convicted", "victims.identified", "assistance.persons"
HERE = "/LT/2021/figures/general_situation"
WAS = {"was.flags": "", "was.note.en": "", "was.note.lt": "", "was.source": "", "was.confidentiality": "F"}
REMARKS = {"pane": "1", "figure": CONVICTED, "flag.p": "1", "note.lt": "", "source": "", "confidentiality": "F", **WAS}


def typed(asker: Asker, figure: str, value: str, seen: str = "unanswered", path: str = JUSTICE, **more: str) -> Answer:
    return asker.post(path, {"figure": figure, "value": value, "seen": seen, **more})


def pasted(asker: Asker, column: str, **more: str) -> Answer:
    return asker.post(HELP, {"figure": PERSONS, "column": column, **more})


def test_a_number_that_is_typed_changes_one_line_and_an_open_field_none(bench: Bench) -> None:
    assert (303, []) == (typed(bench.person(), CONVICTED, "").status, bench.lines)
    ana = bench.person()
    answer = typed(ana, CONVICTED, ">=12")
    assert (303, f"{JUSTICE}?at={CONVICTED}#f-{CONVICTED}") == (answer.status, answer.headers["location"])
    assert [
        "-  persons.convicted: unanswered  # 2020: 17",
        "+  persons.convicted: at least 12  # 2020: 17",
    ] == bench.lines
    page = ana.get(answer.headers["location"].partition("#")[0]).text
    assert (True, True) == ('value="≥12"' in page, "Undo: Persons convicted, ≥12 → …" in page)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("n.d.", "is not a number"),
        ("1,234", "has a thousands separator"),
        ("12 34", "is not a number"),
        ("12,5", "12,5 is not possible: this is counted in whole numbers"),
        ("8.0", "8.0 is not possible: this is counted in whole numbers"),
        ("-5", "-5 is not possible: a count is zero or more"),
        ("-5.0", "-5.0 is not possible: this is counted in whole numbers"),
        ("010", "has a leading zero"),
    ],
)
def test_what_is_no_answer_is_said_at_the_field_and_not_written(bench: Bench, value: str, said: str) -> None:
    answer = typed(bench.person(), CONVICTED, value)
    assert (422, True, True) == (answer.status, said in answer.text, f'value="{value}"' in answer.text)
    assert 'aria-describedby="wrong"' in answer.text
    assert bench.begun == bench.file.read_bytes()


def test_who_writes_is_asked_once_and_what_was_typed_stays(bench: Bench) -> None:
    asker = come_in(bench.bench)
    answer = typed(asker, CONVICTED, "12")
    assert (422, "Enter your name", []) == (answer.status, answer.title, bench.lines)
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    kept.pop("here")
    done = asker.post(JUSTICE, {**kept, "person": "  Rasa\u200b Petraitė "})
    cookie = done.headers["set-cookie"]
    assert (303, True, 2) == (done.status, "reporter-person=Rasa%20Petrait%C4%97;" in cookie, len(bench.lines))
    known = asker.knowing(Cookie=f"{asker.headers['Cookie']}; {cookie.partition(';')[0]}")
    assert (True, 303) == ("Rasa Petraitė" in known.get(JUSTICE).text, typed(known, CONVICTED, "13", seen="12").status)


def together(asker: Asker, values: dict[str, tuple[str, str]], path: str = JUSTICE) -> Answer:
    fields = {
        f"{name}.{figure}": each
        for figure, (value, seen) in values.items()
        for name, each in (("value", value), ("seen", seen))
    }
    return asker.post(path, {"typed": "1", **fields})


def test_many_values_are_written_by_one_request_and_what_is_no_value_keeps_none_back(bench: Bench) -> None:
    ana, open_ = bench.person(), "unanswered"
    typed(bench.person("Jonas"), "persons.prosecuted", "8")
    values = {CONVICTED: (">=12", open_), "persons.prosecuted": ("9", open_), "persons.prosecuted.men": ("n.d.", open_)}
    answer = together(
        ana,
        {**values, "persons.prosecuted.women": ("8.0", open_), f"{PERSONS}.men": ("3", open_), "no.figure": ("1", "")},
    )
    told = {CONVICTED: {"seen": "at least 12", "shown": "≥12"}, f"{PERSONS}.men": {"seen": "3", "shown": "3"}}
    assert (200, told) == (answer.status, json.loads(answer.body))
    assert (True, True, True) == tuple(each in bench.text for each in ("convicted: at least 12", "total: 8", "men: 3"))
    # The sheet shows it at once, whatever was read meanwhile; each of them is taken back on its own.
    assert 'name="seen" value="at least 12"' in ana.get(JUSTICE).text
    bench.bench.desk.read_now()
    assert "Undo: Persons assisted (men)" in ana.get(JUSTICE).text


def test_a_value_sent_twice_or_typed_again_before_its_answer_is_no_contradiction(bench: Bench) -> None:
    ana = bench.person()
    for value, seen, stands in (
        ("12", "unanswered", "12"),
        ("12", "unanswered", "12"),
        (">13", "unanswered\n12", "over 13"),
    ):
        assert {CONVICTED: stands} == {
            each: told["seen"] for each, told in json.loads(together(ana, {CONVICTED: (value, seen)}).body).items()
        }
    assert {} == json.loads(together(ana, {CONVICTED: ("14", "unanswered\n12")}).body)
    assert {} == json.loads(together(come_in(bench.bench), {CONVICTED: ("14", "over 13")}).body)
    assert "persons.convicted: over 13" in bench.text


def test_a_form_that_is_carried_out_gives_its_word_back_and_another_does_not(bench: Bench) -> None:
    ana = bench.person()
    refused, written = (typed(ana, CONVICTED, value, token="17-4") for value in ("n.d.", "12"))
    assert (422, False) == (refused.status, "reporter-written" in refused.headers.get("set-cookie", ""))
    cookies = http_cookies(ana, CONVICTED, "13", "12")
    assert (303, "reporter-written=17-5; Path=/; Max-Age=60; SameSite=Strict") == (written.status, cookies[-1])


def http_cookies(asker: Asker, figure: str, value: str, seen: str) -> list[str]:
    connection = http.client.HTTPConnection("127.0.0.1", asker.port)
    body = urlencode({"figure": figure, "value": value, "seen": seen, "token": "17-5"})
    try:
        connection.request("POST", JUSTICE, body, {**asker.headers, "Content-Type": FORM, **OURS})
        answer = connection.getresponse()
        answer.read()
        return answer.headers.get_all("set-cookie")
    finally:
        connection.close()


def test_two_who_write_one_figure_are_asked_and_an_editor_beside_it_loses_nothing(bench: Bench) -> None:
    ana, jonas = bench.person(), bench.person("Jonas")
    assert 303 == typed(ana, CONVICTED, "8").status
    answer = typed(jonas, CONVICTED, "49")
    assert 409 == answer.status
    for said in ("You wrote 49. Meanwhile another user wrote 8.", "Keep theirs, 8", "Write mine, 49", "Decide later"):
        assert said in answer.text
    assert "persons.convicted: 8  #" in bench.text
    again = re.search(r'<div class="mine">.*?</form>', answer.text, re.S)
    assert (303, True) == (jonas.post(JUSTICE, hidden(again[0])).status, "persons.convicted: 49  #" in bench.text)
    assert "Your value, 49, is not written." in jonas.get(f"{JUSTICE}?at={CONVICTED}&later=49").text
    bench.start_again()
    # Written whole: the workbench may look at any moment.
    new = bench.root / "new.yaml"
    new.write_text("# mine\n" + bench.text.replace("men: unanswered  # 2020: 15", "men: 15"))
    new.replace(bench.file)
    assert 303 == typed(bench.person(), CONVICTED, "12").status
    assert bench.text.startswith("# mine\n")
    assert (True, True) == ("men: 15\n" in bench.text, "persons.convicted: 12  # 2020: 17" in bench.text)


def test_undo_gives_the_same_bytes_unless_others_changed_them_and_redo_writes_again(bench: Bench) -> None:
    ana, jonas = bench.person(), bench.person("Jonas")
    typed(ana, CONVICTED, "12")
    typed(ana, "persons.prosecuted", "14")
    both = bench.file.read_bytes()
    assert "" == jonas.undoable(JUSTICE)
    for _ in range(2):
        assert 303 == ana.undo(JUSTICE).status
    assert (bench.begun, "") == (bench.file.read_bytes(), ana.undoable(JUSTICE))
    for _ in range(2):
        assert 303 == ana.undo(JUSTICE, "redo").status
    assert both == bench.file.read_bytes()
    mine = ana.undoable(JUSTICE)
    assert 409 == jonas.post("/undo", {"line": mine}).status
    assert 303 == ana.post("/undo", {"line": mine, "here": "//evil.example"}).status
    again = ana.post("/undo", {"line": mine})
    assert (409, "This is not your last change") == (again.status, again.title)
    bench.start_again()
    ana = bench.person()
    typed(ana, CONVICTED, "12")
    # A page offers what belongs to its country and year, and says what is on another one.
    assert ("", True) == (ana.undoable("/LT/2020"), "(on another page)" in words(ana.get(HELP).text))
    line = ana.undoable(JUSTICE)
    typed(bench.person("Jonas"), CONVICTED, "13", seen="12")
    answer = ana.post("/undo", {"line": line})
    assert (409, "Another user has changed this since") == (answer.status, answer.title)
    assert "persons.convicted: 13" in bench.text


def test_remarks_are_written_behind_the_field_and_rest_and_findings_stand_beside(bench: Bench) -> None:
    ana = bench.person()
    typed(ana, CONVICTED, "12")
    assert 303 == ana.post(JUSTICE, {**REMARKS, "note.en": "Two\r\nlines."}).status
    assert bench.lines[1:] == [
        "+  persons.convicted:  # 2020: 17",
        "+    total: 12",
        "+    flags: [p]",
        '+    note: {en: "Two lines."}',
    ]
    assert "Undo: 2 changes</button>" in ana.get(JUSTICE).text
    answer = ana.post(JUSTICE, {**REMARKS, "note.en": "Another."})
    assert (409, True) == (answer.status, "Meanwhile another user wrote Two lines." in answer.text)
    bench.start_again()
    for figure, value in (("", "14"), (".men", "11"), (".women", "2")):
        typed(ana, f"persons.prosecuted{figure}", value)
    assert "1 left of 14" in ana.get(JUSTICE).text
    typed(ana, "persons.prosecuted.women", "4", seen="2")
    bench.checked()
    page = ana.get(JUSTICE).text
    assert (True, True) == ("1 too many" in page, "parts of Persons prosecuted add up to 15, the total is 14" in page)
    typed(ana, PERSONS, "231", path=HELP)
    typed(ana, f"{PERSONS}.men", "119", path=HELP)
    # Some are not told apart by sex, so nothing is left that could be told.
    assert "left of 231" not in ana.get(HELP).text


def test_a_figure_of_the_catalogue_that_no_year_has_is_begun_and_none_of_nothing(bench: Bench) -> None:
    ana = bench.person()
    assert "further figure" in ana.get(JUSTICE).text
    assert 303 == typed(ana, "investigations.conducted", "3", seen="", all="1").status
    assert ["+  investigations.conducted: 3"] == bench.lines
    assert 404 == typed(ana, "investigations.conducted.adoption", "3", seen="").status
    assert 303 == typed(ana, "investigations.conducted.adoption", "1", seen="", all="1").status
    assert "  investigations.conducted:\n    total: 3\n    by form: {adoption: 1}\n" in bench.text
    assert [404, 404] == [ana.get(f"/LT/2021/figures/{each}").status for each in ("framework", "nothing")]
    assert [404, 404] == [typed(ana, each, "1").status for each in ("no.figure", VICTIMS)]


def test_a_pasted_column_is_shown_written_and_taken_back_in_one_step(bench: Bench) -> None:
    ana, column = bench.person(), "231\r\n178\r\n\r\n119*\r\n"
    shown = pasted(ana, column)
    assert (200, True) == (shown.status, "2 lines can be written" in shown.text)
    assert "Line 4 is skipped." in shown.text
    assert "counted in whole numbers</p>" in pasted(ana, "12,5").text
    assert bench.begun == bench.file.read_bytes()
    assert 303 == pasted(ana, column, write="1").status
    assert [each for each in bench.lines if each[0] == "+"] == [
        "+    total: 231  # 2020: 208",
        "+      victims: 178  # 2020: 164",
    ]
    bench.start_again()
    ana = bench.person()
    typed(ana, CONVICTED, "12")
    one = bench.file.read_bytes()
    assert 303 == pasted(ana, "231\n178\n53\n119", write="1").status
    both = bench.file.read_bytes()
    assert "Undo: 4 values</button>" in ana.get(HELP).text
    assert (303, one) == (ana.undo(HELP).status, bench.file.read_bytes())
    assert "Redo: 4 values</button>" in ana.get(HELP).text
    assert (303, both) == (ana.undo(HELP, "redo").status, bench.file.read_bytes())
    for expected in (one, bench.begun):
        assert (303, expected) == (ana.undo(HELP).status, bench.file.read_bytes())


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f"])
def test_a_number_with_blanks_between_its_thousands_is_read_in_a_field_and_a_column(bench: Bench, blank: str) -> None:
    ana = bench.person()
    assert 303 == typed(ana, CONVICTED, f">= 1{blank}234").status
    assert 303 == pasted(ana, f"1{blank}231\n1{blank}178", write="1").status
    assert ["at least 1234", "1231", "1178"] == [
        each.partition(": ")[2].partition("  #")[0] for each in bench.lines if each[0] == "+"
    ]


def test_two_columns_are_matched_by_the_names_of_their_rows(bench: Bench) -> None:
    ana = bench.person().knowing(**{"Accept-Language": "lt"})
    table = (
        "Asmenys\t2021\r\nPagalbą gavę asmenys\t1\u00a0231\r\nMEN\t53\r\nvictims\t178\r\n\t\r\n"
        "Assistance projects financed\t3\r\nat_risk\t12\r\nPotential victims\t4\r\nmen\t5\r\nWomen\t6\t7\r\n"
    )
    page = pasted(ana, table).text
    assert [
        "1 Asmenys · 2021 –",
        "2 Pagalbą gavę asmenys · 1 231 Pagalbą gavę asmenys 1231",
        "3 MEN · 53 Vyrai 53",
        "4 victims · 178 Aukos 178",
        "5 –",
        "6 Assistance projects financed · 3 Finansuoti pagalbos projektai 3",
        "7 at_risk · 12 Rizikos grupės asmenys 12",
        "8 Potential victims · 4 ?",
        "9 men · 5 ?",
        "10 Women · 6 · 7 ?",
    ] == [words(each) for each in re.findall(r"<tr><td>\d.*?</tr>", page, re.S)]
    told = ("nėra eilutės „Potential victims“", "„men“ yra ir ankstesnėje", "Prie „Women“ yra daugiau kaip viena")
    assert [True, True, True] == [each in words(page) for each in told]
    assert 303 == pasted(ana, table, write="1").status
    assert ["1231", "178", "12", "53", "3"] == [
        each.partition(": ")[2].partition("  #")[0] for each in bench.lines if each[0] == "+"
    ]


def test_a_name_that_two_rows_have_is_told_and_a_heading_above_a_column_is_left_out(bench: Bench) -> None:
    ana = bench.person()
    column = {"figure": "investigations.opened", "column": "Womans\t62\nWomen\t3\nWomen\t4\nInvestigations opened\t18"}
    shown = words(ana.post(JUSTICE, {**column, "all": "1"}).text)
    told = ("1 line can be written", "No row of the sheet is named Womans", "Several rows are named Women")
    assert [1, 1, 2] == [shown.count(each) for each in told]
    rows = re.findall(r"<tr><td>\d.*?</tr>", pasted(ana, "Number\n231\nx\n7").text, re.S)
    assert ["1 Number –", "2 231 Persons assisted 231", "3 x Victims ?", "4 7 Persons at risk 7"] == [*map(words, rows)]


def test_a_rest_is_a_line_of_the_breakdown_into_which_it_is_pasted_and_of_no_other(bench: Bench) -> None:
    def goes_to(figure: str, column: str) -> list[str]:
        page = bench.person().post(JUSTICE, {"figure": figure, "column": column, "all": "1"}).text
        rows = [words(each) for each in re.findall(r"<tr><td>\d.*?</tr>", page, re.S)]
        assert ("may belong to another breakdown" in page) == any(each.endswith("?") for each in rows)
        return rows

    # Women and men are no forms of exploitation, so that other persons are none either.
    assert ["1 Women · 2 Women 2", "2 Other · 1 ?"] == goes_to("persons.convicted.women", "Women\t2\nOther\t1")
    assert "1 Other · 1 ?" in goes_to("persons.convicted", "Other\t1\nWomen\t2")
    forms = "Sexual exploitation\t2\nOther\t1"
    for figure in ("persons.convicted", "persons.convicted.sexual"):
        assert "2 Other · 1 Other forms of exploitation 1" in goes_to(figure, forms)


def test_a_pasted_column_opens_only_the_parts_into_which_it_goes_and_says_of_which_figure(bench: Bench) -> None:
    column = {"figure": "persons.convicted", "column": "Women\t2\nMen\t3", "all": "1"}
    page = bench.person().post(JUSTICE, column).text
    assert "2 lines can be written Persons convicted, 2021" in words(page)
    own = re.search(r'<tbody id="g-persons.convicted">.*?(?=<tbody id=|</table>)', page, re.S)[0]
    is_open = {words(each[1]): bool(each[0]) for each in re.findall(r"<details( open)?><summary>(.*?)</summary>", own)}
    assert {name.partition(" 0 of")[0]: opened for name, opened in is_open.items()} == {
        "Sex and age": True,
        "Citizenship": False,
        "Form of exploitation": False,
    }


def test_of_a_column_nothing_is_written_or_taken_back_where_another_changed_one_of_it(bench: Bench) -> None:
    ana = bench.person()
    pasted(ana, "231\n178", write="1")
    typed(bench.person("Jonas"), f"{PERSONS}.victims", "170", seen="178", path=HELP)
    assert (409, bench.file.read_bytes()) == (ana.undo(HELP).status, bench.file.read_bytes())
    bench.start_again()
    typed(bench.person("Jonas"), f"{PERSONS}.victims", "170", path=HELP)
    seen = {f"seen.{PERSONS}": "unanswered", f"seen.{PERSONS}.victims": "unanswered"}
    answer = pasted(bench.person(), "231\n178", write="1", **seen)
    assert (409, True) == (answer.status, "You wrote 178. Meanwhile another user wrote 170." in answer.text)
    assert ["+      victims: 170  # 2020: 164"] == [each for each in bench.lines if each[0] == "+"]


def test_the_parts_of_the_catalogue_stand_under_their_breakdowns_and_those_that_a_year_has_are_open(
    bench: Bench,
) -> None:
    ana = bench.person()
    page = ana.get(f"{JUSTICE}?all=1").text
    heads = [words(each) for each in re.findall(r"<details open><summary>(.*?)</summary>", page)]
    assert "Form of exploitation 5 of 19 in the file" in heads
    closed = re.findall(r'<tr class="axis">.*?<details><summary>(.*?)</summary>.*?(?=</tbody>)', page, re.S)
    assert any("Sex and age" in each for each in closed)
    assert not any("is-answered" in each for each in closed)
    # Who is led to a part finds it open.
    at = "investigations.conducted.adoption"
    assert len(heads) + 1 == ana.get(f"{JUSTICE}?all=1&at={at}").text.count("<details open><summary>")
    assert "<details" not in re.search(r"<table.*?</table>", ana.get(JUSTICE).text, re.S)[0]


def test_what_the_public_does_not_get_has_a_sign_in_words_and_its_reason_at_the_side(bench: Bench) -> None:
    ana = bench.person()
    for part, value in (("women", "19"), ("men", "6"), ("children", "2")):
        assert 303 == typed(ana, f"{VICTIMS}.{part}", value, path=HERE).status
    protects = f"{{because: protects, protects: [{VICTIMS}.children]}}"
    decided = f"withheld:\n  2021:\n    {VICTIMS}.men: {protects}\n    {VICTIMS}.children: {{because: small}}\n"
    bench.write(decided, "data/LT/protection/2021.yaml")
    page = ana.get(f"{HERE}?at={VICTIMS}.men").text
    signs = re.findall(r'<span class="kept"><svg.*?</svg>([^<]*)</span>', page)
    assert ["withheld: protects children", "withheld: small count"] == signs[:2]
    why = re.search(r'id="kept">(.*?)</div>', page, re.S)[1]
    assert "If it were public, identified victims (children) could be derived." in why
    assert "Cost of withholding: 10." in why
