"""What short messages mean to the desk itself, in three languages: thanks, yes and no, a score, a wish while waiting.

The desk understands these without the bot, because they are answers to its own questions or must work when the bot is
dead. Only short messages are read: whoever tells a story is telling it to a person or to the bot.
"""

from __future__ import annotations

import re

_LONGEST = 8
"""Words of a message that may be an answer."""
PHONE = re.compile(r"(?<![\w+])(\+?\d(?:[ ().-]{0,2}\d){6,14})(?!\w)")
"""A telephone number."""
_EMAIL = re.compile(r"[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}", re.IGNORECASE)

_NUMBER_OF_SOMETHING = re.compile(r"\d{5}")
_PERSONS = frozenset({"ihminen", "inimene", "human", "person", "agent", "asiakaspalvelija", "klienditeenindaja"})


def _any(alternatives: str) -> str:
    """A pattern of the alternatives, parted by white space; `_` is a space between words."""
    return "(?:" + "|".join(alternatives.replace("_", " ") for alternatives in alternatives.split()) + ")"


_THANKS = re.compile(_any(r"""
    kiit\w+ tän[ai]n\w* aitäh+ tänud tänx thanks? thank_you thx ty cheers appreciated
"""))  # fmt: skip
_THANKS_BESIDE = frozenset(
    """
    ok okei okay selvä selge hyvä hea good great super hienoa mahtavaa loistavaa tore jees joo juu jah jep yes
    yep paljon
    oikein todella kovasti väga palju suur suured ette teile sinulle sulle avusta abi eest for so very much you
    your help
    right perfect lovely brilliant wonderful excellent fine sure info infosta tiedosta abist ajan asia homma
    the vaivannäöstä vastauksesta nopeasta kiire vastuse quick reply answer all that is was kaikki kõik korras
    kunnossa
    näin siis then a lot many and ja hei moi tere bye nägemist heippa head aega päivää päeva day nice have
    hyvää mukavaa
    ilusat
    """.split()  # noqa: SIM905
)
_ACKNOWLEDGED = re.compile(_any("ok okei okay selvä selge okidoki hea_küll alright joo jah jep yes"))
_NEW_MATTER = re.compile(
    r"\d{3}|\b"
    + _any(r"""
    miss[äa] mihin milloin miksi miten kus kuhu millal miks kuidas where when why how but mutta aga kuid
    tila(?:us|uk|si)\w* telli\w* order\w* paket\w* pakk\w* parcel\w* raha\w* refund\w* lasku\w* arve\w*
    huomenta päivää iltaa päeva
    hommikust õhtust morning afternoon evening
""")
    + r"\b"
)
"""What speaks of something to be done: never an answer to a question how it went."""

_YES = re.compile(
    _any(r"""
    kyllä joo juu jep jees on ratkesi hoitui kunnossa jah jaa lahenes\w* korras yes yep yeah sure it_is solved
    sorted settled
""")
    + r"(?: \S+){0,4}"
)
_NO = re.compile(
    r"(?:ei|eipä|en|no|nope|not|nej)(?: \S+){0,5}"
    r"|\S*(?: \S+){0,2}(?: ei ole| ei oo| isn't| is not| not (?:yet|settled|solved))(?: \S+){0,3}"
)

