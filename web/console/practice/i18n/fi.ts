import type { Strings } from "./en";

/** Harjoitushuone suomeksi. */
export const fi: Strings = {
	intro:
		"Keksittyjä asiakkaita vain sinua varten: mikään täältä ei päädy asiakkaalle, kauppaan tai lukuihin. Ota tapaus, vastaa omin sanoin ja merkitse se hoidetuksi. Katso sitten täältä, mitä vastauksissasi oli.",
	customers: "Valitse asiakas",
	language: "Asiakkaan kieli",
	level: { 1: "Taso 1: arkinen", 2: "Taso 2: vaatii tarkkuutta", 3: "Taso 3: kova paine" },
	done: "Harjoiteltu",
	tooMany: "Viisi on kesken: hoida ensin jokin niistä.",
	mine: "Viimeisimmät harjoituksesi",
	none: "Et ole vielä harjoitellut.",
	state: { going: "Kesken", left: "Jäi kesken", solved: "Hoidettu" },
	firstReply: (time) => `Ensimmäinen vastaus: ${time}`,
	noReply: "Ei vielä vastausta",
	replies: (n) => (n === 1 ? "1 viesti" : `${n} viestiä`),
	given: { at_once: "heti", when_pressed: "vasta kun asiakas tivasi", never: "ei lainkaan" },
	deed: { done: "Tehty kaupassa", missing: "Jäi tekemättä kaupassa" },
	wants: {
		apology: "Pahoittelu",
		time: "Aika",
		choice: "Mitä sitten, jos ei onnistu",
		replacement: "Uusi tuote",
		return_free: "Palautuksen maksuttomuus",
		inquiry: "Kuka etsii",
		photo: "Kuvan pyytäminen",
		refund: "Rahat",
		proof: "Henkilöllisyyden varmistus",
		kept: "Mitä on säilytettävä",
		bank: "Yhteys pankkiin",
		cancel: "Tilauksen pysäytys",
		password: "Uusi salasana",
		safety: "Turvallisuus ensin",
		not_ours: "Oliko viesti meiltä",
	},
};
