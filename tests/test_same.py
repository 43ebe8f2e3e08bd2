"""What serves developers: `make same` leaves nothing out, `make fuzz` reads, and the invented Union can be built."""

import pytest

from reporter.cli.contents import COMMANDS
from reporter.data.errors import Finding, Mark, Severity
from reporter.data.files.workspace import Workspace
from reporter.data.records import vintage
from reporter.editions.checked import CheckedDataset, load_checked
from reporter.figures.compare.figures import Manner, Side, Sides, compare_figures, counted_alike
from reporter.workbench.routes import ROUTES
from scripts.fuzz.__main__ import fault_of
from scripts.fuzz.targets import TARGETS, Target
from scripts.same.contents import MISTAKES, ROOMS
from scripts.union import CODES, SEED, country_of, files_of, make_union

# What is typed wrongly and nothing else: a key, a shell and a browser are no workspace's.
ONLY_WRONGLY = {"sign", "admin completion", "serve"}
# What a line leads to by an address that it does not say: by a link, by a form of another page, or from a form on.
LED_TO = {
    "GET": {"/", "/making/{digest}", "/{country}/{year:int}/agencies/came/{digest}"},
    "POST": {
        "/beside",
        "/{country}/{year:int}/release/{step}",
        "/undo",
        "/settings/backup",
        "/{country}/{year:int}/agencies/came",
        "/{country}/{year:int}/agencies/came/{digest}",
    },
}
# Entries of the catalogue and of the settings are written by the same code as those of lists.
NOT_SENT = {"/{country}/catalogue/{place:path}", "/settings/{place:path}"}


def test_every_command_is_typed_well_and_wrongly() -> None:
    lines = [line.split() for name, room in ROOMS.items() if name != "mistakes" for line in room.lines]
    typed = {" ".join(words[:count]) for words in lines for count in (1, 2)}
    assert set(COMMANDS) == MISTAKES.keys() - {""}
    assert ONLY_WRONGLY == COMMANDS.keys() - typed


def test_every_page_of_the_workbench_is_asked_for_and_every_form_is_sent() -> None:
    lines = [line.split() for room in ROOMS.values() for line in room.lines]
    places = [(words[0], words[3] if ">" in words else words[1].partition("?")[0]) for words in lines if words[1:]]
    asked = [(method, place) for method, place in places if place != "/"]
    missing = {
        (method, route.path)
        for route in ROUTES
        for method in (route.methods or set()) - {"HEAD"}
        if route.path not in LED_TO[method] | (NOT_SENT if method == "POST" else set())
        if not any(
            of == method and (route.path_regex.match(path) or path in route.path) for of, path in asked if path != "/"
        )
    }
    assert set() == missing


@pytest.mark.parametrize("name", TARGETS)
def test_what_a_target_begins_from_is_read_or_refused(name: str) -> None:
    assert [""] * len(TARGETS[name].seeds) == [fault_of(TARGETS[name], each) for each in TARGETS[name].seeds]


def test_what_is_no_refusal_is_a_fault() -> None:
    assert fault_of(Target(lambda content: content[9], ()), b"").startswith("IndexError: index out of range")


# One that counts otherwise, and one that does not.
FEW = tuple(next(code for code in CODES if bool(country_of(code, SEED).otherwise) is kind) for kind in (True, False))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> CheckedDataset:
    root = tmp_path_factory.mktemp("union")
    make_union(root, codes=FEW)
    return load_checked(Workspace(root).snapshot(), *FEW)


def test_nothing_stops_an_edition_of_the_invented_union(few: CheckedDataset) -> None:
    assert [] == [str(each) for each in few.findings if each.severity is Severity.ERROR and not each.accepted]


def test_the_invented_union_has_what_can_be_compared_and_what_cannot(few: CheckedDataset) -> None:
    known = [vintage(few.dataset, code, 2022) for code in FEW]
    sides = Sides(Manner.COUNTRIES, tuple(Side(2022, each, each) for each in known))
    assert {True, False} == {counted_alike(row, sides) for row in compare_figures(sides) if row.is_shared}


def test_the_invented_union_is_made_of_countries_of_all_kinds() -> None:
    countries = [country_of(code, 1) for code in CODES]
    assert 27 == len({each.name for each in countries})
    for kinds in ("omitted", "breaking", "otherwise", "estimated", "inhabitants"):
        assert {True, False} == {bool(getattr(each, kinds)) for each in countries}


def test_one_seed_makes_one_union() -> None:
    first, again, other = (dict(files_of("MT", seed, 5)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert "data/MT/2017.yaml" in first


@pytest.mark.parametrize(
    ("path", "year", "since"),
    [
        ("data/XX/2022.yaml", 2019, 2022),
        ("data/XX/2019.yaml", 2022, 2022),
        ("data/XX/2022.yaml", None, 2022),
        ("data/XX/text/en/2021.md", 2020, 2021),
        ("data/XX/country.yaml", 2020, 2020),
        ("data/XX/country.yaml", None, 0),
    ],
)
def test_a_finding_is_printed_since_the_later_of_its_year_and_that_of_its_file(
    path: str, year: int | None, since: int
) -> None:
    finding = Finding(severity=Severity.NOTE, code="jump", message="", mark=Mark(path), year=year)
    assert since == finding.since
