"""Write figures as files for machines. CSV of a table, of all observations of an edition and of a comparison."""

from reporter.export.comparison import comparison_csv
from reporter.export.observations import observations_csv
from reporter.export.tidy import table_csv, table_text

__all__ = ["comparison_csv", "observations_csv", "table_csv", "table_text"]
