"""FA-KES: civilians killed and the province, of articles on the war in Syria.

The counts were matched to the articles by way of a casualty database, so many do not stand in the
text. `civilians_ceiling` is the share that do; nothing that reads the text alone can do better.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from benchmarks.metrics import Errors, Miss, Scores, share_metric
from benchmarks.numbers import iso_date, states
from benchmarks.reader import document, readings
from trucewatch.model import Event, Reading

SET = "fa_kes"
_ARTICLE = re.compile(r"^(al|el|ar|as|ad|ash|at|az|an)[ -]")
# The file's province names, as gazetteers write them too. The city and its surroundings are one.
_ALSO = {
    "damascus": {"damascus", "dimashq", "rif dimashq", "rural damascus", "rif damascus"},
    "deir ezzor": {"deir ez zor", "dayr az zawr", "deir ezzor", "deir al zor"},
    "daraa": {"dara", "daraa", "deraa"},
    "lattakia": {"latakia", "lattakia", "ladhiqiyah"},
    "hasakeh": {"hasakah", "hasakeh", "hasaka"},
    "raqqa": {"raqqah", "raqqa"},
    "aleppo": {"aleppo", "halab"},
    "homs": {"homs", "hims"},
    "hama": {"hama", "hamah"},
    "idlib": {"idlib"},
    "quneitra": {"quneitra", "qunaytirah"},
}
_CIVILIAN = {"civilian", "child", "woman", "journalist", "aid_worker"}


@dataclass(frozen=True, slots=True)
class Article:
    number: str
    text: str
    date: str
    province: str
    civilians: int


def run(path: Path, *, limit: int | None, errors: Errors) -> Scores:
    """Score the reader on the articles of a file; counts over the articles with civilians killed."""
    articles = read_articles(path)[:limit]
    exact: list[bool] = []
    stated: list[bool] = []
    provinces: list[bool] = []
    documents = [document(a.number, a.text, a.date) for a in articles]
    for article, reading in zip(articles, readings(documents, SET), strict=True):
        if article.civilians:
            count = civilians_killed(reading)
            exact.append(count == article.civilians)
            stated.append(states(article.text, article.civilians))
            if not exact[-1]:
                known = "stated" if stated[-1] else "not stated"
                errors(Miss(
                    SET, article.number, f"civilians, {known}", article.text[:300], article.civilians, count
                ))
        event = main_event(reading)
        came = event.place.admin1 if event and event.place else None
        provinces.append(plain(came) in _ALSO.get(article.province, {article.province}))
        if not provinces[-1]:
            errors(Miss(SET, article.number, "province", article.text[:300], article.province, came))
    return {
        "civilians_exact": share_metric(exact),
        "civilians_ceiling": share_metric(stated),
        "province_accuracy": share_metric(provinces),
    }


def read_articles(path: Path) -> list[Article]:
    """The articles of a CSV file, headline first."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Article(
                row["unit_id"], f"{row['article_title']}\n\n{row['article_content']}", iso_date(row["date"]),
                row["location"], int(float(row["nb_civilians"] or 0)),
            )
            for row in csv.DictReader(stream)
        ]


def _news(reading: Reading) -> list[Event]:
    """Acts of violence told as news and as done, in order."""
    return [
        e for e in reading.events
        if e.type == "ASSAULT" and e.polarity == "affirmed" and e.status in ("occurred", "ongoing")
        and not e.background
    ]


def civilians_killed(reading: Reading) -> int | None:
    """The first toll that names civilians; failing that, the first toll of which no combatant is named. A number that
    the page states goes before a word such as "dozens", which says no more than a bound."""
    told = [
        (killed.min if killed.min is not None else killed.max, {who.role for who in e.harm.who})
        for e in _news(reading)
        if e.harm and (killed := e.harm.killed)
    ]
    text = reading.document.text
    tolls = [t for t in told if t[0] is not None and states(text, t[0])] or told
    for number, roles in tolls:
        if roles & _CIVILIAN:
            return number
    return next((number for number, roles in tolls if "combatant" not in roles), None)


def main_event(reading: Reading) -> Event | None:
    """The first act of violence that has a province."""
    return next((e for e in _news(reading) if e.place and e.place.admin1), None)


def plain(name: str | None) -> str:
    """A province's name in small letters, without marks, article or the word for province."""
    letters = unicodedata.normalize("NFKD", (name or "").casefold())
    words = "".join(c for c in letters if c.isalnum() or c in " -").replace("-", " ")
    words = re.sub(r"\b(governorate|province|muhafazat)\b", "", words).strip()
    return words if words in {n for names in _ALSO.values() for n in names} else _ARTICLE.sub("", words)
