import type { Strings } from "./strings";

const fi: Strings = {
	language: "Suomi",
	customerService: "Asiakaspalvelu",
	launcher: "Kysy meiltä",
	unread: (count) => (count === 1 ? "1 uusi viesti" : `${count} uutta viestiä`),
	minimise: "Pienennä keskustelu",
	chooseLanguage: "Kieli",
	greeting:
		"Hei! Olen automaattinen avustaja ja autan tilauksiin, toimituksiin ja palautuksiin liittyvissä asioissa. Saat halutessasi asiakaspalvelijan painikkeesta ”Pyydä asiakaspalvelija”.",
	starters: "Usein kysyttyä",
	log: "Keskustelu",
	privacy: "Näin käsittelemme tietojasi",

	talkToPerson: "Pyydä asiakaspalvelija",
	personCalled: "Asiakaspalvelija on jo pyydetty paikalle.",
	personIsHere: (name) => `Keskustelet jo asiakaspalvelijan kanssa: ${name}.`,
	answers: {
		bot: "Automaattinen avustaja",
		queue: "Odotat asiakaspalvelijaa",
		agent: (name) => `${name}, asiakaspalvelija`,
		hold: "Asiasi on selvityksessä",
	},
	roles: { customer: "asiakas", bot: "automaattinen", agent: "asiakaspalvelija", system: "ilmoitus" },
	authors: { customer: "Sinä", bot: "Avustaja", agent: "Asiakaspalvelija", system: "Asiakaspalvelu" },
	typing: (name) => `${name} kirjoittaa`,

	queuePlace: (place) => (place === 1 ? "Olet jonossa seuraavana." : `Olet jonossa sijalla ${place}.`),
	offline: "Yhteys on poikki. Viestisi ovat tallessa ja lähtevät heti, kun yhteys palaa.",
	newMessages: (count) => (count === 1 ? "1 uusi viesti" : `${count} uutta viestiä`),
	chosen: "valittu",

	placeholder: "Kirjoita viesti…",
	message: "Viesti",
	send: "Lähetä",
	tooLong: (over) => `Viesti on ${over} merkkiä liian pitkä.`,
	left: (count) => `${count} merkkiä jäljellä`,
	delivery: {
		sending: "Lähetetään",
		waiting: "Odottaa yhteyttä",
		stored: "Lähetetty",
		sent: "Lähetetty",
		delivered: "Vastaanotettu",
		failed: "Lähetys ei onnistunut",
	},
	failures: {
		too_long: "Viesti on liian pitkä. Lyhennä sitä ja lähetä uudelleen.",
		empty: "Viesti on tyhjä.",
		rate_limited: "Viestejä tuli monta peräkkäin. Lähetä tämä hetken kuluttua uudelleen.",
		not_possible: "Tämä valinta ei ole enää käytettävissä. Kirjoita, mitä haluat tehdä.",
		no_answer: "Viesti ei mennyt perille. Lähetä se uudelleen.",
		other: "Viesti ei mennyt perille. Lähetä se uudelleen.",
	},
	retry: "Lähetä uudelleen",
	edit: "Muokkaa",
};

export default fi;
