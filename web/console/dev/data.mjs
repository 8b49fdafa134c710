/** Conversations of an ordinary afternoon in the demo shop, for looking at the console without a desk. All people are made up. */

import { TEAMS } from "./supervision.mjs";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const ME = {
	id: "a_liisa",
	name: "liisa",
	display_name: "Liisa",
	locale: "fi",
	role: "agent",
	presence: "online",
};

export const COLLEAGUES = {
	agents: [
		{ id: "a_liisa", name: "Liisa", presence: "online" },
		{ id: "a_kadri", name: "Kadri", presence: "online" },
		{ id: "a_tom", name: "Tom", presence: "away" },
	],
	teams: TEAMS,
};

const isoDay = (at) => new Date(at).toISOString().slice(0, 10);

function card(
	now,
	number,
	status,
	item,
	{ carrier = "Posti", code = "JJFI64600000012345", late = 0, price = "129.90" } = {},
) {
	return {
		type: "order",
		number,
		status,
		items: [{ name: item, quantity: 1 }],
		total: { amount: price, currency: "EUR" },
		ordered_on: isoDay(now - 12 * DAY),
		promised_on: isoDay(now - late * DAY),
		expected_on: late ? isoDay(now + 2 * DAY) : null,
		tracking:
			status === "processing"
				? null
				: {
						carrier,
						code,
						events: [
							{ at: now - 9 * DAY, place: "Vantaa", code: "accepted" },
							{ at: now - 8 * DAY, place: "Vantaa", code: "in_transit" },
							{ at: now - 5 * DAY, place: "Tampere", code: "sorting" },
						],
					},
	};
}

function packet(now, fields) {
	return {
		reasons: [],
		urgent: false,
		problem: null,
		order: null,
		customer: { name: null, email: null, phone: null },
		facts: [],
		tried: [],
		effects: [],
		language: "fi",
		mood: [],
		suggested_reply: null,
		at: now,
		...fields,
	};
}

/** Entries from a script: [who, minutes ago, text, extra]. Seqs have gaps, as on the real wire. */
function script(now, lang, name, lines) {
	return lines.map(([who, ago, text, extra = {}], index) => {
		const base = { seq: index * 2 + 1, at: now - ago * MINUTE };
		if (who === "change") {
			return {
				...base,
				kind: "change",
				event: text,
				author: extra.author ?? { role: "system", name: null },
				data: extra.data ?? {},
			};
		}
		const [role, author] = who.split(":");
		return {
			...base,
			kind: role === "note" ? "note" : "message",
			author: {
				role: role === "note" ? "agent" : role,
				name: author ?? (role === "customer" ? name : null),
			},
			text,
			lang,
			delivery: "delivered",
			...extra,
		};
	});
}

function conversation(now, id, fields) {
	const { locale = "fi", name = null, email = null, lines, pack = null, phone = null, ...rest } = fields;
	const entries = script(now, locale, name, lines);
	const said = entries.filter((entry) => entry.kind === "message");
	const last = said.findLast(({ author }) => author.role !== "system") ?? said.at(-1);
	return {
		summary: {
			id,
			seq: entries.at(-1).seq,
			owner: "bot",
			channel: "widget",
			locale,
			customer: { name, email },
			agent: null,
			preview: { role: last.author.role, text: last.text.slice(0, 120) },
			last_at: last.at,
			waiting_since: null,
			urgent: false,
			reasons: pack ? pack.reasons.map(({ code }) => code) : [],
			intent: pack?.problem ?? null,
			order: pack?.order?.number ?? null,
			unread: 0,
			answer_due: null,
			hold_until: null,
			case: 1,
			...rest,
		},
		entries,
		packet: pack && { ...pack, language: locale },
		customer: { name, email, phone, verified: Boolean(email), earlier: [] },
	};
}

const LATE_FI = "Tilasin takin viikko sitten eikä sitä näy missään, tilaus 100233";

