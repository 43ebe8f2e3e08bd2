"""Files as Eurostat gives them, made for tests."""

from collections.abc import Iterable

HEADS = "freq,leg_stat,sex,unit,geo"
SDMX = f"DATAFLOW,LAST UPDATE,{HEADS},TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"
TSV = "freq,iccs,unit,geo\\TIME_PERIOD\t2018 \t2019 "
# A row of a table: the codes of its dimensions with dots between them, the year, and value, flags and status.
Row = tuple[str, int, str, str, str]


def sdmx_file(rows: Iterable[Row], table: str = "CRIM_THB_SEX", heads: str = HEADS) -> bytes:
    """A file in SDMX-CSV."""
    lines = [f"DATAFLOW,LAST UPDATE,{heads},TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"]
    for key, year, value, flags, status in rows:
        lines.append(f"ESTAT:{table}(1.0),22/05/26 11:00:00,{key.replace('.', ',')},{year},{value},{flags},{status}")
    return "".join(f"{line}\r\n" for line in lines).encode()


def tsv_file(*rows: str, head: str = TSV) -> bytes:
    """A file in TSV: each row is its codes and cells."""
    return "".join(f"{line}\n" for line in (head, *rows)).encode()
