"""Truces: the register, loading and checking of truce files, and the tests behind every finding."""

from trucewatch.truces.changes import Earlier
from trucewatch.truces.findings import Bench, Changed, Rejudged, assess, judge, rejudge
from trucewatch.truces.loading import Problem, check, get, load, registered, text_of

__all__ = [
    "Bench", "Changed", "Earlier", "Problem", "Rejudged",
    "assess", "check", "get", "judge", "load", "registered", "rejudge", "text_of",
]