function maija(now) {
	const order = card(now, "100233", "late", "Talvitakki Kaamos, tummansininen, M", { late: 6 });
	return conversation(now, "c_8f21maij", {
		name: "Maija Virtanen",
		email: "maija.virtanen@example.fi",
		phone: "+358 40 555 0142",
		owner: "queue",
		waiting_since: now - 7 * MINUTE,
		unread: 3,
		answer_due: now + 4 * MINUTE,
		pack: packet(now - 7 * MINUTE, {
			reasons: [
				{ code: "asked_for_person", weight: 0.6, evidence: "haluan puhua oikean ihmisen kanssa" },
				{ code: "anger", weight: 0.3, evidence: "Tämä on jo kolmas kerta kun lupaatte jotain!!" },
			],
			problem: "late_delivery",
			order,
			customer: { name: "Maija Virtanen", email: "maija.virtanen@example.fi", phone: "+358 40 555 0142" },
			facts: [
				{ name: "order_number", value: "100233" },
				{ name: "email", value: "maija.virtanen@example.fi" },
			],
			tried: [
				{ what: "details_asked", ok: true, at: now - 10 * MINUTE },
				{ what: "order_looked_up", ok: true, at: now - 9 * MINUTE },
				{ what: "choices_offered", ok: true, at: now - 9 * MINUTE },
			],
			mood: [0.18, 0.22, 0.61, 0.84].map((frustration, index) => ({ seq: index * 4 + 3, frustration })),
			suggested_reply:
				"Hei Maija! Olen Liisa, asiakaspalvelija. Pahoittelen, että takkisi on myöhässä: se on parhaillaan lajittelussa Tampereella. Selvitän kuljetusyhtiöltä, missä paketti viipyy, ja kerron sinulle tänään ennen kello 16.",
		}),
		lines: [
			["bot", 12, "Hei! Olen Kaamoksen automaattinen avustaja. Miten voin auttaa?"],
			["customer", 11, LATE_FI],
			["bot", 11, "Selvitän asian heti. Millä sähköpostiosoitteella tilaus on tehty?"],
			["customer", 10, "maija.virtanen@example.fi"],
			[
				"bot",
				9,
				"Pahoittelen: tilauksesi 100233 on kuusi päivää myöhässä. Paketti on lajittelukeskuksessa Tampereella, ja sen pitäisi saapua ylihuomenna. Miten haluat edetä?",
				{
					cards: [order],
					buttons: [
						{ title: "Odotan, hyvitys sopii" },
						{ title: "Peruutan ja haluan rahat" },
						{ title: "Puhun ihmisen kanssa" },
					],
				},
			],
			["customer", 8, "Tämä on jo kolmas kerta kun lupaatte jotain!!"],
			["customer", 7, "Puhun ihmisen kanssa", { answers: { seq: 9, index: 2 } }],
			[
				"customer",
				7,
				"siis haluan puhua oikean ihmisen kanssa, en minkään botin. Kuitti täällä: https://kaamos.example/kuitti/100233.",
			],
			["change", 7, "HandedOff", { data: { reasons: ["asked_for_person", "anger"] } }],
			["system", 7, "Asiakaspalvelija jatkaa kanssasi. Olet jonossa sijalla 2, arvioitu odotus on 3–8 minuuttia."],
		],
	});
}

