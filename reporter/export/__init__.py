"""The figures as files for machines: CSV of a table and of all observations of an edition."""

from reporter.export.observations import observations_csv
from reporter.export.tidy import table_csv

__all__ = ["observations_csv", "table_csv"]
