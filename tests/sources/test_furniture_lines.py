"""Furniture and prose that look alike, each put into a page of its own."""

from __future__ import annotations

import pytest

from trucewatch.sources import mark_furniture

HEADLINE = "Shelling resumes along the river as mediators plead for calm"
FIRST = (
    "PORT AMAL (Delta Wire) - Shells landed in three villages along the river on Tuesday, the provincial governor "
    "said, a day after mediators announced that both camps would hold their fire."
)
MIDDLE = "The governor said that two farmers were hurt and that a granary burned down during the night."
LAST = "Mediators are to visit the front again on Thursday, their office said in a short note."


def page(line: str, at: str) -> str:
    """A page with the line above the headline, under it, between paragraphs, or at the foot."""
    parts = {
        "top": [line, HEADLINE, FIRST, MIDDLE, LAST],
        "under": [HEADLINE, line, FIRST, MIDDLE, LAST],
        "mid": [HEADLINE, FIRST, line, MIDDLE, LAST],
        "foot": [HEADLINE, FIRST, MIDDLE, LAST, line],
    }
    return "\n\n".join(parts[at])


def marked(text: str) -> list[tuple[str, str]]:
    return [(text[f.start:f.end], f.reason) for f in mark_furniture(text)]


@pytest.mark.parametrize(("line", "at", "reason"), [
    ("THE DELTA COURIER", "top", "masthead"),
    ("Delta Courier: independent voice of the coast", "top", "masthead"),
    ("DELTA COURIER | Middle East", "top", "masthead"),
    ("Home / World / Africa", "top", "navigation"),
    ("Home > News > Conflict", "top", "navigation"),
    ("News  Sport  Opinion  Culture  Weather", "top", "navigation"),
    ("FR · EN · AR", "top", "navigation"),
    ("Menu", "top", "navigation"),
    ("World news", "top", "navigation"),
    ("Accept all cookies", "top", "legal"),
    ("This site uses cookies to measure its audience.", "foot", "legal"),
    ("By Samira Haddad and Tom Okello in Port Amal", "under", "byline"),
    ("BY A STAFF REPORTER", "under", "byline"),
    ("Samira Haddad | Delta Courier | 4 May 2017", "under", "byline"),
    ("Tue 2 May 2017 18.04 BST", "under", "byline"),
    ("Published 2 May 2017 at 18:04 GMT", "under", "byline"),
    ("Updated: 02/05/2017 18:04", "under", "byline"),
    ("3 hours ago", "under", "byline"),
    ("4 min read", "under", "byline"),
    ("Share on Facebook", "under", "share"),
    ("Facebook Twitter WhatsApp Email", "under", "share"),
    ("Share 214 Tweet 33", "under", "share"),
    ("Villagers clear rubble in Wadi Nur on Monday. [Samira Haddad/Delta Wire]", "under", "caption"),
    ("FILE PHOTO: A soldier looks across the river, April 3, 2017. REUTERS/A. Writer", "mid", "caption"),
    ("Image caption: The granary burned for hours", "mid", "caption"),
    ("A boy carries water past a checkpoint (AFP Photo/Tom Okello)", "mid", "caption"),
    ("ADVERTISEMENT", "mid", "advert"),
    ("Article continues after this advertisement", "mid", "advert"),
    ("*** Sponsored content ***", "mid", "advert"),
    ("Advertisement: 0:15", "mid", "advert"),
    ("PUBLICITÉ", "mid", "advert"),
    ("إعلان", "mid", "advert"),
    ("Реклама", "mid", "advert"),
    ("READ ALSO: Fuel prices rise for a third week", "mid", "related"),
    ("Read more: Fuel prices rise for a third week", "mid", "related"),
    (">> Related: What the mediators want", "mid", "related"),
    ("Lea también: Suben los precios del combustible", "mid", "related"),
    ("Читайте также: Цены на топливо растут", "mid", "related"),
    ("اقرأ أيضا: أسعار الوقود ترتفع", "mid", "related"),
    ("Don't miss: The singer who came home", "mid", "related"),
    ("Get our daily briefing delivered to your inbox", "mid", "newsletter"),
    ("Subscribe to the Delta Courier newsletter", "foot", "newsletter"),
    ("Would you like to receive notifications? [No thanks] [Allow]", "mid", "newsletter"),
    ("Support independent journalism. Become a member today.", "foot", "newsletter"),
    ("Join our WhatsApp channel", "foot", "share"),
    ("Topics: river, truce, farming", "foot", "navigation"),
    ("Filed Under: World", "foot", "navigation"),
    ("No comments yet", "foot", "comments"),
    ("12 Comments", "foot", "comments"),
    ("Log in to leave a comment", "foot", "comments"),
    ("Copyright 2017 Delta Wire. All rights reserved. This material may not be rewritten.", "foot", "legal"),
    ("Terms of Use | Privacy Policy | Contact us", "foot", "legal"),
    ("Reporting by Samira Haddad; Editing by Tom Okello", "foot", "byline"),
    ("(With inputs from agencies)", "foot", "byline"),
    ("Source: Delta Wire", "foot", "byline"),
    ("City stun champions with late winner", "foot", "related"),
    ("Most popular: Ten beaches to visit before summer", "foot", "related"),
])
def test_furniture_is_marked(line: str, at: str, reason: str) -> None:
    text = page(line, at)
    assert [found for found, _ in marked(text)] == [line]
    assert {found for _, found in marked(text)} <= {reason, *({"navigation", "masthead"} if at == "top" else ())}


