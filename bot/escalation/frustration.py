"""How annoyed a message sounds, 0 to 1: words and the way of writing, in three languages.

A first, readable model: each sign adds evidence, and a logistic curve makes a number of it. Signs are those that agents
name: giving up, blame, cursing, counting ("third time"), capitals and rows of marks. Politeness takes some back.
"""

from __future__ import annotations

import math
import re

from bot.escalation.cues import fold

_STRONG = (
    r"vitu\w*|perkele\w*|saatana\w*|helvet\w*|paska\w*|haista|idioot\w*|huijar\w*|huijau\w*|ryosto\w*|vittu|jumalauta|"
    r"kurat\w*|kuradi\w*|persse\w*|raisk\w*|sitane|sitaks|pask(?:a|aks)|petis\w*|pettus\w*|petturi\w*|varga\w*|idiootsus\w*|munnid|"
    r"fuck\w*|shit\w*|bullshit|damn\w*|idiot\w*|scam\w*|fraud\w*|thie(?:f|ves)|crap|pathetic|bloody"
)
_PLAIN = (
    r"tyytymato\w*|pettyn\w*|raivo\w*|suutu\w*|vihai\w*|kyllast\w*|turha\w*|surkea\w*|kamala\w*|ala-arvois\w*|kasittamat\w*|jarkyttav\w*|"
    r"ei (?:voi olla totta|mitaan jarkea|toimi mikaan)|naurettav\w*|hermo\w*|en jaksa|mitta on taysi|riitta(?:a|nyt) jo|"
    r"pettunu\w*|vihane\w*|jama|vihasta\w*|maruvihane|korini|kopp ees|siiber|jube\w*|kohuta\w*|mottetu\w*|oudne|naeruvaar\w*|"
    r"ei (?:toota|saa) (?:enam )?mi(?:ski|dagi)|absurd\w*|hairiv\w*|ei jaksa enam|"
    r"angry|furious|annoy\w*|frustrat\w*|ridiculous|useless|unacceptable|terrible|awful|horrible|disgust\w*|disappoint\w*|"
    r"fed up|sick of|joke|worst|waste of|had enough|give up|unbelievable|outrageous"
)
_COUNTING = (
    r"(?:kolmas|neljas|viides|toinen) kerta|kolmatta kertaa|taas kerran|joka kerta|kuinka monta kertaa|viikkoja|kuukausi\w* (?:odot|sitten)|"
    r"(?:kolmas|neljas|viies|mitmes) kord|jalle kord|mitu korda|nadalaid|kuude kaupa|iga kord|"
    r"(?:third|fourth|fifth|second) time|again and again|every time|how many times|for weeks|for months|still no"
)
_POLITE = (
    r"kiitos|kiitan|ystavalli\w*|voisitteko|olisiko|aitah|tanan|palun|oleks(?:ite)?|please|thank\w*|could you|would you"
)

_SIGNS = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), weight)
    for pattern, weight in ((_STRONG, 2.4), (_PLAIN, 1.8), (_COUNTING, 1.1), (_POLITE, -0.7))
)
_MARKS = re.compile(r"[!?]{2,}")
_ANGRY_FACES = re.compile("[\U0001f620\U0001f621\U0001f624\U0001f92c\U0001f4a9\U0001f644]")
_BIAS = -3.0


def frustration(text: str) -> float:
    """From 0 (calm) to 1 (furious)."""
    folded = fold(text)
    evidence = _BIAS
    for sign, weight in _SIGNS:
        hits = len(sign.findall(folded))
        evidence += weight * min(hits, 3) ** 0.7
    evidence += 0.6 * min(len(_MARKS.findall(text)), 3)
    evidence += 1.5 * min(len(_ANGRY_FACES.findall(text)), 2)
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) >= 12 and sum(letter.isupper() for letter in letters) / len(letters) > 0.7:
        evidence += 1.2
    return round(1 / (1 + math.exp(-evidence)), 3) if text.strip() else 0.0
