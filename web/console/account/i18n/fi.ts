import type { Strings } from "./en";

export const fi: Strings = {
	sessions: "Kirjautuneena",
	unknownDevice: "Tuntematon selain",
	thisOne: "tämä selain",
	since: (since, seen) => `Alkaen ${since}, viimeksi käytössä ${seen}`,
	end: "Kirjaa ulos",
	endOthers: "Kirjaa ulos kaikkialta muualta",
	ended: "Kirjattu ulos.",
	password: "Salasana",
	current: "Nykyinen salasana",
	wanted: "Uusi salasana",
	wantedHint: (characters) => `Vähintään ${characters} merkkiä. Muut selaimet kirjataan ulos.`,
	change: "Vaihda salasana",
	changed: "Salasanasi on vaihdettu.",
	step: "Kaksivaiheinen kirjautuminen",
	stepOff:
		"Salasanan lisäksi annat koodin, jonka puhelimesi sovellus näyttää. Pelkkä varastettu salasana ei silloin riitä.",
	stepOn: (left) => `Käytössä. Palautuskoodeja jäljellä ${left}.`,
	begin: "Ota käyttöön",
	drop: "Poista käytöstä",
	dropped: "Kaksivaiheinen kirjautuminen on poistettu käytöstä.",
	scan: "Lue koodi todennussovelluksella tai kirjoita avain siihen. Se näytetään vain nyt.",
	picture: "QR-koodi, jossa avain on",
	key: "Avain",
	code: "Sovelluksen koodi",
	confirm: "Ota käyttöön",
	recovery:
		"Kaksivaiheinen kirjautuminen on käytössä. Säilytä nämä palautuskoodit turvallisessa paikassa: kullakin pääset sisään kerran ilman puhelinta. Ne näytetään vain nyt.",
	kept: "Olen ottanut ne talteen",
	problems: {
		bad_credentials: "Salasana ei täsmää.",
		second_step: "Anna myös sovelluksen koodi.",
		bad_code: "Koodi ei täsmännyt. Odota sovelluksen seuraavaa koodia ja yritä uudelleen.",
		bad_password: "Valitse pidempi salasana, joka ei ole käyttäjätunnuksesi.",
		rate_limited: "Yrityksiä oli liian monta. Odota hetki ja yritä uudelleen.",
	},
};
