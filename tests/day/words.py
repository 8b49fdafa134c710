"""What the day's customers say, in their own languages: written for this day, and used for nothing else.

`{number}` and `{email}` stand where a customer names the order. A story's `opening` has several wordings.
"""

from __future__ import annotations

OPENING = {
    "where": {
        "fi": [
            "Moi, missäköhän tilaus {number} menee? Sähköpostini on {email}",
            "Paketin piti tulla jo, tilausnumero on {number}",
            "en ole saanut tavaroitani vieläkään",
            "Onko tilaukseni {number} jo lähtenyt? {email}",
        ],
        "et": [
            "Tere, kus mu tellimus {number} praegu on? Meil on {email}",
            "Pakk pidi juba kohal olema, tellimus {number}",
            "ma pole oma asju ikka kätte saanud",
            "Kas tellimus {number} on juba teele pandud? {email}",
        ],
        "en": [
            "Hello, could you tell me where order {number} is? My email is {email}",
            "my parcel should have been here by now, it's order {number}",
            "I still haven't received my things",
            "Has order {number} left your warehouse yet? {email}",
        ],
    },
    "cancel": {
        "fi": ["Haluaisin peruuttaa tilauksen {number}, sähköposti {email}", "peruisin tilaukseni {number}"],
        "et": ["Soovin tellimuse {number} tühistada, meil {email}", "palun tühistage mu tellimus {number}"],
        "en": ["I'd like to cancel order {number}, my email is {email}", "please cancel my order {number}"],
    },
    "price": {
        "fi": ["Paljonko teillä maksaa toimitus kotiin?", "mitä postikulut ovat"],
        "et": ["Kui palju kojuvedu maksab?", "mis on tarne hind"],
        "en": ["How much do you charge for home delivery?", "what are the delivery costs"],
    },
    "return_time": {
        "fi": ["Kuinka monta päivää minulla on aikaa palauttaa tuote?", "mikä on palautusaika"],
        "et": ["Mitu päeva on mul aega kaup tagastada?", "kui pikk on tagastusaeg"],
        "en": ["How many days do I have to send something back?", "what is your return period"],
    },
    "payment": {
        "fi": ["Millä tavoilla teillä voi maksaa?", "käykö mobilepay"],
        "et": ["Kuidas saab teie poes maksta?", "mis makseviisid on"],
        "en": ["Which ways of paying do you accept?", "can i pay with mobilepay"],
    },
    "person": {
        "fi": ["Haluan puhua ihmisen kanssa", "saisinko asiakaspalvelijan"],
        "et": ["Soovin rääkida inimesega", "palun klienditeenindajat"],
        "en": ["I would like to talk to a person, please", "can I speak to an agent"],
    },
    "angry": {
        "fi": ["Olen aivan raivoissani! Kukaan ei vastaa mihinkään ja rahat on viety!!"],
        "et": ["Ma olen lihtsalt maruvihane! Keegi ei vasta midagi ja raha on läinud!!"],
        "en": ["I am absolutely furious! Nobody answers anything and my money is gone!!"],
    },
    "danger": {
        "fi": ["Teiltä ostamani laturi alkoi savuta ja tuli kipinöitä"],
        "et": ["Teilt ostetud laadija hakkas suitsema ja lõi sädemeid"],
        "en": ["The charger I bought from you started smoking and there were sparks"],
    },
    "law": {
        "fi": ["Vien tämän kuluttajariitalautakuntaan, asianajajani on jo mukana"],
        "et": ["Annan selle tarbijavaidluste komisjoni, mu advokaat juba tegeleb"],
        "en": ["I am taking this to the consumer disputes board, my solicitor is already involved"],
    },
    "odd": {
        "fi": ["Sain teiltä kirjeen jossa oli jonkun toisen laskelma, mitä teen"],
        "et": ["Sain teilt kirja, kus oli kellegi teise arvestus, mida ma teen"],
        "en": ["I got a letter from you with somebody else's statement in it, what do I do"],
    },
}
AGAIN = {
    "where": {
        "fi": "Kysyin, missä tilaukseni {number} on. Sähköposti on {email}",
        "et": "Ma küsisin, kus on mu tellimus {number}. E-post on {email}",
        "en": "I asked where my order {number} is. The email is {email}",
    },
    "cancel": {
        "fi": "Peruuttakaa tilaus {number}, kiitos. Sähköposti on {email}",
        "et": "Tühistage palun tellimus {number}. E-post on {email}",
        "en": "Please cancel order {number}. The email is {email}",
    },
    "price": {"fi": "Mitä toimitus maksaa?", "et": "Mis tarne maksab?", "en": "What does delivery cost?"},
    "return_time": {
        "fi": "Monessako päivässä palautus pitää tehdä?",
        "et": "Mitme päeva jooksul peab tagastama?",
        "en": "Within how many days must I return it?",
    },
    "payment": {"fi": "Mitkä maksutavat käyvät?", "et": "Millised makseviisid sobivad?", "en": "What payment methods?"},
}
DIGRESSION = {
    "fi": ["Muuten, mihin aikaan olette auki?", "hei onko teillä kivijalkakauppaa", "onpa kylmä ilma tänään"],
    "et": ["Muide, mis kell te lahti olete?", "kas teil päris poodi ka on", "küll on täna külm"],
    "en": ["By the way, when are you open?", "do you have a physical shop as well", "what awful weather today"],
}
THANKS = {"fi": "Selvä, kiitos!", "et": "Selge, aitäh!", "en": "All right, thank you!"}
YES = {"fi": "Kyllä", "et": "Jah", "en": "Yes"}
HUMAN = {"fi": "Haluan ihmisen", "et": "Soovin inimest", "en": "I want a person"}
NUMBER = {
    "fi": "tilausnumero on {number} ja sähköposti {email}",
    "et": "tellimuse number on {number} ja e-post {email}",
    "en": "the order number is {number} and the email {email}",
}
MORE = {
    "fi": "Kerron vielä: asialla on kiire.",
    "et": "Lisan veel: asjaga on kiire.",
    "en": "One more thing: it is rather urgent.",
}
AGENT_HELLO = {
    "fi": "Hei, olen Liisa. Katson asiasi heti läpi.",
    "et": "Tere, siin Liisa. Vaatan Teie asja kohe üle.",
    "en": "Hello, this is Liisa. Let me look into it right away.",
}
AGENT_DONE = {
    "fi": "Asia on nyt kunnossa, ja saat siitä vahvistuksen sähköpostiisi.",
    "et": "Asi on nüüd korras ja saate selle kohta kinnituse e-postile.",
    "en": "This has been put right now, and you will have a confirmation by e-mail.",
}
# How a customer recognises what is asked or said.
ASKS_NUMBER = {"fi": "tilausnumero", "et": "tellimuse number|tellimuse numbrit", "en": "order number"}
ASKS_EMAIL = {"fi": "sähköposti", "et": "e-posti? aadress|e-post", "en": "e-?mail address|e-?mail"}
ASKS_CODE = {"fi": "kuusinumeroi", "et": "kuuekohali", "en": "six-digit"}
ASKS_WHETHER = {
    "fi": r"(perutaanko|perunko|vahvist|haluatko).*\?",
    "et": r"(kas tühistan|kas soovite|kinnita).*\?",
    "en": r"(shall I|do you want|would you like|confirm).*\?",
}
WAITS = {"fi": r"sijalla \d", "et": r"järjekorras \d|\d+\. kohal", "en": r"number \d+ in the queue"}
CANCELLED = {"fi": "perut|peruutet", "et": "tühistat|tühistasin", "en": "cancelled"}
SATISFIED = {
    "price": {"fi": r"\d[,.]\d\d|€", "et": r"\d[,.]\d\d|€", "en": r"\d[,.]\d\d|€"},
    "return_time": {"fi": r"\b(14|30)\b", "et": r"\b(14|30)\b", "en": r"\b(14|30)\b"},
    "payment": {"fi": "mobilepay|kortti|verkkopank", "et": "mobilepay|kaar[dt]|pangalin", "en": "mobilepay|card|bank"},
}
"""What an answer to these must have in it."""
ASKS_EMAIL_ONLY = {
    "fi": r"sähköpostiosoit[^.?!]*\?",
    "et": r"e-posti aadress[^.?!]*\?",
    "en": r"e-mail address[^.?!]*\?",
}
BACK = {"fi": "taas käytettävissä", "et": "taas kättesaadav", "en": "is back and will"}
MOMENT = {"fi": "pieni hetki", "et": "võtab hetke", "en": "taking a moment"}
OFFERS = {
    "fi": "asiakaspalvelij|^Kyllä|ihmis",
    "et": "teenindaja|^Jah|inimes",
    "en": "customer service|colleague|^Yes|person",
}
GREETINGS = ("automaattinen avustaja, en", "automaatne abiline, mitte", "automated assistant, not")
