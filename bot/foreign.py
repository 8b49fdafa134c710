"""One sentence in a language that we recognise but do not speak, said before a person comes."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "ru": "Здравствуйте! Я автоматический помощник и говорю по-фински, по-эстонски и по-английски. Передаю ваш вопрос сотруднику службы поддержки.",
    "sv": "Hej! Jag är en automatisk assistent och talar finska, estniska och engelska. Jag lämnar ditt ärende vidare till en medarbetare på kundtjänsten.",
    "lv": "Labdien! Es esmu automātisks palīgs un runāju somu, igauņu un angļu valodā. Nododu jūsu jautājumu klientu apkalpošanas darbiniekam.",
    "lt": "Laba diena! Esu automatinis pagalbininkas ir kalbu suomiškai, estiškai bei angliškai. Perduodu jūsų klausimą klientų aptarnavimo darbuotojui.",
    "de": "Guten Tag! Ich bin ein automatischer Assistent und spreche Finnisch, Estnisch und Englisch. Ich gebe Ihr Anliegen an einen Mitarbeiter des Kundendienstes weiter.",
}
"""By language code; the keys are the languages that `nlu.language` may name besides ours."""
