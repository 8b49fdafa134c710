import type { Locale } from "../shared/protocol";

export interface Texts {
	title: string;
	tagline: string;
	lead: string;
	all: string;
	categories: string;
	language: string;
	products: (count: number) => string;
	tryTitle: string;
	tryLead: string;
	number: string;
	email: string;
	/** What each of the orders is good for; one that is not named here goes without. */
	about: Record<string, string>;
	mailbox: { title: string; lead: string; none: string; to: (address: string) => string };
	service: { title: string; text: string }[];
	footer: string;
}

const fi: Texts = {
	title: "Kaamos, pohjoinen sekatavarakauppa",
	tagline: "Hyvää tavaraa pitkään iltaan",
	lead: "Villaa, valoa ja kahvipannu, joka kestää. Kaamos lähettää tilauksesi Suomeen ja Viroon, ja voit palauttaa ostoksesi maksutta 30 päivän ajan.",
	all: "Kaikki",
	categories: "Tuoteryhmät",
	language: "Kieli",
	products: (count) => (count === 1 ? "1 tuote" : `${count} tuotetta`),
	tryTitle: "Tilauksia kokeiltavaksi",
	tryLead: "Tämä on esittelykauppa. Avaa keskustelu oikeasta alakulmasta ja kysy jostakin näistä tilauksista.",
	number: "Tilaus",
	email: "Sähköposti",
	about: {
		"100231": "toimitettu",
		"100232": "matkalla, aikataulussa",
		"100233": "kuusi päivää myöhässä",
		"100234": "palautettu, hyvitys tulossa",
		"100235": "ei vielä lähetetty",
		"100236": "myöhässä, Virossa",
		"100237": "myöhässä, englanninkielinen asiakas",
	},
	mailbox: {
		title: "Asiakkaiden sähköpostit",
		lead: "Tähän tulevat viestit, jotka kauppa lähettäisi asiakkaille, esimerkiksi vahvistuskoodit.",
		none: "Yhtään viestiä ei ole vielä lähetetty.",
		to: (address) => `Vastaanottaja: ${address}`,
	},
	service: [
		{ title: "Toimitus 2–4 arkipäivässä", text: "Maksuton yli 80 euron tilauksille." },
		{ title: "30 päivän palautusoikeus", text: "Palautus on aina maksuton." },
		{ title: "Ihminen vastaa", text: "Avustaja auttaa heti, asiakaspalvelija yhdellä painikkeella." },
	],
	footer: "Kaamos on Aspan esittelykauppa: tuotteita ei voi ostaa, ja kaikki henkilöt ja tilaukset ovat keksittyjä.",
};

const et: Texts = {
	title: "Kaamos, põhjamaine kaubamaja",
	tagline: "Head asjad pikaks õhtuks",
	lead: "Villased kampsunid, hubane valgus ja kohvikann, mis kestab. Kaamos saadab tellimuse Soome ja Eestisse ning kaupa saab 30 päeva jooksul tasuta tagastada.",
	all: "Kõik",
	categories: "Tooterühmad",
	language: "Keel",
	products: (count) => (count === 1 ? "1 toode" : `${count} toodet`),
	tryTitle: "Tellimused proovimiseks",
	tryLead: "See on näidispood. Avage all paremas nurgas vestlus ja küsige mõne siinse tellimuse kohta.",
	number: "Tellimus",
	email: "E-post",
	about: {
		"100231": "kätte toimetatud",
		"100232": "teel, graafikus",
		"100233": "hilineb kuus päeva",
		"100234": "tagastatud, raha on teel",
		"100235": "veel teele panemata",
		"100236": "hilineb, Eestis",
		"100237": "hilineb, inglise keelt kõnelev klient",
	},
	mailbox: {
		title: "Klientide postkast",
		lead: "Siia jõuavad kirjad, mille pood klientidele saadaks, näiteks kinnituskoodid.",
		none: "Ühtegi kirja ei ole veel saadetud.",
		to: (address) => `Saaja: ${address}`,
	},
	service: [
		{ title: "Kohal 2–4 tööpäevaga", text: "Üle 80 euro maksva tellimuse tarne on tasuta." },
		{ title: "Tagastusõigus 30 päeva", text: "Tagastamine on alati tasuta." },
		{ title: "Vastab inimene", text: "Abiline aitab kohe, klienditeenindaja on ühe nupuvajutuse kaugusel." },
	],
	footer: "Kaamos on Aspa näidispood: siit ei saa midagi osta ning kõik inimesed ja tellimused on välja mõeldud.",
};

const en: Texts = {
	title: "Kaamos, a northern general store",
	tagline: "Good things for long evenings",
	lead: "Wool, light, and a coffee maker that lasts. Kaamos delivers to Finland and Estonia, and returns are free for 30 days.",
	all: "Everything",
	categories: "Departments",
	language: "Language",
	products: (count) => (count === 1 ? "1 product" : `${count} products`),
	tryTitle: "Orders to try",
	tryLead: "This is a demo shop. Open the chat in the lower right corner and ask about one of these orders.",
	number: "Order",
	email: "E-mail",
	about: {
		"100231": "delivered",
		"100232": "on its way, on time",
		"100233": "six days late",
		"100234": "returned, refund on its way",
		"100235": "not yet shipped",
		"100236": "late, in Estonia",
		"100237": "late, customer writes in English",
	},
	mailbox: {
		title: "The customers' mailbox",
		lead: "What the shop would send to its customers arrives here, confirmation codes for instance.",
		none: "Nothing has been sent yet.",
		to: (address) => `To: ${address}`,
	},
	service: [
		{ title: "Delivered in 2 to 4 working days", text: "Free for orders over €80." },
		{ title: "30 days to return", text: "Returns are always free." },
		{ title: "A person answers", text: "The assistant helps at once, a person is one button away." },
	],
	footer: "Kaamos is the demo shop of Aspa: nothing can be bought here, and all people and orders are made up.",
};

export const texts: Record<Locale, Texts> = { fi, et, en };
