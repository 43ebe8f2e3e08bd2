"""A workbench over the small country, whose agencies have answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from reporter.workbench.server.server import Workbench
from tests import agencies, small
from tests.workbench.serving import OURS, Answer, Asker, come_in, running

HERE, SHEET = "/XX/2020/agencies", "/XX/2020/figures/general_situation"
VICTIMS, OPENED = "victims.identified", "investigations.opened"
POLICE = agencies.sent(
    "police", {OPENED: "12", VICTIMS: "81", f"{VICTIMS}.women": "61"}, remark="By the day of the report."
)


class Office:
    """A workbench over the small country, whose agencies have answered."""

    def __init__(self, bench: Workbench, root: Path) -> None:
        self.bench, self.root = bench, root
        self.ana: Asker = come_in(bench, "Ana")

    @property
    def year(self) -> str:
        return (self.root / small.YEAR).read_text()

    def decided(self, **form: str) -> Answer:
        return self.ana.post(HERE, form)

    def brought(self, content: bytes, name: str = "courts.xlsx") -> Answer:
        head = f'--x\r\nContent-Disposition: form-data; name="workbook"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--x--\r\n"
        return self.ana.ask("POST", f"{HERE}/came", body, **{"Content-Type": "multipart/form-data; boundary=x", **OURS})


@contextmanager
def open_office(folder: Path) -> Iterator[Office]:
    """The office of a final year, of which two agencies say something else."""
    year = small.FILES[small.YEAR].replace("labour: 6", "labour: 7").replace("status: provisional", "status: final")
    files = small.FILES | {small.YEAR: year}
    root = agencies.workspace(folder, POLICE, agencies.sent("courts", {VICTIMS: "79"}), files=files)
    with running(root, today=lambda: date(2021, 3, 20)) as bench:
        bench.desk.read_now()
        yield Office(bench, root)