@pytest.mark.parametrize(("line", "at"), [
    ("Villagers say they have heard such promises before", "under"),
    ("Governor blames rebels, rebels blame governor", "under"),
    ("'We have nowhere left to go'", "mid"),
    ("A fragile calm", "mid"),
    ("Who fired first?", "mid"),
    ("Share of the blame", "mid"),
    ("Two farmers were killed.", "mid"),
    ("Advertisements for recruits had appeared in the town a week earlier, residents said.", "mid"),
    ("Read more closely, the note says nothing about prisoners.", "mid"),
    ("Related fighting was reported in the hills, where two men died.", "mid"),
    ("More than forty shells fell on the market, according to the town council.", "mid"),
    ("Most read the order as a sign that the offensive would go on.", "mid"),
    ("Follow the money, one mediator said, and the shelling makes sense.", "mid"),
    ("Photo journalists were barred from the bridge.", "mid"),
    ("Pictures showed smoke over the granary.", "mid"),
    ("By nightfall the bridge had been taken and lost again.", "mid"),
    ("By Wednesday, rebels held the mill.", "mid"),
    ("By Samira Haddad's count, eleven shells fell.", "mid"),
    ("Published figures put the toll at nine.", "mid"),
    ("Posted near the mill, a sniper shot two men.", "mid"),
    ("Comments by the governor drew anger in the camps.", "mid"),
    ("Print shops were closed by order of the army.", "mid"),
    ("Sign up or leave, recruiters told boys in the camp.", "mid"),
    ("Subscribers to the accord were told to pull back their guns.", "mid"),
    ("Terms of the truce forbid overflights.", "mid"),
    ("Privacy was not on the mind of the police that night.", "mid"),
    ("Copyright holders have sued the station, which is run by the rebels.", "mid"),
    ("Live shells were found under the mill.", "mid"),
    ("Home to nine thousand people, Wadi Nur has no clinic.", "mid"),
    ("Watch towers on the hill were hit twice.", "mid"),
    ("- Two soldiers were shot dead at the ferry.", "mid"),
    ("“They came at dawn | they left at noon,” he wrote.", "mid"),
    ("Tags on the bodies named the unit.", "mid"),
    ("Background: the river has been the front line since 2014, when the army left the eastern bank.", "mid"),
    ("Sources close to the talks said the governor had been asked to step back.", "mid"),
    ("Listen to us before you bomb us, a villager pleaded.", "mid"),
    ("The governor, who was in the capital, could not be reached for comment.", "foot"),
    ("A dog stole the show.", "foot"),
    ("Mediators said their visit on Thursday would go ahead", "foot"),
])
def test_prose_is_kept(line: str, at: str) -> None:
    assert marked(page(line, at)) == []


@pytest.mark.parametrize("headline", [
    "SHELLING RESUMES ALONG THE RIVER",
    "WATCH: Smoke over the granary as shelling resumes",
    "SYRIA: Rebels leave the mill",
    "Delta Courier reporter freed after a month",
    "Truce | Mediators plead for calm on the river",
    "Shelling resumes",
    "Four things to know about the river truce",
])
def test_own_headline_is_kept(headline: str) -> None:
    assert marked("\n\n".join([headline, FIRST, MIDDLE, LAST])) == []
