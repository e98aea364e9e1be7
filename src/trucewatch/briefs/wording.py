"""The words of a brief: verdicts, grades, tests, kinds of act, figures and days in plain English."""

from __future__ import annotations

import datetime as dt

from trucewatch.model import Figure

# In the order in which a reader wants them: what may be a breach, what cannot be decided, the rest.
VERDICTS: dict[str, tuple[str, str]] = {
    "breach_corroborated": (
        "Breach, corroborated",
        "Forbidden on its face; two sources of different sides that do not copy each other say so."),
    "breach_alleged": (
        "Breach, alleged",
        "Forbidden on its face; told by one source, or only by interested ones."),
    "breach_contested": (
        "Breach, contested",
        "Forbidden on its face; the accused side denies it, or somebody else is blamed."),
    "defence_claimed": ("Defence claimed", "Forbidden on its face; the actor says that it was allowed to."),
    "undetermined": ("Undetermined", "What the test needs is not known; each case says what is missing."),
    "intent_only": ("Warning", "Planned, ordered or threatened, not done: never a breach."),
    "compliance": ("Compliance", "What a term asks for was done."),
    "not_prohibited": ("Not prohibited", "Within the truce, but no term forbids it."),
    "not_covered": (
        "Not covered", "Excluded groups, acts outside the area or the time, and those who never joined."),
}
BREACHES = ("breach_corroborated", "breach_alleged", "breach_contested", "defence_claimed")
GRADES = {
    "confirmed": "confirmed: the actor owns up to it",
    "fair": "fair: two or more independent sources",
    "weak": "weak: one source, or interested ones",
    "contested": "contested: rival accounts",
    "discounted": "discounted: another is more likely to have done it",
}
STANCES = {  # in the past tense, which fits one and many
    "asserts": "said", "alleges": "alleged", "confirms": "confirmed", "denies": "denied",
    "promises": "promised", "threatens": "threatened", "demands": "demanded", "asks": "asked",
    "believes": "believed", "unsure": "(doubtful)",
}
MISSING = {
    "actor": "who did it", "target": "who was hit", "date": "when", "place": "where",
    "status": "whether it happened",
}
TESTS = {
    "status": "Did it happen, rather than being planned, ordered or threatened?",
    "time": "Does it fall between the start and the end of the truce?",
    "area": "Does it lie within the area of the truce?",
    "actor": "Is the actor a party, or a force that supports one?",
    "owed": "Is it what a term asks for?",
    "prohibited": "Does a term forbid it?",
    "target": "Is the target one that the term protects?",
    "denied": "Does the accused side deny it, or is another blamed?",
    "defended": "Does the actor claim a defence that the term allows?",
    "corroborated": "Do two independent sources of different sides say so?",
}
OUTCOMES = {"yes": "yes", "no": "no", "unknown": "not known"}
VICTIMS = {
    "civilian": "Civilians", "both": "Civilians and fighters", "combatant": "Fighters",
    "unknown": "Not said who they were",
}
MODES = {
    "aerial": "Air attack", "drone": "Drone attack", "heavy-weapons": "Shelling", "firearms": "Shooting",
    "explosives": "Explosion", "suicide-attack": "Suicide attack", "abduct": "Abduction",
    "targeted": "Killing",
    "destroy": "Destruction", "beat": "Beating", "torture": "Torture", "unconventional": "Chemical attack",
    "access": "Access granted", "release": "Release of prisoners", "ceasefire": "Guns silent",
    "withdraw": "Withdrawal", "disarm": "Disarming", "restrict": "Movement barred", "seize": "Seizure",
    "arrest": "Arrest", "expel": "Flight or expulsion", "troops": "Build-up of troops",
    "weapons": "Weapons brought up",
}
TYPES = {
    "ASSAULT": "Attack", "AID": "Relief", "RETREAT": "Step back", "COERCE": "Coercion",
    "MOBILIZE": "Build-up",
    "SANCTION": "Sanction", "PROTEST": "Protest", "REJECT": "Refusal", "THREATEN": "Threat",
    "ACCUSE": "Accusation",
    "REQUEST": "Demand", "CONSULT": "Talks", "AGREE": "Agreement", "SUPPORT": "Support",
    "CONCEDE": "Concession",
    "COOPERATE": "Cooperation",
}


def act(type_: str, mode: str | None) -> str:
    """The kind of act in a word or two."""
    return MODES.get(mode or "") or TYPES.get(type_, type_.capitalize())


def figure(value: Figure | None) -> str:
    """A count as a person writes it; a dash where nobody gives one."""
    if value is None or (value.min is None and value.max is None):
        return "–"
    if value.max is None:
        return f"{value.min} or more"
    if value.min is None:
        return f"up to {value.max}"
    return str(value.min) if value.min == value.max else f"{value.min}–{value.max}"


def day(iso: str | None) -> str:
    """"12 April 2016" of an ISO date or date-time; the words as they are where it is none."""
    if not iso:
        return "no date"
    try:
        date = dt.date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{date.day} {date:%B %Y}"


def days(first: str | None, last: str | None) -> str:
    """A day or a stretch of days; a bound that is not known is said to be so."""
    if not first and not last:
        return "date not known"
    if first and last:
        return day(first) if first[:10] == last[:10] else f"{day(first)} – {day(last)}"
    return f"from {day(first)}" if first else f"until {day(last)}"


def number(n: int, one: str, many: str | None = None) -> str:
    """"1 incident", "2 incidents"."""
    return f"{n} {one if n == 1 else many or one + 's'}"
