"""Words that tell the judge something, in three languages.

Written without dots on letters where people drop them (`fold` makes both alike). A cue is a regular expression over the
folded text; what it matched is the evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_OPAQUE = str.maketrans({"õ": "o", "ø": "o", "’": "'", "´": "'"})


def fold(text: str) -> str:
    """Small letters without dots, character by character, so that places in it are places in the text."""
    folded = []
    for letter in text:
        base = unicodedata.normalize("NFKD", letter)[:1].casefold()[:1] or " "
        folded.append(base.translate(_OPAQUE) if len(base.translate(_OPAQUE)) == 1 else base)
    return "".join(folded)


@dataclass(frozen=True)
class Cue:
    """What a group of phrases means: `weight` for the judge, `unless` takes it back."""

    code: str
    weight: float
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def cue(code: str, weight: float, phrases: Iterable[str], unless: Iterable[str] = ()) -> Cue:
    """Make a cue of phrases, each the beginning of a word."""
    taken_back = tuple(unless)
    return Cue(code, weight, _any(phrases), _any(taken_back) if taken_back else None)


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(phrases) + ")")


URGENT: tuple[Cue, ...] = (
    cue(
        "urgent_danger",
        1.0,
        (
            # fi
            r"savua(?:a|si|nut)\w*",
            r"savu\w* (?:tulee|tuli|nousee)\w*",
            r"(?:tulee|tuli|nousi) savu\w*",
            r"sytty\w* (?:palamaan|tuleen)",
            r"(?:laturi|akku|johto|laite|puhelin|pistoke)\w* sytty\w*",
            r"rajaht\w*",
            r"sahkoisku\w*",
            r"tulipalo\w*",
            r"kipinoi\w*",
            r"(?:laturi|akku|johto)\w* (?:palaa|paloi|sulaa|suli)\w*",
            r"palovamm\w*",
            r"loukkaan\w*",
            r"allergi\w* reakti\w*",
            r"ihottuma\w*",
            r"myrkyt\w*",
            r"hengenvaar\w*",
            r"(?:lapsi|lapsen)\w* (?:nieli|tukehtu)\w*",
            r"(?:laite|tuote|laturi|johto|akku)\w* on (?:hengen)?vaarallinen",
            # et
            r"suitse\w*",
            r"tossab|tosses",
            r"(?:laks|laheb) polema",
            r"(?:laadija|aku|juhe|seade|telefon)\w* (?:suttis|suttin\w*)",
            r"plahvat\w*",
            r"elektriloo\w*",
            r"tulekahju\w*",
            r"(?:laadija|aku|juhe)\w* (?:poleb|poles|sulas|sulab)",
            r"(?:sai|sain) (?:poletus\w*|vigasta\w*|surtsu)",
            r"vigasta\w*",
            r"allergili(?:ne|se) reaktsioon\w*",
            r"loove (?:tekkis|tuli)",
            r"murgit\w*",
            r"eluohtlik\w*",
            r"(?:seade|toode|laadija|juhe|aku) on (?:elu)?ohtlik",
            r"laps\w* neelas\w*",
            # en
            r"(?:is|was|started|it) smok(?:ing|ed)",
            r"smok(?:e|ing) (?:com\w+|came|from|out)",
            r"smokes",
            r"caught fire",
            r"on fire",
            r"explod\w*",
            r"electric(?:al)? shock\w*",
            r"(?:got|gave) \w* ?shock",
            r"spark(?:s|ing|ed)(?!\w)",
            r"burn(?:t|ed|s)? (?:my|his|her|our)",
            r"injur\w*",
            r"allergic reaction\w*",
            r"(?:a|my|bad) rash",
            r"poison\w*",
            r"(?:product|device|charger|cable|battery|it) is dangerous",
            r"chok(?:ed|ing)",
        ),
        unless=(
            r"savupii\w*",
            r"savustus\w*",
            r"savusti\w*",
            r"ei (?:ole )?vaaral\w*",
            r"pole ohtlik",
            r"not dangerous",
            r"smoking (?:gun|hot)",
        ),
    ),
    cue(
        "urgent_legal",
        1.0,
        (
            r"lakimie\w*",
            r"asianaja\w*",
            r"oikeuteen",
            r"karaj\w*",
            r"haastan\w*",
            r"rikosilmoitu\w*",
            r"poliisi\w*",
            r"kuluttajariita\w*",
            r"kuluttaja-?asiami\w*",
            r"kuluttajaviranomai\w*",
            r"oikeustoim\w*",
            r"advokaa\w*",
            r"jurist\w*",
            r"kohtusse",
            r"kohtu poole",
            r"tarbijakaitse\w*",
            r"tarbijavaidlus\w*",
            r"politsei\w*",
            r"ttja\w*",
            r"lawyer\w*",
            r"solicitor\w*",
            r"attorney\w*",
            r"legal action",
            r"sue (?:you|the)",
            r"suing",
            r"(?:to|in|small claims) court",
            r"consumer (?:protection|authority|ombuds)\w*",
            r"ombudsman\w*",
            r"police",
            r"trading standards",
        ),
    ),
    cue(
        "urgent_public",
        0.85,
        (
            r"(?:kirjoit|vien|viedaan|menen|kerron|otan yhtey)\w* (?:\w+ ){0,3}(?:lehteen|lehdisto\w*|mediaan|medialle|iltalehteen)",
            r"some(?:en|ssa) (?:kaikille|tasta|jaan|laitan)\w*",
            r"(?:laitan|kirjoitan|jaan|julkaisen) \w* ?(?:someen|facebook\w*|trustpilot\w*|google\w*)",
            r"en (?:enaa )?(?:ikina|koskaan|enaa) (?:enaa )?(?:osta|tilaa)",
            r"vaihdan kauppaa",
            r"(?:lahen|lahe|poordu\w*|kirjuta\w*|annan|raagi\w*) (?:\w+ ){0,3}(?:ajakirjandus\w*|meedia\w*|ajaleh\w*)",
            r"avalikusta\w*",
            r"(?:panen|kirjutan|postitan|jagan) \w* ?(?:facebook\w*|sotsiaalmee\w*|trustpilot\w*)",
            r"(?:kunagi|iial) (?:enam )?(?:ei|mitte) (?:osta|telli)",
            r"ei (?:osta|telli) (?:teilt |siit )?(?:enam )?(?:mitte )?(?:kunagi|iial)",
            r"go(?:ing)? public",
            r"(?:go|going|write|writing|talk|talking) to (?:\w+ ){0,3}(?:newspaper\w*|press|media|journalist\w*)",
            r"(?:post|share|write)\w* \w* ?\w* ?(?:on|to) (?:facebook|social|twitter|tiktok|trustpilot|google|reddit)\w*",
            r"never (?:buy|buying|order|ordering|shop|shopping)(?!\w)",
        ),
    ),
    cue(
        "urgent_loss",
        0.9,
        (
            r"menet(?:in|imme|etty)\w* (?:\w+ ){0,4}(?:\d{3,} ?(?:€|e\b|eur\w*)|tuhan\w*|satoja)",
            r"tuhansi\w* (?:euro|tappio|vahin)\w*",
            r"vesivahin\w*",
            r"(?:kova|iso|suur)\w* (?:vahin|tappio)\w*",
            r"menetin asiak\w*",
            r"kaota\w* (?:\w+ ){0,4}(?:\d{3,} ?(?:€|eur\w*)|tuhan\w*|sadu)",
            r"tuhandeid|tuhandete\w*",
            r"(?:suur|ranga)\w* kahju\w*",
            r"veekahju\w*",
            r"lost (?:\w+ ){0,4}(?:[€£] ?\d{3,}|\d{3,} ?(?:€|eur\w*)|thousands?|hundreds|clients?|customers?)",
            r"thousands of",
            r"cost (?:me|us) (?:\w+ ){0,4}(?:[€£] ?\d{3,}|\d{3,} ?(?:€|eur\w*)|thousands?)",
            r"flooded",
        ),
    ),
    cue(
        "urgent_distress",
        1.0,
        (
            r"itsemurh\w*",
            r"en jaksa (?:enaa )?elaa",
            r"paniikkikohtau\w*",
            r"itken(?!\w)",
            r"olen epatoivo\w*",
            r"aivan epatoivo\w*",
            r"hatatilan\w*",
            r"elamani on pilal\w*",
            r"enesetap\w*",
            r"ei jaksa enam elada",
            r"paanika\w*",
            r"nutan|nutma(?:s|ks)?(?!\w)",
            r"olen meeleheit\w*",
            r"meeleheitel",
            r"suicid\w*",
            r"kill myself",
            r"panic attack\w*",
            r"(?:i am|i'm|im|been) (?:crying|desperate|in tears)",
            r"desperate\w*",
            r"can't go on",
            r"end of my tether",
        ),
    ),
)

PERSON = cue(
    "asked_for_person",
    1.0,
    (
        r"(?<!eri )(?:oikea\w* )?ihmi(?:nen|selle|sta|seen)(?= ?(?:$|[.!?]|kiitos|puhel|asiakas|linja|puhu|tanne))",
        r"oikea\w* ihmi\w*",
        r"ihmisen kanssa",
        r"(?:elava\w*|oikea\w*) (?:asiakaspalvel\w*)",
        r"asiakaspalvelija\w*(?= ?(?:$|[.!?,]|kiitos|tanne|nyt|linjoille))",
        r"(?:yhdista|yhdistatko|yhdistakaa)(?!\w)",
        r"inime(?:ne|sega|st|sele)(?= ?(?:$|[.!?]|palun|raaki))",
        r"(?:paris|elus) inime\w*",
        r"klienditeenindaja\w*(?= ?(?:$|[.!?,]|palun))",
        r"(?:uhenda|suunake|suuna)\w* (?:mind|mu)\w*",
        r"(?:real|actual|live|human) (?:person|human|agent|being|operator)",
        r"(?:speak|talk|chat|connect\w*) \w* ?\w* ?(?:with |to )(?:a |an |some )?(?:human|person|someone|somebody|agent|representative|operator)",
        r"^(?:human|agent|person|operator)[.! ]*(?:please)?[.! ]*$",
    ),
    unless=(
        r"(?:is this|is it|are you|are u|am i|kas (?:sa|te|ma|see|mulle|siin)|oletko|ootko|onko ta|robo\w*|bot)",
        r"en (?:halua|tarvitse) (?:ihmi|asiakas)\w*",
        r"ei (?:taha|soovi|vaja) inime\w*",
        r"(?:don't|do not|no) (?:want|need) (?:a |to )?\w*",
    ),
)


def found(cues: Iterable[Cue], text: str) -> Iterator[tuple[Cue, str]]:
    """Cues that the text holds, with the customer's own words for each."""
    folded = fold(text)
    for one in cues:
        match = one.pattern.search(folded)
        if match and not (one.unless and one.unless.search(folded)):
            yield one, text[match.start() : match.end()]
