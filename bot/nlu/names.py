"""Names in a message: people by how they are introduced or by a known first name, towns in any case ending, streets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.nlu.patterns import Found
from bot.nlu.text import without_dots

_NAME = r"[A-ZÄÖÕÜŠŽ][\w'’-]+"
_NAMES = rf"(?P<value>{_NAME}(?:\s{_NAME}){{0,2}})"
_INTRODUCED = re.compile(
    r"(?:(?i:nimeni on|nimi on|nimellä|nimeltä|nimi|tilaajana|tilaaja|yhteyshenkilö|vastaanottaja|terveisin|terv\.?|"
    r"minu nimi on|nimega|nimele|tellija|kontaktisik|saaja|lugupidamisega|"
    r"my name is|name's|name is|contact|ordered by|ordered as|under the name|regards,?|this is|I'm|I am|olen|täällä))"
    rf"[\s:,]{{1,2}}{_NAMES}"
)
_STREETS = re.compile(
    r"(?<!\w)(?:[A-ZÄÖÅ][\w-]*(?:katu|kadun|tie|tien|kuja|polku|aukio|ranta|väylä)\s\d+(?:\s?[A-Za-z]\b(?:\s?\d+)?)?"
    r"|[A-ZÄÖÕÜŠŽ][\wäöõü-]+(?:\s(?:tn|tänav|mnt|pst|tee))\.?\s\d+(?:-\d+)?"
    r"|\d{1,4}[a-z]?\s(?:[A-Z][\w'-]+\s){1,2}(?:Road|Street|Lane|Avenue|Drive|Close|Court|Way|Rd|St)\b)"
)
_CASES = (
    "ssa sta lla lta lle ksi na seen aan oon uun iin een yyn hin han hon ihin eelle an en in on n s st sse l lt le ni "
    "ga t ks ta"
)
_STEM = 4
"""Letters that have to be left of a town without its ending."""


class Names:
    """What the marks in the training data tell of names: first names, and towns without their endings."""

    def __init__(self, people: Iterable[str], places: Iterable[str]) -> None:
        self.first = frozenset(name.split()[0].casefold() for name in people if name.strip())
        self.towns = frozenset(stem for place in places if " " not in place for stem in _stems(place))

    def find(self, text: str) -> Iterator[Found]:
        """Streets, people, towns."""
        for match in _STREETS.finditer(text):
            yield Found("place", *match.span(), match[0])
        for match in _INTRODUCED.finditer(text):
            if not self._is_town(match["value"]):
                yield Found("person", *match.span("value"), match["value"])
        for match in re.finditer(rf"(?<!\w){_NAMES}", text):
            name = match["value"]
            if " " in name and name.split()[0].casefold() in self.first:
                yield Found("person", *match.span("value"), name)
        for match in re.finditer(rf"(?<!\w){_NAME}", text):
            if self._is_town(match[0]):
                yield Found("place", *match.span(), match[0])

    def _is_town(self, word: str) -> bool:
        return not self.towns.isdisjoint(_stems(word))


def _stems(word: str) -> set[str]:
    folded = without_dots(word.casefold())
    cut = (folded[: -len(ending)] for ending in _CASES.split() if folded.endswith(ending))
    return {folded, *(stem for stem in cut if len(stem) >= _STEM)} if len(folded) >= _STEM else set()
