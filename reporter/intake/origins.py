"""Which workbook of an agency a value of a year came from."""

from dataclasses import dataclass

from reporter.files.as_json import pick
from reporter.files.sources import Sources
from reporter.intake.agency_proposals import OPEN, AgencyAnswer, value_in_year
from reporter.load.received import read_received
from reporter.model import Catalogue


@dataclass(frozen=True, slots=True)
class FigureOrigin:
    """What agencies say of a value in the file of a year. `came` are the answers that say the same, the first that came
    before others; `otherwise` is what other agencies or later workbooks say."""

    came: tuple[AgencyAnswer, ...] = ()
    otherwise: tuple[AgencyAnswer, ...] = ()


def origin_of(sources: Sources, catalogue: Catalogue, country: str, year: int, figure: str) -> FigureOrigin:
    """What agencies say of a figure of a year, decided or not. Also what was decided on. Raises DataError where what
    they sent cannot be read."""
    received = sorted(read_received(sources, country, (year,)), key=lambda each: (each.received, each.number))
    said = [AgencyAnswer(each, answer) for each in received if (answer := each.answer(figure))]
    if not said:
        return FigureOrigin()
    now = value_in_year(sources, catalogue, country, year, figure)
    same = [each for each in said if now not in OPEN and each.answer.value == now]
    last = {each.received.agency: each for each in said}
    return FigureOrigin(tuple(same), tuple(each for each in last.values() if each not in same))


def plain_answer(said: AgencyAnswer) -> dict[str, object]:
    return pick(said.received, "agency", "file", "received") | pick(
        said.answer, "cell", "value", "remark", "source", "kept", "by"
    )