_NOT_SETTLED = re.compile(
    r"\bei (?:ole |oo )?(?:vielä\w* |edelleenkään |nyt )?(?:ole )?"
    r"(?:kunnossa|ratkennut|selvinnyt|hoidettu|hoitunut|korjattu)\b"
    r"|\b(?:vielä kesken|edelleen kesken)\b"
    r"|\b(?:pole|ei ole)(?: \S+){0,3} (?:korras|lahendatud|lahenenud|korda saanud)\b|\bveel lahendamata\b"
    r"|\b(?:not|isn't|wasn't|never)(?: \S+){0,3} (?:settled|solved|resolved|fixed|sorted)\b"
    r"|\bstill (?:broken|open|unsolved)\b"
)
_TRANSCRIPT = re.compile(
    r"\b(?:keskustelu\w*|vestlus\w*|chat\w*|transcript|conversation)\b.*\b(?:sähköpost\w+|e-?post\w*|e-?mail\w*)"
    r"|\b(?:e-?mail|send|saatke|lähet\w+)\b.*\b(?:keskustelu|vestlus|transcript|(?:this|the) conversation)\b"
)
_CALL = re.compile(
    r"\b"
    + _any(r"""
    soit(?:t\w*|a\w*|on) takaisinsoit\w* helista\w* tagasihelist\w* kõne(?:t|soov\w*)? call_(?:me|back) call-?back
    (?:phone|ring)_me
""")
    + r"\b"
)
_MAIL = re.compile(
    r"\b" + _any(r"sähköpost\w+ s-posti\w* meil(?:i\w*|itse|ile) maili\w* e-?post\w* e-?mail\w* by_mail") + r"\b"
)
_BOT = re.compile(
    r"(?:takaisin |tagasi |back to |jatka\w* |jätka\w* |continue with )?(?:the )?"
    r"(?:avustaja\w*|bot\w*|robot\w*|abili\w*|assistant)(?: kanssa| juurde| please)?"
)
_LEAVE = re.compile(
    _any(r"""
    poistu(?:n|a)? lähden en_odota lopetan_odottami\w* en_halua_odottaa lahkun? ei_oota ei_taha_oodata leave
    stop_waiting
    never_?mind forget_it i_(?:will_not|won't)_wait
""")
    + r"(?: enää| kauempaa| jonosta| järjekorrast| rohkem| kauem| the queue| any ?more| any longer| kiitos| palun)*"
)
"""Not "cancel" nor "peru": that is said of orders."""
_SEND = re.compile(r"\b(vastat?\w*|vastaa|lähet\w*|saat\w*|saada|kirjut\w*|kirjoit\w*|send|reply|answer|write)\b")
_STATUS = re.compile(
    ".*"
    + _any(r"""
    monesko mikä_tilanne kauanko kuinka_kauan onko_(?:mitään_)?uutta mitmes kui_kaua kas_on_(?:midagi_)?uudist
    mis_seis
    any_news how_long what(?:'s|_is)_(?:the_status|my_place|happening) where_am_i
""")
    + ".*"
)