function mari(now) {
	return conversation(now, "c_77b0mari", {
		locale: "et",
		name: "Mari Tamm",
		email: "mari.tamm@example.ee",
		owner: "queue",
		waiting_since: now - 2 * MINUTE,
		urgent: true,
		unread: 1,
		answer_due: now + 30_000,
		pack: packet(now - 2 * MINUTE, {
			reasons: [{ code: "urgent_danger", weight: 0.9, evidence: "laadija läks põlema ja laud on must" }],
			urgent: true,
			problem: "defective_item",
			order: card(now, "100236", "delivered", "USB-C laadija 65 W", {
				carrier: "Omniva",
				code: "CE123456789EE",
				price: "34.90",
			}),
			customer: { name: "Mari Tamm", email: "mari.tamm@example.ee", phone: null },
			facts: [{ name: "order_number", value: "100236" }],
			tried: [{ what: "order_looked_up", ok: true, at: now - 2 * MINUTE }],
			mood: [{ seq: 3, frustration: 0.72 }],
			suggested_reply:
				"Tere, Mari! Olen Liisa klienditeenindusest. Väga kahju, et nii juhtus. Kas kõik on terved ja laadija on vooluvõrgust väljas? Tagastame raha täies ulatuses ja korraldame laadija äraviimise.",
		}),
		lines: [
			["bot", 3, "Tere! Olen Kaamose automaatne abiline. Kuidas saan aidata?"],
			["customer", 2, "Teilt ostetud laadija läks põlema ja laud on must, tellimus 100236"],
			["bot", 2, "Palun eemaldage laadija kohe vooluvõrgust, kui seda saab teha ohutult. Kutsun teile kohe inimese."],
			["change", 2, "HandedOff", { data: { reasons: ["urgent_danger"] } }],
			["system", 2, "Klienditeenindaja võtab teiega ühendust esimesel võimalusel."],
		],
	});
}

function emily(now) {
	return conversation(now, "c_5d9eemil", {
		locale: "en",
		name: "Emily Carter",
		email: "emily.carter@example.com",
		owner: "agent",
		agent: { id: ME.id, name: ME.display_name },
		unread: 1,
		waiting_since: now - 3 * MINUTE,
		answer_due: now + 6 * MINUTE,
		pack: packet(now - 40 * MINUTE, {
			reasons: [{ code: "did_not_help", weight: 0.5, evidence: "that does not answer my question" }],
			problem: "late_delivery",
			order: card(now, "100237", "late", "Wool blanket Tundra, grey", {
				carrier: "DPD",
				code: "05222012345678",
				late: 3,
				price: "79.00",
			}),
			customer: { name: "Emily Carter", email: "emily.carter@example.com", phone: null },
			facts: [{ name: "order_number", value: "100237" }],
			tried: [
				{ what: "order_looked_up", ok: true, at: now - 44 * MINUTE },
				{ what: "compensation_granted", ok: false, at: now - 42 * MINUTE },
			],
			effects: [{ kind: "inquiry_opened", order: "100237", amount: null, reference: "INQ-2041", ok: true }],
			mood: [0.1, 0.35, 0.5, 0.3].map((frustration, index) => ({ seq: index * 2 + 1, frustration })),
			suggested_reply: "Hello Emily, I'm Liisa from customer service. I can see that your blanket is three days late.",
		}),
		lines: [
			["customer", 26 * 60, "Hi, my order 100237 was supposed to be here on Tuesday."],
			["bot", 26 * 60, "I am sorry that your order is late. It is with DPD and expected the day after tomorrow."],
			["customer", 45, "Nothing today either. When exactly? that does not answer my question"],
			["change", 44, "HandedOff", { data: { reasons: ["did_not_help"] } }],
			["change", 41, "Claimed", { author: { role: "agent", name: "Liisa" } }],
			[
				"agent:Liisa",
				40,
				"Hello Emily, I'm Liisa from customer service. I have opened an inquiry with DPD and will write to you as soon as they answer.",
			],
			[
				"note:Liisa",
				39,
				"DPD: parcel found in Tallinn hub, scanned out this morning. Should be there tomorrow by noon. @Kadri, can you watch this after four?",
			],
			["note:Kadri", 35, "Yes, I have it on my list."],
			[
				"change",
				38,
				"PromiseMade",
				{ author: { role: "agent", name: "Liisa" }, data: { due: now + 3 * HOUR, text: "news from DPD" } },
			],
			["agent:Liisa", 30, "DPD has found your parcel: it left the Tallinn hub this morning.", { delivery: "failed" }],
			["customer", 3, "Thank you for looking into it. Will it be here before the weekend? It is a present."],
		],
	});
}

