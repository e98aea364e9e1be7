"""Truces: the register, loading and checking of truce files, and the tests behind every finding."""

from trucewatch.truces.findings import assess, judge
from trucewatch.truces.loading import Problem, check, get, load, registered

__all__ = ["Problem", "assess", "check", "get", "judge", "load", "registered"]
