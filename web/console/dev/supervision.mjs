/** The supervisor's side of the fake desk: an afternoon's figures, agents, hours and deeds. All people are made up. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const TEAMS = [
	{ id: "service", names: { fi: "Asiakaspalvelu", et: "Klienditeenindus", en: "Customer service" } },
	{ id: "t_returns", names: { fi: "Palautukset", et: "Tagastused", en: "Returns" } },
	{ id: "t_estonia", names: { fi: "Viro", et: "Eesti", en: "Estonia" } },
];

const agent = (id, name, role, presence, load, fields = {}) => ({
	id,
	name,
	display_name: name,
	login: name.toLowerCase(),
	locale: "fi",
	role,
	presence,
	load,
	capacity: 4,
	teams: [],
	languages: [],
	skills: [],
	active: true,
	worked_at: Date.now() - 6 * MINUTE,
	...fields,
});

const staff = {
	agents: [
		agent("a_liisa", "Liisa", "supervisor", "online", 3),
		agent("a_kadri", "Kadri", "agent", "online", 2, { languages: ["et", "en"], teams: ["t_estonia"], capacity: 3 }),
		agent("a_tom", "Tom", "agent", "away", 0, { languages: ["en"], teams: ["service", "t_returns"] }),
		agent("a_antti", "Antti", "agent", "offline", 0, {
			languages: ["fi"],
			teams: ["service", "t_returns"],
			skills: ["product_safety", "privacy"],
		}),
		agent("a_sanna", "Sanna", "agent", "offline", 0, { active: false, worked_at: null }),
	],
	teams: TEAMS.map((team) => ({ ...team, active: true })),
	skills: ["complaints", "privacy", "product_safety"],
	roles: ["agent", "supervisor", "admin"],
};

function board(desk) {
	const now = Date.now();
	const all = [...desk.conversations.values()].map(({ summary }) => summary);
	const queue = all.filter(({ owner }) => owner === "queue");
	const since = queue.map(({ waiting_since: at, last_at: last }) => at ?? last);
	const promised = all.filter(({ answer_due: due }) => due);
	return {
		at: now,
		waiting: queue.length,
		longest_since: Math.min(...since),
		urgent: queue.filter(({ urgent }) => urgent).length,
		teams: [
			{ team: "service", waiting: queue.length - 1, longest_since: Math.min(...since) },
			{ team: "t_returns", waiting: 1, longest_since: now - 3 * MINUTE },
		],
		overload: { on: true, waiting: queue.length, to_minutes: 45 },
		escalated: queue.slice(0, 2),
		promises: promised.map((summary) => ({ kind: "callback", due: summary.answer_due, summary })),
		agents: staff.agents.filter(({ active }) => active),
	};
}

function day(offset, spans, fields = {}) {
	const on = new Date(Date.now() + offset * DAY).toISOString().slice(0, 10);
	return { on, spans, holiday: null, exception: false, ...fields };
}

function hours() {
	const usual = Array.from({ length: 12 }, (_, index) => day(index + 2, index % 7 < 5 ? [["09:00", "17:00"]] : []));
	const first = [
		day(0, [
			["09:00", "12:00"],
			["13:00", "17:00"],
		]),
		day(1, [], { holiday: "Itsenäisyyspäivä" }),
	];
	const open = { open: true, opens_at: null, closes_at: Date.now() + 2 * HOUR };
	const closed = { open: false, opens_at: Date.now() + 9 * HOUR, closes_at: null };
	return [
		{ team: null, ...open, days: [...first, ...usual] },
		{ team: "t_estonia", ...closed, days: [day(0, [["10:00", "14:00"]], { exception: true }), first[1], ...usual] },
	];
}

const LIISA = { id: "a_liisa", name: "Liisa" };
const KADRI = { id: "a_kadri", name: "Kadri" };

function audit() {
	const deed = (number, ago, who, what, fields = {}) => ({
		number,
		at: Date.now() - ago * MINUTE,
		agent: who,
		what,
		conversation: null,
		target: null,
		data: {},
		...fields,
	});
	return [
		deed(7, 1, KADRI, "Resolved", { conversation: "c_5d9eemil", data: { outcome: "solved" } }),
		deed(6, 4, KADRI, "AgentWrote", { conversation: "c_5d9eemil" }),
		deed(5, 9, LIISA, "Transferred", { conversation: "c_8f21maij", data: { to_team: "t_returns" } }),
		deed(4, 30, LIISA, "agent_changed", { target: { id: "a_tom", name: "Tom" } }),
		deed(3, 31, LIISA, "team_saved", { target: { id: "t_returns", name: null } }),
		deed(2, 90, KADRI, "Claimed", { conversation: "c_5d9eemil" }),
		deed(1, 1_500, LIISA, "agent_added", { target: { id: "a_sanna", name: "Sanna" } }),
	];
}

const POLICY = `# What the bot may promise and grant by itself. Above a limit a person decides; the bot never promises it.
compensation:
  late_delivery:
    - {days_late: 7, percent: 10, least: "5.00", most: "20.00"}
  granted_by_bot: "20.00"      # the most that the bot grants in one case
`;

/** Answers by path, for supervisors only; `answer(status, body)` sends. */
export const SUPERVISION = {
	"GET /board": (desk, answer) => answer(200, board(desk)),
	"GET /staff": (_desk, answer) => answer(200, staff),
	"GET /hours": (_desk, answer) => answer(200, { hours: hours() }),
	"GET /policy": (_desk, answer) => {
		const rules = {
			assignment: "pull",
			accept_within: 2 * MINUTE,
			answer_within: 15 * MINUTE,
			away_after: 10 * MINUTE,
			everybody_after: 5 * MINUTE,
			target_live: MINUTE,
			target_deferred: 4 * HOUR,
			overload: 30 * MINUTE,
		};
		answer(200, { text: POLICY, rules });
	},
	"GET /audit": (_desk, answer, _body, url) => {
		const who = url.searchParams.get("agent");
		answer(200, { deeds: audit().filter((deed) => !who || deed.agent.id === who), next: null });
	},
	"POST /staff/agent": (_desk, answer, body) => {
		if (body.name === "liisa" && !body.id) {
			return answer(400, { error: { code: "name_taken", message: "There is an agent of this name already." } });
		}
		const known = staff.agents.find(({ id }) => id === body.id);
		const password = !known || body.new_password ? "kW3-uLq8-Rt7" : null;
		if (known) Object.assign(known, body, body.display_name ? { name: body.display_name } : {});
		else
			staff.agents.push(
				agent("a_new", body.display_name, "agent", "offline", 0, { ...body, id: "a_new", name: body.display_name }),
			);
		answer(200, { id: body.id ?? "a_new", password });
	},
	"POST /staff/team": (_desk, answer, body) => {
		const known = staff.teams.find(({ id }) => id === body.id);
		if (known) Object.assign(known, body);
		else staff.teams.push({ id: "t_new", active: true, ...body });
		answer(200, { id: body.id ?? "t_new" });
	},
};
