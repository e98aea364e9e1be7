"""Truces: the register, loading and checking of truce files, and the tests behind every finding."""

from trucewatch.truces.findings import Bench, Changed, assess, judge
from trucewatch.truces.loading import Problem, check, get, load, registered

__all__ = ["Bench", "Changed", "Problem", "assess", "check", "get", "judge", "load", "registered"]
