/**
 * The scene that the miniature desk plays: a late order, choices, a person. Words that lead on: an order number, "human" in any
 * of the three languages; after the person has answered, the customer's next message closes the case and brings the survey.
 */
const DAY_MS = 86_400_000;
const on = (days) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

export const card = {
	type: "order",
	number: "100233",
	status: "late",
	items: [
		{ name: "Halla", quantity: 1 },
		{ name: "Tuisku", quantity: 2 },
	],
	total: { amount: "189.70", currency: "EUR" },
	ordered_on: on(-12),
	promised_on: on(-6),
	expected_on: on(2),
	tracking: {
		carrier: "Posti",
		code: "JJFI65432100000012345",
		events: [
			{ at: Date.now() - 9 * DAY_MS, place: "Tampere", code: "accepted" },
			{ at: Date.now() - 7 * DAY_MS, place: "Vantaa", code: "in_transit" },
			{ at: Date.now() - 6 * DAY_MS, place: "Vantaa", code: "delayed" },
		],
	},
};

const WORDS = {
	fi: {
		email: "Kiitos. Kertoisitko vielä tilauksen sähköpostiosoitteen?",
		late: "Pahoittelen odotusta. Pakettisi on viivästynyt Vantaan lajittelussa kuusi päivää; uusi arvioitu saapumispäivä on ylihuomenna.\nMiten haluat jatkaa?",
		buttons: ["Odotan ja saan 5 € hyvitystä", "Perun ja saan rahat takaisin", "Pyydän asiakaspalvelijan"],
		done: "Selvä, hyvitys 5,00 € on kirjattu tilaukselle.",
		queued: "Siirrän sinut asiakaspalvelijalle. Sinun ei tarvitse kertoa asiaa uudelleen.",
		hello: "Hei, tässä Liisa. Luin juuri keskustelusi: tarkistan pakettisi tilanteen saman tien.",
		bye: "Ole hyvä! Paketti lähtee huomisaamun kuljetuksessa.",
		else: "Autan mielelläni. Kertoisitko tilausnumerosi?",
	},
	et: {
		email: "Aitäh. Palun öelge veel tellimuse e-posti aadress.",
		late: "Vabandan ootamise pärast. Teie pakk on Vantaa sorteerimiskeskuses kuus päeva hilinenud; uus eeldatav saabumispäev on ülehomme.\nKuidas soovite jätkata?",
		buttons: ["Ootan ja saan 5 € hüvitist", "Tühistan ja saan raha tagasi", "Kutsun teenindaja"],
		done: "Selge, hüvitis 5,00 € on tellimusele kantud.",
		queued: "Suunan Teid klienditeenindaja juurde. Te ei pea oma muret uuesti kirjeldama.",
		hello: "Tere, siin Liisa. Lugesin Teie vestluse läbi ja uurin kohe, kus pakk on.",
		bye: "Palun! Pakk läheb teele homse hommikuse veoga.",
		else: "Aitan hea meelega. Palun öelge oma tellimuse number.",
	},
	en: {
		email: "Thank you. Could you also tell me the e-mail address of the order?",
		late: "I am sorry for the wait. Your parcel has been held up in sorting in Vantaa for six days; the new estimated arrival is the day after tomorrow.\nHow would you like to go on?",
		buttons: ["I will wait for a 5 € credit", "Cancel and refund", "Talk to a person"],
		done: "Done: a credit of 5.00 € has been added to your order.",
		queued: "I am passing you on to a person. You need not tell it all again.",
		hello: "Hello, this is Liisa. I have just read your conversation and am checking where the parcel is.",
		bye: "You are welcome! The parcel leaves with tomorrow morning's transport.",
		else: "I am glad to help. Could you tell me your order number?",
	},
};

const BOT_MS = 700;

/** One command of the customer, and what comes of it; `pace` shortens the waits, for checks. */
export function play(session, command, pace = 1) {
	const { state } = session;
	const later = (action, ms) => setTimeout(action, ms * pace);
	const words = WORDS[state.locale];
	const bot = (text, more) => {
		session.tell({ type: "typing", author: { role: "bot", name: null }, on: true });
		later(() => session.say("bot", null, text, more), BOT_MS);
	};
	const queue = () => {
		session.say("system", null, words.queued);
		session.become({ owner: "queue", page: "/my-case/demo", queue: { place: 2, from_minutes: 3, to_minutes: 8 } });
		later(
			() => state.owner === "queue" && session.become({ queue: { place: 1, from_minutes: 1, to_minutes: 3 } }),
			4_000,
		);
		later(() => state.owner === "queue" && claim(session, words, later), 8_000);
	};
	switch (command.type) {
		case "write": {
			const own = session.say("customer", null, command.text, { id: command.id, delivery: "stored" });
			if (state.owner === "agent") return close(session, words, own, later);
			if (state.owner === "queue") return;
			if (/ihminen|inimene|human/i.test(command.text)) return queue();
			if (/@/.test(command.text))
				return bot(words.late, { cards: [card], buttons: words.buttons.map((title) => ({ title })) });
			return bot(/\d{6}/.test(command.text) ? words.email : words.else);
		}
		case "press": {
			const { seq, index } = command;
			session.say("customer", null, words.buttons[index], {
				id: command.id,
				delivery: "stored",
				answers: { seq, index },
			});
			return index === 2 ? queue() : bot(words.done);
		}
		case "human":
			return queue();
		case "leave_queue":
			session.become({ owner: "bot", queue: null });
			return bot(words.else);
		case "rate":
			return session.become({ survey: null });
		case "locale":
			return session.become({ locale: command.locale });
	}
}

function claim(session, words, later) {
	session.become({ owner: "agent", agent: { name: "Liisa" }, queue: null });
	session.tell({ type: "typing", author: { role: "agent", name: "Liisa" }, on: true });
	later(() => session.say("agent", "Liisa", words.hello), 2_500);
}

function close(session, words, own, later) {
	own.delivery = "delivered";
	session.tell({ type: "delivery", seq: own.seq, delivery: "delivered" });
	later(() => {
		session.say("agent", "Liisa", words.bye);
		session.become({ owner: "closed", agent: null, survey: { case: 1 } });
	}, 1_500);
}
