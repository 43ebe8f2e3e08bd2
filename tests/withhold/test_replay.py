"""Whoever knows the rules and not the seed is left with five values of all that is withheld."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from reporter.data.files.sources import Sources
from reporter.data.records import Audience, Because
from reporter.editions.public.public_files import for_audience
from reporter.figures.withhold.decisions import decide, printed_editions
from reporter.figures.withhold.primary_suppression import PARTS, TOTALS, Lots, new_seed
from reporter.figures.withhold.protection import readers_view
from tests import small
from tests.fixtures import SEED, Say
from tests.withhold.deciding_country import country_of, known_of

VICTIMS = "victims.identified"
FILE = "data/XX/protection/2020.yaml"
CHILDREN = f"{VICTIMS}.children"


TABLE = "53, by person: {women: 30, men: 20, children: 3}"


def table(women: int, men: int, children: int) -> str:
    parts = f"women: {women}, men: {men}, children: {children}"
    return f"{VICTIMS}: {{total: {women + men + children}, by person: {{{parts}}}}}"


class Drawn(Lots):
    """Lots of which some are drawn."""

    __slots__ = ("drawn",)

    def __init__(self, *drawn: tuple[str, str]) -> None:
        super().__init__("drawn")
        object.__setattr__(self, "drawn", drawn)

    def number(self, what: str, address: str, year: int, below: int) -> int:  # noqa: ARG002
        return 0 if (what, address.rpartition(".")[2]) in self.drawn else 1


def withheld(sources: Sources, lots: Lots) -> Mapping[str, Because]:
    return {each.observation.code: each.because for each in decide(sources, "XX", 2020, lots=lots).cells}


@pytest.mark.parametrize("children", [4, 1, 7])
def test_which_part_protects_does_not_follow_from_the_numbers(children: int) -> None:
    """The case that was printed: total 43, men 20; women and children are withheld, and the children were 4."""
    sources = country_of({2020: table(23 - children, 20, children)})
    lots = Drawn(("beside", "women"), ("small", "children"))
    because = Because.SMALL if children < 5 else Because.LOT
    assert {"women": Because.LOT, "children": because} == withheld(sources, lots)


def test_what_is_nearly_small_is_withheld_by_lot_alone() -> None:
    sources = country_of({2020: table(30, 20, 9)})
    assert {} == withheld(sources, Lots())
    assert {"children": Because.LOT, "women": Because.LOT} == withheld(
        sources, Drawn(("small", "children"), ("beside", "women"))
    )
    over = country_of({2020: table(30, 20, 10)})
    assert {} == withheld(over, Drawn(("small", "children"), ("beside", "women")))


def test_lots_are_drawn_as_often_as_is_said() -> None:
    seeds = [Lots(new_seed()) for _ in range(9000)]
    for what, one_in in (("small", PARTS), ("beside", TOTALS)):
        drawn = sum(each.is_drawn(what, CHILDREN, 2020, one_in) for each in seeds)
        assert 0.7 < drawn * one_in / len(seeds) < 1.3
    assert 4000 < sum(each.number("order", CHILDREN, 2020, 2) for each in seeds) < 5000


def test_the_seed_is_kept_and_decides_the_same_again() -> None:
    sources = country_of({2020: table(30, 20, 3)})
    first = decide(sources, "XX", 2020, lots=Lots("s1"))
    assert "\nseed: s1\n" in first.text
    laid = sources.overlay({FILE: first.text.encode()})
    assert first.text == decide(laid, "XX", 2020).text == decide(laid, "XX", 2020, renew=True).text
    # A later edition draws by it, too.
    later = laid.overlay({"data/XX/2021.yaml": f"year: 2021\nsource: police\nfigures: {{{table(8, 9, 2)}}}\n".encode()})
    assert "seed" not in decide(later, "XX", 2021).text


def test_a_file_without_a_seed_stays_as_it_is_where_all_is_decided() -> None:
    file = f"withheld:\n  2020: {{{CHILDREN}: {{because: small}}, {VICTIMS}.men: {{because: protects}}}}\n"
    sources = country_of({2020: table(30, 20, 3)}, more={FILE: file})
    decided = decide(sources, "XX", 2020)
    assert (file, ()) == (decided.text, decided.view.bounds.exposed)


def test_the_audit_counts_only_what_the_rules_can_lead_to() -> None:
    """Nobody but the children can be small here: of the 0 to 4 that the sum leaves, 0 would not have been withheld."""
    rules = "disclosure: {thresholds: [{figures: [persons.convicted], below: 5}]}\n"
    few = "persons.convicted: 4\n  investigations.opened: 9"
    file = "withheld: {2020: {persons.convicted: {because: small}}}\n"
    sources = country_of({2020: few}, rules, {FILE: file})
    (limits,) = readers_view(printed_editions(sources, "XX", known_of(sources, 2020))).bounds.limits
    assert (1, 9, True) == (limits.lowest, limits.highest, limits.is_protected)
    wide = country_of({2020: few}, rules.replace("{thr", "{width: 11, thr"), {FILE: file})
    (limits,) = readers_view(printed_editions(wide, "XX", known_of(wide, 2020))).bounds.limits
    assert (1, 15) == (limits.lowest, limits.highest)


def test_what_only_a_person_chose_tells_nothing_by_the_rules() -> None:
    file = "withheld: {2020: {persons.convicted: {because: chosen}}}\n"
    sources = country_of({2020: "persons.convicted: 44"}, more={FILE: file})
    (limits,) = readers_view(printed_editions(sources, "XX", known_of(sources, 2020))).bounds.limits
    assert (0, None) == (limits.lowest, limits.highest)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("left", ["withheld: {}", "# more"])
def test_no_edition_has_the_seed(audience: Audience, left: str) -> None:
    """Neither that of who may know the withheld values, nor one in which nothing is withheld."""
    decided = decide(country_of({2020: table(30, 20, 3)}), "XX", 2020, lots=Lots("secret 1")).text
    for text in (decided, f'{{"seed": secret 1, {left}}}' if "{" in left else f"seed: secret 1 {left}\n"):
        sources = country_of({2020: table(30, 20, 3)}, more={FILE: text})
        shown = for_audience(sources, audience)
        assert not [path for path, each in shown.items() if b"secret 1" in each.content]
        known_of(shown, 2020)
    assert b"small" in for_audience(sources.overlay({FILE: decided.encode()}), Audience.RESTRICTED)[FILE].content


def test_the_audit_names_what_was_decided_without_a_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Say
) -> None:
    figures = small.FILES[small.YEAR].replace("80, by person: {women: 60, men: 20}", TABLE)
    decided = f"withheld:\n  2020: {{{CHILDREN}: {{because: small}}, {VICTIMS}.men: {{because: protects}}}}\n"
    monkeypatch.chdir(small.write(tmp_path, {small.YEAR: figures, FILE: decided}))
    words = "decided without a seed, so what the choice reveals is not proved: XX 2020"
    code, said = say("audit", "XX", "2020")
    assert (0, True) == (code, words in said)
    (tmp_path / FILE).write_text(f"seed: {SEED}\n{decided}")
    code, said = say("audit", "XX", "2020", "--format", "json")
    told = [{"figure": f"{VICTIMS}.{name}", "year": 2020, "at_least": 5} for name in ("children", "men")]
    assert (0, told) == (code, json.loads(said)["possible"])