const SMALL = [
	[
		"c_1a2b0001",
		"fi",
		null,
		"queue",
		4,
		"Mun paketti on merkitty toimitetuksi mut sitä ei oo missään",
		"missing_parcel",
		["two_fallbacks"],
		"100241",
	],
	[
		"c_1a2b0002",
		"en",
		"James O'Connor",
		"queue",
		1,
		"I have been charged twice for the same order",
		"payment_problem",
		["policy"],
		"100252",
	],
	[
		"c_1a2b0003",
		"et",
		"Kristjan Kask",
		"mine",
		12,
		"Selge, ootan siis homseni. Aitäh!",
		"exchange_item",
		["asked_for_person"],
		"100263",
	],
	[
		"c_1a2b0004",
		"fi",
		"Olli Nieminen",
		"hold",
		300,
		"Jään odottamaan varaston vastausta.",
		"wrong_item",
		["did_not_help"],
		"100274",
	],
	[
		"c_1a2b0005",
		"et",
		"Piret Saar",
		"kadri",
		6,
		"Kas arve saaks saata ettevõtte nimele?",
		"ask_invoice",
		["asked_for_person"],
		"100285",
	],
	["c_1a2b0006", "fi", null, "bot", 1, "Milloin paketti tulee?", "track_order", [], "100232"],
	["c_1a2b0007", "en", null, "bot", 2, "Do you ship to Åland?", "ask_delivery", [], null],
	["c_1a2b0008", "et", "Anu Mägi", "bot", 5, "tahaks kingad tagasi saata", "return_item", [], "100296"],
	[
		"c_1a2b0009",
		"fi",
		"Sanna Korhonen",
		"closed",
		90,
		"Kiitos, nyt asia on selvä!",
		"refund_status",
		["asked_for_person"],
		"100234",
	],
	["c_1a2b0010", "en", "Liam Novak", "closed", 200, "great, thanks", "cancel_order", ["accepted_offer"], "100235"],
];

function small(now, [id, locale, name, where, ago, text, intent, reasons, order]) {
	const agent = { mine: ME, hold: ME, kadri: { id: "a_kadri", display_name: "Kadri" } }[where];
	const owner = { mine: "agent", kadri: "agent" }[where] ?? where;
	const handed = reasons.length > 0 ? [["change", ago, "HandedOff", { data: { reasons } }]] : [];
	const made = conversation(now, id, {
		locale,
		name,
		email: name && `${name.split(" ")[0].toLowerCase()}@example.com`,
		owner,
		agent: agent ? { id: agent.id, name: agent.display_name } : null,
		waiting_since: owner === "queue" ? now - ago * MINUTE : null,
		hold_until: owner === "hold" ? now + 20 * HOUR : null,
		unread: owner === "queue" ? 1 : 0,
		intent,
		order,
		reasons,
		pack:
			reasons.length > 0
				? packet(now, { reasons: reasons.map((code) => ({ code, weight: 0.5, evidence: text })), problem: intent })
				: null,
		lines: [["customer", ago, text], ...handed],
	});
	return { ...made, summary: { ...made.summary, order } };
}

/** Everything at the start of the play: id → {summary, entries, packet, customer}. */
export function conversations(now) {
	const all = [maija(now), mari(now), emily(now), ...SMALL.map((row) => small(now, row))];
	return new Map(all.map((item) => [item.summary.id, item]));
}

/** What customers say next when the play goes on by itself. */
export const LINES = {
	fi: ["Onko tästä mitään uutta?", "Voisitteko soittaa minulle?", "Kiitos, odotan."],
	et: ["Kas on midagi uut?", "Palun vastake mulle.", "Aitäh, ootan."],
	en: ["Any news?", "Could you please check again?", "Thanks, I will wait."],
};
