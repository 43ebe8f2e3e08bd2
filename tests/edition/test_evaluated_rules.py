"""Of every rule and year something is told: it holds, it does not, or it could not be asked."""

from reporter.check import ABSENCES, OVERALL, RULES
from reporter.edition.evaluated_rules import EvaluatedEdition, evaluate, outcomes_of
from reporter.export.ess_report import RuleOutcome
from reporter.files.sources import Sources
from reporter.model import Audience
from tests import small
from tests.export.machine_shapes import finding
from tests.snapshots import snapshot


def outcomes(sources: Sources, **more) -> tuple[RuleOutcome, ...]:
    return evaluate(sources, None, None, **more)


def by_rule(found: tuple[RuleOutcome, ...]) -> dict[tuple[str, int | None], set[str]]:
    told: dict[tuple[str, int | None], set[str]] = {}
    for each in found:
        told.setdefault((each.rule, each.year), set()).add(each.verdict.value)
    return told


def test_each_rule_and_year_has_a_verdict_and_never_two(tmp_path):
    told = by_rule(outcomes(snapshot(small.write(tmp_path))))
    years = (2018, 2019, 2020)
    assert {(rule.code, year) for rule in RULES for year in years} <= told.keys()
    assert {(rule.code, None) for rule in OVERALL} <= told.keys()
    assert {1} == {len(verdicts) for verdicts in told.values()}
    assert {"0"} == told["parts-make-total", 2020]
    assert {"1"} == told["parts-make-total", 2019]


def test_a_value_is_named_by_file_indicator_dimension_and_code(tmp_path):
    (found,) = (
        each for each in outcomes(snapshot(small.write(tmp_path))) if each.rule == "parts-make-total" and each.told
    )
    file = small.YEAR
    assert (("XX", "2020", file, "investigations.opened", "", ""),) == found.target
    assert ("XX", "2020", file, "investigations.opened", "form", "sexual") in found.source
    assert found.told.startswith(f"{file}:4:34: parts of investigations.opened make 10, total is 11")
    assert "2020-12-31" == found.day


def test_what_waits_for_a_file_that_cannot_be_read_is_not_evaluated(tmp_path):
    told = by_rule(
        outcomes(snapshot(small.write(tmp_path, {small.YEAR: f"{small.HEAD}figures:\n  victims.identified: x\n"})))
    )
    waiting = {code for (code, year), verdicts in told.items() if verdicts == {"NA"} and year == 2020}
    assert ABSENCES <= waiting
    assert {"1"} == told["no-value", 2019]
    assert {"1"} == told["cell-is-total", 2020]


def test_an_accepted_finding_has_its_reason_and_no_longer_says_what_to_do():
    edition = EvaluatedEdition("XX", 2020, "2021-05-03")
    (found,) = (each for each in outcomes_of([finding(accepted="So it is.")], [edition], [], ["en"]) if each.told)
    assert ("So it is.", "2021-05-03") == (found.accepted, found.day)
    assert "data/XX/2020 a.yaml:4:3: 50% rose, from 10: to 20\nand more" == found.told


def test_the_public_is_not_told_of_the_rule_about_what_is_withheld(tmp_path):
    sources = snapshot(small.write(tmp_path))
    told, all_of_it = (by_rule(outcomes(sources, audience=each)) for each in (Audience.PUBLIC, Audience.RESTRICTED))
    assert {("withheld-typed", None)} == all_of_it.keys() - told.keys()