_SCORES = (
    (1, r"""
    surkea\w* kauhea\w* kamala\w* hirveä\w* (?:todella|tosi|erittäin)_huono\w* väga_halb väga_halvasti
    kohutav\w* jube\w*
    terribl[ey] awful horribl[ey] worst very_(?:bad|poor)(?:ly)? useless onneton ala-arvois\w*
"""),
    (4, r"""
    ei_(?:olnud_)?(?:hullumpi|huono(?:mpi)?|paha|halb) (?:pole|polnud)_(?:üldse_)?(?:paha|viga|halb)
    not_(?:too_|so_|half_)?bad
    (?:ihan|täysin|täitsa)_(?:jees|hyvä|hyvin|kiva|hea) (?:päris|üsna|melko)_(?:hyvä|hyvin|hea|hästi|kena)
    (?:pretty|quite|fairly)_(?:good|well)
"""),
    (2, r"""
    ei_(?:olnud_)?(?:kovin_|nii_|niin_)?(?:hyvä|hyvin|hea|hästi)
    not_(?:very_|so_|that_)?(?:good|well|great|happy) huono\w*
    heikko\w* heikosti kehno\w* kehva\w* halb halvasti kehv\w* nõrk nõrgalt bad(?:ly)? poor(?:ly)?
"""),
    (3, r"""
    ihan_(?:ok|okei) ok okei okay menettele\w* siinä_ja_siinä keskinkertai\w* kohtalai\w* tyydyttävä\w* rahuldav\w*
    keskmi\w* normaal\w* niisama käis_kah nii_ja_naa so-?so average fair mediocre acceptabl[ey] alright fine
"""),
    (5, r"""
    erinomai\w* loistava\w* mahtava\w* täydelli\w* kiitettävä\w* suurepära\w* super\w* ideaal\w* excellent\w*
    perfect\w*
    (?:todella|tosi|oikein|erittäin|väga|eriti|very|really)_(?:hyvä|hyvin|hea|hästi|good|well) brilliant great amazing
    wonderful fantastic outstanding awesome
"""),
    (4, "hyvä hyvin jees kiva hea hästi kena good well nice"),
)  # fmt: skip
"""In this order: "not bad" before "bad", "very good" before "good"."""
_SCORE_PATTERNS = tuple((score, re.compile(rf"(?<!\w){_any(words)}(?!\w)")) for score, words in _SCORES)
_NUMBERS = {
    "yksi": 1, "kaksi": 2, "kolme": 3, "neljä": 4, "viisi": 5, "üks": 1, "kaks": 2, "kolm": 3, "neli": 4, "viis": 5,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
_NUMBER = re.compile(r"(?<![\d.,/])([1-5])(?: ?/ ?5)?(?![\d/]|[.,]\d)")


def folded(text: str) -> str:
    """Small letters, one space between words, nothing around them that says nothing."""
    return re.sub(r"[\s,]+", " ", text.casefold()).strip(" .!,;:)(\"'”“„")


def is_thanks(text: str) -> bool:
    """ "ok kiitos", "aitäh!", "thanks a lot": an end, and nothing that wants an answer."""
    words = folded(text)
    if not words or "?" in text or len(words.split()) > _LONGEST:
        return False
    if _ACKNOWLEDGED.fullmatch(words):
        return True
    rest = [each.strip(".,!") for each in _THANKS.sub(" ", words).split()]
    return bool(_THANKS.search(words)) and all(not each or each in _THANKS_BESIDE for each in rest)


def is_yes(text: str) -> bool:
    """An answer "yes" to a question of ours."""
    words = folded(text)
    return len(words.split()) <= _LONGEST and bool(_YES.fullmatch(words)) and not is_no(text)


def is_no(text: str) -> bool:
    """An answer "no"."""
    words = folded(text)
    return len(words.split()) <= _LONGEST and bool(_NO.fullmatch(words))


def not_settled(text: str) -> bool:
    """ "It is still not settled", said of what was just called so."""
    words = folded(text)
    return len(words.split()) <= 2 * _LONGEST and bool(_NOT_SETTLED.search(words))


def score(text: str) -> int | None:
    """A score from 1 to 5 in words or figures; None: it is something else."""
    words = folded(text)
    if not words or "?" in text or len(words.split()) > _LONGEST or _NEW_MATTER.search(words):
        return None
    if words in _NUMBERS:
        return _NUMBERS[words]
    if found := _NUMBER.findall(words):
        return int(found[0]) if len(found) == 1 and len(words.split()) <= 4 else None
    if is_thanks(text) and not re.search(r"ihan|päris", words):
        return None  # "ok thanks" ends the matter, it does not grade it
    return next((score for score, pattern in _SCORE_PATTERNS if pattern.search(words)), None)


def figure(text: str, most: int) -> int | None:
    """A figure from 0 to `most` with a few words at most; None: it is something else."""
    words = folded(text)
    found = re.findall(rf"(?<![\d.,/])(\d{{1,2}})(?: ?/ ?{most})?(?![\d/]|[.,]\d)", words)
    if "?" in text or len(words.split()) > 4 or len(found) != 1 or _NEW_MATTER.search(words):
        return None
    return int(found[0]) if int(found[0]) <= most else None


def speaks_of_order(text: str) -> bool:
    """It is about something to be done, not about how it went."""
    return bool(_NUMBER_OF_SOMETHING.search(text)) or text.strip().casefold() in _PERSONS


def wish(text: str) -> str | None:
    """What a waiting customer wants instead: call, mail, bot, leave, status; None: a fact for whoever comes."""
    words = folded(text)
    count = len(words.split())
    if count > 2 * _LONGEST:
        return None
    if count <= _LONGEST and _STATUS.fullmatch(words):
        return "status"
    if _BOT.fullmatch(words):
        return "bot"
    if count <= 5 and _LEAVE.fullmatch(words):
        return "leave"
    if _CALL.search(words):
        return "call"
    told_only = email(text) and not _SEND.search(words)  # "my e-mail is …" is a fact
    return "mail" if _MAIL.search(words) and count <= _LONGEST and not told_only else None


def wants_transcript(text: str) -> bool:
    """The customer wants to have the conversation."""
    words = folded(text)
    return len(words.split()) <= _LONGEST and bool(_TRANSCRIPT.search(words))


def phone(text: str) -> str | None:
    """A number to call, as written, without what only parts it."""
    found = PHONE.search(text)
    number = re.sub(r"[^\d+]", "", found.group(1)) if found else ""
    return number if 7 <= len(number.lstrip("+")) <= 15 else None


def email(text: str) -> str | None:
    """An e-mail address."""
    found = _EMAIL.search(text)
    return found.group(0).rstrip(".-") if found else None
