"""Compare national figures with another publication of the same figures: what agrees, what differs, possible causes."""

from reporter.figures.reconcile.inconsistencies import Fault, Pattern
from reporter.figures.reconcile.matching import Agreement, Comparison, Reconciliation, reconcile
