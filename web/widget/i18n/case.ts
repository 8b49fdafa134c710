import type { Locale } from "../../shared/protocol";

/** The words for waiting, for a case and its survey, apart from the rest because they are needed late. */
export interface CaseStrings {
	queueWait: (from: number, to: number) => string;
	queueNoPlace: string;
	leaveQueue: string;
	hold: string;
	call: (from: number, to: number, zone?: string) => string;
	mail: (due: number, zone?: string) => string;
	/** Links and buttons for what the customer may keep. */
	page: string;
	download: string;
	send: string;
	region: string;
	survey: {
		question: string;
		scores: Record<1 | 2 | 3 | 4 | 5, string>;
		/** How easy it was, and whether one would recommend the shop: the question, and the two ends of the scale. */
		ces: [string, string, string];
		nps: [string, string, string];
		comment: string;
		send: string;
		thanks: string;
		choose: string;
	};
}

const TAGS: Record<Locale, string> = { fi: "fi-FI", et: "et-EE", en: "en-GB" };

/** Times are the shop's, as in the desk's own messages: whoever travels is called at the time that was agreed. */
const moment = (locale: Locale, at: number, timeZone?: string): string =>
	new Intl.DateTimeFormat(TAGS[locale], {
		weekday: "short",
		day: "numeric",
		month: "numeric",
		hour: "numeric",
		minute: "2-digit",
		timeZone,
	}).format(at);

const window = (locale: Locale, from: number, to: number, timeZone?: string): string =>
	`${moment(locale, from, timeZone)}–${new Intl.DateTimeFormat(TAGS[locale], { hour: "numeric", minute: "2-digit", timeZone }).format(to)}`;

export const caseWords: Record<Locale, CaseStrings> = {
	fi: {
		queueWait: (from, to) => `Arvioitu odotusaika on ${from ? `${from}–${to}` : `enintään ${to}`} minuuttia.`,
		queueNoPlace: "Olet jonossa. Asiakaspalvelija vastaa tähän keskusteluun.",
		leaveQueue: "Jatka avustajan kanssa",
		hold: "Asiaasi selvitetään. Vastaamme tähän keskusteluun, kun tiedämme lisää.",
		call: (from, to, zone) => `Soitamme sinulle ${window("fi", from, to, zone)}. Sinun ei tarvitse odottaa tässä.`,
		mail: (due, zone) =>
			`Vastaamme sähköpostilla viimeistään ${moment("fi", due, zone)}. Sinun ei tarvitse odottaa tässä.`,
		page: "Asiasi vaiheet",
		download: "Lataa keskustelu",
		send: "Lähetä keskustelu sähköpostiini",
		region: "Asiasi",
		survey: {
			question: "Miten asiasi hoidettiin?",
			scores: { 1: "Huonosti", 2: "Välttävästi", 3: "Kohtalaisesti", 4: "Hyvin", 5: "Erinomaisesti" },
			ces: ["Kuinka helposti asiasi hoitui?", "Hyvin hankalasti", "Hyvin helposti"],
			nps: ["Kuinka todennäköisesti suosittelisit kauppaamme tuttavallesi?", "En lainkaan", "Varmasti"],
			comment: "Haluatko kertoa lisää? (vapaaehtoinen)",
			send: "Lähetä palaute",
			thanks: "Kiitos palautteestasi!",
			choose: "Valitse ensin arvosana.",
		},
	},
	et: {
		queueWait: (from, to) => `Eeldatav ooteaeg on ${from ? `${from}–${to}` : `kuni ${to}`} minutit.`,
		queueNoPlace: "Olete järjekorras. Klienditeenindaja vastab siinsamas vestluses.",
		leaveQueue: "Jätka abilisega",
		hold: "Uurime Teie küsimust. Vastame siinsamas vestluses, kui teame rohkem.",
		call: (from, to, zone) => `Helistame Teile ${window("et", from, to, zone)}. Te ei pea siin ootama.`,
		mail: (due, zone) => `Vastame e-postiga hiljemalt ${moment("et", due, zone)}. Te ei pea siin ootama.`,
		page: "Pöördumise käik",
		download: "Laadige vestlus alla",
		send: "Saatke vestlus minu e-postile",
		region: "Teie pöördumine",
		survey: {
			question: "Kuidas Teie küsimus lahendati?",
			scores: { 1: "Halvasti", 2: "Kesiselt", 3: "Rahuldavalt", 4: "Hästi", 5: "Suurepäraselt" },
			ces: ["Kui lihtsalt Teie küsimus lahenes?", "Väga raskelt", "Väga lihtsalt"],
			nps: ["Kui tõenäoliselt soovitaksite meie poodi mõnele tuttavale?", "Üldse mitte", "Kindlasti"],
			comment: "Kas soovite midagi lisada? (vabatahtlik)",
			send: "Saada tagasiside",
			thanks: "Täname tagasiside eest!",
			choose: "Palun valige kõigepealt hinne.",
		},
	},
	en: {
		queueWait: (from, to) => `The estimated wait is ${from ? `${from} to ${to}` : `up to ${to}`} minutes.`,
		queueNoPlace: "You are in the queue. A person will answer in this conversation.",
		leaveQueue: "Continue with the assistant",
		hold: "We are looking into your case and will answer in this conversation when we know more.",
		call: (from, to, zone) => `We will call you ${window("en", from, to, zone)}. There is no need to wait here.`,
		mail: (due, zone) => `We will answer by e-mail by ${moment("en", due, zone)}. There is no need to wait here.`,
		page: "How your case stands",
		download: "Download the conversation",
		send: "E-mail me the conversation",
		region: "Your case",
		survey: {
			question: "How did we handle your case?",
			scores: { 1: "Poorly", 2: "Not very well", 3: "Acceptably", 4: "Well", 5: "Excellently" },
			ces: ["How easy was it to get this settled?", "Very hard", "Very easy"],
			nps: ["How likely are you to recommend our shop to a friend?", "Not at all", "Certainly"],
			comment: "Would you like to tell us more? (optional)",
			send: "Send feedback",
			thanks: "Thank you for your feedback!",
			choose: "Please choose a score first.",
		},
	},
};
