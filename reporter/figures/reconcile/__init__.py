"""Compare national figures with another publication of the same figures. What agrees, what differs, and why perhaps."""

from reporter.figures.reconcile.inconsistencies import Fault, Pattern
from reporter.figures.reconcile.matching import Agreement, Comparison, Reconciliation, reconcile
