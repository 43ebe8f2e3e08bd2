"""Write figures as files for machines: CSV of a table, of all observations of an edition and of a comparison."""

from reporter.formats.export.observations import observations_csv
from reporter.formats.export.tidy import comparison_csv, table_csv, table_text
