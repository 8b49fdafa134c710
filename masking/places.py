"""Postal addresses, as they are written in Finnish, Estonian and English."""

from __future__ import annotations

import re

_UPPER = "A-ZÄÖÕÜÅŠŽ"
_WORD = rf"[{_UPPER}][\w'’-]{{0,40}}"
_NUMBER = (  # 12, 12 B, 12 B 7, 5-12, 12 A as. 3
    r"\d{1,4}(?:\s?[a-zA-Z](?![\w]))?(?:\s?[-–/]\s?\d{1,4}\w?|\s\d{1,3}(?!\w))?"
    r"(?:\s?(?:as|bst|krs|krt)\.?\s?\d{1,4})?"
)
_FINNISH = (
    r"katu|kadun|kadulla|kadulle|tie|tien|tiellä|tielle|kuja|kujan|kujalla|kujalle|polku|polun|polulla|polulle|raitti|"
    r"raitin|ranta|rannan|kaari|kaaren|puisto|puiston|väylä|väylän|aukio|aukion|tori|torin|rinne|rinteen|mäki|mäen|"
    r"penger|penkereen|portti|portin|gatan|vägen"
)
_ESTONIAN = r"tn|tänav|tänava|tänavas|tänaval|tänavale|mnt|maantee|tee|pst|puiestee|allee|põik|plats|väljak|kalda\s?tee"
_ENGLISH = r"street|st|road|rd|lane|ln|avenue|ave|drive|close|square|court|gardens|terrace|crescent|way"
_PLACE = rf"(?:,?\s*(?:\d{{5}}|[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}})(?:\s{{1,3}}{_WORD})?)?"

ADDRESS = re.compile(
    rf"(?<!\w)(?:"
    rf"[^\W\d_][\w’'-]{{0,40}}(?:{_FINNISH})\s{{1,3}}{_NUMBER}"  # Mannerheimintie 12 B 7
    rf"|(?:{_WORD}\s{{1,3}}){{0,2}}{_WORD}\s{{1,3}}(?:{_ESTONIAN})\.?\s{{1,3}}{_NUMBER}"  # Tartu mnt 5-12
    rf"|\d{{1,4}}[a-zA-Z]?,?\s{{1,3}}(?:{_WORD}\s{{1,3}}){{1,3}}(?i:{_ENGLISH})(?!\w)"  # 12 Baker Street
    rf"){_PLACE}"
    rf"|(?<![\w.,:-])\d{{5}},?\s{{1,3}}{_WORD}(?=[\s,.;!?)\]\"']|$)"  # 00100 Helsinki
)
"""A street with its number, with the post code and the town if they follow; or a post code with a town. All
repetitions are bounded, so that a long text costs no more than its length."""
