/** The figures' side of the fake desk: names and meanings are the real ones (`data/figures/`), the numbers are made up. */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";

const DAY = 86_400_000;
const DATA = new URL("../../../data/figures/", import.meta.url);
/** Of the groups' first figures and some more: one of each kind. What is left out here is a count of none. */
const MADE = {
	conversations: { kind: "count", value: 100, before: 80, day: (at) => 2 + (at % 5) },
	intents: list({ track_order: 40, late_delivery: 35, missing_parcel: 25 }),
	channels: list({ widget: 80, telegram: 20 }),
	solved_confirmed: { kind: "count", good: 1, value: 44, before: 40, day: (at) => at % 3 },
	confirmed_of_all: { ...share(44, 100), before: 0.5, good: 1 },
	handoff_rate: { ...share(30, 100), before: 0.3, good: -1 },
	handoff_reasons: list({ did_not_help: 20, anger: 10 }),
	wait: { kind: "time", good: -1, value: 185, p90: 920, n: 28, before: 240, day: (at) => (at % 4 ? 100 + at : null) },
	case_messages: { kind: "number", value: 5, p90: 12, n: 30, before: 6, day: () => 5 },
	concurrency: { kind: "ratio", value: 1.62, n: 162, of: 100, before: 1.5, day: () => 1.5 },
	csat_after_handoff: { kind: "score", good: 1, value: 4.2, n: 12, asked: 30, rate: 0.4, before: 4, day: () => 4 },
	refunds: { ...list({ "bot|late_delivery": 12_500, "a_liisa|request_refund": 2_490 }), kind: "money" },
};

function list(keys) {
	const found = Object.entries(keys).map(([key, n]) => ({ key, n }));
	const value = found.reduce((sum, { n }) => sum + n, 0);
	return { kind: "list", value, before: value, keys: found, others: { keys: 0, n: 0 } };
}

function share(n, of) {
	return { kind: "share", value: n / of, n, of, day: () => n / of };
}

const words = async (locale) => parse(await readFile(new URL(`${locale}.yml`, DATA), "utf8"));
const GROUPS = {
	volume: ["conversations", "intents", "causes", "channels"],
	bot: ["solved_confirmed", "solved_assumed", "confirmed_of_all", "wrong_answers"],
	handoff: ["handoff_rate", "handoff_reasons"],
	waiting: ["wait"],
	work: ["case_messages", "concurrency"],
	content: ["csat_after_handoff"],
	money: ["refunds"],
};

async function overview(query) {
	const since = Date.parse(query.get("since"));
	const days = [];
	for (let at = since; at <= Date.parse(query.get("until")); at += DAY)
		days.push(new Date(at).toISOString().slice(0, 10));
	const figures = Object.entries(GROUPS).flatMap(([group, names]) =>
		names.map((name) => {
			const { day, ...made } = MADE[name] ?? { kind: "count", value: 0, before: 0, day: () => 0 };
			return { name, group, good: 0, ...made, ...(day ? { days: days.map((_, at) => day(at)) } : {}) };
		}),
	);
	const part = (value, conversations) => ({ value, figures: { conversations, handoff_rate: 0.3, wait: 180 } });
	return {
		since: query.get("since"),
		until: query.get("until"),
		days,
		groups: Object.keys(GROUPS),
		figures,
		names: { a_liisa: "Liisa" },
		parts: query.get("by") ? [part("widget", 80), part("telegram", 20)] : null,
	};
}

function behind(query) {
	const one = (number) => ({
		conversation: `c_fake${number}`,
		number,
		began_at: Date.now() - number * DAY,
		ended_at: null,
		facts: { channel: "widget", language: "fi", intent: "late_delivery", team: "delivery", solved_by_bot: null },
	});
	return query.get("after") ? { conversations: [one(3)], next: null } : { conversations: [one(1), one(2)], next: "2" };
}

function outlook() {
	const hours = Array.from({ length: 24 }, (_, hour) => (hour > 7 && hour < 20 ? 6 + (hour % 3) : 0.5));
	const day = (at) => new Date(Date.now() + at * DAY).toISOString().slice(0, 10);
	return {
		surges: [{ figure: "carriers", key: "missing_parcel|Matkahuolto", since: day(-5), n: 21, usual: 5, factor: 4.2 }],
		forecast: {
			days: Array.from({ length: 7 }, (_, at) => ({
				day: day(at),
				holiday: at === 3 ? "Itsenäisyyspäivä" : null,
				conversations: hours,
				cases: hours.map((each) => each / 3),
				agents: hours.map((each) => Math.ceil(each / 4)),
			})),
			handling_seconds: 540,
			at_a_time: 1.6,
			errors: { conversations: { ours: 0.22, plain: 0.31, days: 28 }, cases: { ours: null, plain: null, days: 0 } },
		},
	};
}

export const FIGURES = {
	"": overview,
	"/definitions": (query) => words(query.get("locale") ?? "en"),
	"/conversations": behind,
	"/outlook": outlook,
};
