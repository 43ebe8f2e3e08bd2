"""An open remark is a finding at its sentence, which stops nothing and is told on no page."""

from pathlib import Path

from reporter.disclosure.public import for_audience
from reporter.edition.all_findings import find_all
from reporter.edition.job import Job
from reporter.edition.remark_findings import REMARK
from reporter.edition.state import edition_state
from reporter.errors import Finding, Severity
from reporter.files.sources import Sources
from reporter.model import Audience
from tests import small
from tests.snapshots import snapshot

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


def test_no_edition_changes_by_a_remark(tmp_path: Path) -> None:
    job = Job("XX", 2020, "en")
    without = edition_state(snapshot(small.write(tmp_path / "without")), job)
    with_remarks = edition_state(sources(tmp_path / "with"), job)
    assert without.checksum == with_remarks.checksum
    assert without.expected_digest(job, "1") == with_remarks.expected_digest(job, "1")


def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    for old, new in (("kind: comment", "kind: praise"), ("remarks:", "remark:"), ('received: "2026-11-28"\n', "")):
        wrong = found(sources(tmp_path, RECORD.replace(old, new, 1)))
        assert {(PLACE, Severity.ERROR)} <= {(each.mark.path, each.severity) for each in wrong}
