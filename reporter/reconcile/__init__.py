"""The national figures against another publication of the same figures: what agrees, what differs, and why perhaps."""

from reporter.reconcile.comparison import reconcile
from reporter.reconcile.result import Comparison, Fault, Pattern, Reading, Result, Verdict

__all__ = ["Comparison", "Fault", "Pattern", "Reading", "Result", "Verdict", "reconcile"]
