"""Of every rule and year something is told: it holds, it does not, or it could not be asked."""

from pathlib import Path

from reporter.check import ABSENCES, RULES
from reporter.data.errors import Finding, Severity
from reporter.data.files.sources import Sources
from reporter.data.records import Audience
from reporter.editions.all_findings import REMARK, TOLD_TO_ALL, EvaluatedEdition, check_all, find_all, outcomes_of
from reporter.editions.public.public_files import for_audience
from reporter.formats.export.observations import RuleOutcome
from tests import small
from tests.export.machine_shapes import finding
from tests.snapshots import snapshot


def outcomes(sources: Sources) -> tuple[RuleOutcome, ...]:
    checked, found = check_all(sources, ("XX",))
    (data,), unread = checked.dataset.countries, dict(checked.unread).get("XX", 9999)
    editions = [EvaluatedEdition("XX", each.year, each.day, each.year < unread) for each in data.years]
    return outcomes_of(found, editions, data.observations, checked.dataset.settings.languages)


def by_rule(found: tuple[RuleOutcome, ...]) -> dict[tuple[str, int | None], set[str]]:
    told: dict[tuple[str, int | None], set[str]] = {}
    for each in found:
        told.setdefault((each.rule, each.year), set()).add(each.verdict.value)
    return told


def test_each_rule_and_year_has_a_verdict_and_never_two(tmp_path):
    told = by_rule(outcomes(snapshot(small.write(tmp_path))))
    years = (2018, 2019, 2020)
    assert {(rule.code, year) for rule in RULES for year in years} <= told.keys()
    assert {(rule.code, None) for rule in TOLD_TO_ALL} <= told.keys()
    assert ("withheld-typed", None) not in told
    assert {1} == {len(verdicts) for verdicts in told.values()}
    assert {"0"} == told["parts-make-total", 2020]
    assert {"1"} == told["parts-make-total", 2019]


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
    (found,) = (each for each in outcomes_of([finding(accepted="So it is.")], [edition], [], ["en"]) if each.finding)
    assert ("So it is.", "2021-05-03") == (found.accepted, found.day)
    assert "data/XX/2020 a.yaml:4:3: 50% rose, from 10: to 20\nand more" == found.finding


PLACE = "data/XX/received/remarks/2020-en-1.yaml"
RECORD = """\
file: "draft.docx"
sha256: "{sha}"
received: "2026-11-28"
remarks:
  "1": {{kind: comment, author: "Rasa", day: "2026-11-20", section: general_situation, title: "1", file: "{text}",
    line: {line}, sentence: "In 2020, 11 investigations were opened.", text: "Is that right?"}}
  "2": {{kind: comment, author: "Ona", text: "Well done.", answer: "Thanks.", by: "Ana", decided: "2026-11-28"}}
  "3": {{kind: comment, author: "Ona", text: "Settled.", resolved: true}}
""".format(sha="0" * 64, text=small.TEXT, line=3)


def sources(root: Path, record: str = RECORD, **more: str) -> Sources:
    return snapshot(small.write(root, {PLACE: record, **more}))


def found(read: Sources, year: int | None = 2020, audience: Audience = Audience.RESTRICTED) -> list[Finding]:
    answer = find_all(read, "XX", year, audience=audience)
    return [each for each in answer.findings if each.code == REMARK or each.mark.path == PLACE]


def test_what_is_open_is_told_at_its_sentence(tmp_path: Path) -> None:
    read = sources(tmp_path)
    (finding,) = found(read)
    assert [] == found(read, 2019)
    assert f"{small.TEXT}:3:1" == str(finding.mark)
    assert "remark 1 is open: Rasa, 2026-11-20: Is that right?" == finding.message
    assert 'reporter review XX 2020 --answer 1 "what you did"' == finding.hint
    assert (Severity.NOTE, True, False) == (finding.severity, finding.private, finding.is_acceptable)


def test_a_sentence_is_found_again_below_what_was_written_above_and_else_the_record_is_named(tmp_path: Path) -> None:
    text = small.FILES[small.TEXT].replace("In {{", "New words stand here.\n\nIn {{")
    (finding,) = found(sources(tmp_path, **{small.TEXT: text}))
    assert 5 == finding.mark.line
    (finding,) = found(sources(tmp_path, RECORD.replace(f'file: "{small.TEXT}",', "")))
    assert (PLACE, 5) == (finding.mark.path, finding.mark.line)


def test_the_public_is_told_nothing(tmp_path: Path) -> None:
    read = sources(tmp_path)
    assert [] == found(read, audience=Audience.PUBLIC)
    for audience in Audience:
        assert PLACE not in for_audience(read, audience)


def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    for old, new in (("kind: comment", "kind: praise"), ("remarks:", "remark:"), ('received: "2026-11-28"\n', "")):
        wrong = found(sources(tmp_path, RECORD.replace(old, new, 1)))
        assert {(PLACE, Severity.ERROR)} <= {(each.mark.path, each.severity) for each in wrong}
