import type { Strings } from "./strings";

const et: Strings = {
	language: "Eesti",
	customerService: "Klienditeenindus",
	launcher: "Küsi meilt",
	unread: (count) => (count === 1 ? "1 uus sõnum" : `${count} uut sõnumit`),
	minimise: "Peida vestlus",
	chooseLanguage: "Keel",
	greeting:
		"Tere! Olen automaatne abiline ja aitan tellimuste, tarnete ja tagastustega. Kui soovite rääkida klienditeenindajaga, vajutage nuppu „Kutsu teenindaja“.",
	starters: "Sageli küsitud",
	log: "Vestlus",
	privacy: "Kuidas me Teie andmeid töötleme",

	talkToPerson: "Kutsu teenindaja",
	personCalled: "Klienditeenindaja on juba kutsutud.",
	personIsHere: (name) => `Te juba vestlete klienditeenindajaga: ${name}.`,
	answers: {
		bot: "Automaatne abiline",
		queue: "Ootate klienditeenindajat",
		agent: (name) => `${name}, klienditeenindaja`,
		hold: "Teie küsimusega tegeldakse",
	},
	roles: { customer: "klient", bot: "automaatne", agent: "klienditeenindaja", system: "teade" },
	authors: { customer: "Teie", bot: "Abiline", agent: "Klienditeenindaja", system: "Klienditeenindus" },
	typing: (name) => `${name} kirjutab`,

	queuePlace: (place) => (place === 1 ? "Olete järjekorras järgmine." : `Olete järjekorras ${place}. kohal.`),
	offline: "Ühendus on katkenud. Teie sõnumid on alles ja lähevad teele kohe, kui ühendus taastub.",
	newMessages: (count) => (count === 1 ? "1 uus sõnum" : `${count} uut sõnumit`),
	chosen: "valitud",

	placeholder: "Kirjutage sõnum…",
	message: "Sõnum",
	send: "Saada",
	tooLong: (over) => `Sõnum on ${over} tähemärki liiga pikk.`,
	left: (count) => `Alles on ${count} tähemärki`,
	delivery: {
		sending: "Saatmisel",
		waiting: "Ootab ühendust",
		stored: "Saadetud",
		sent: "Saadetud",
		delivered: "Kätte saadud",
		failed: "Saatmine ei õnnestunud",
	},
	failures: {
		too_long: "Sõnum on liiga pikk. Palun lühendage seda ja saatke uuesti.",
		empty: "Sõnum on tühi.",
		rate_limited: "Sõnumeid tuli palju järjest. Palun saatke see hetke pärast uuesti.",
		not_possible: "Seda valikut ei saa enam kasutada. Palun kirjutage, mida soovite teha.",
		no_answer: "Sõnum ei jõudnud kohale. Palun saatke see uuesti.",
		other: "Sõnum ei jõudnud kohale. Palun saatke see uuesti.",
	},
	retry: "Saada uuesti",
	edit: "Muuda",
};

export default et;
