/** The console's commands as the fake desk does them: just enough of the owner graph to see every state of the screen. */
import { COLLEAGUES } from "./data.mjs";

export class Refused extends Error {
	constructor(code, fields = {}) {
		super(code);
		this.code = code;
		this.fields = fields;
	}
}

function find(desk, id) {
	const item = desk.conversations.get(id);
	if (!item) throw new Refused("not_found");
	return item;
}

/** The conversation, if it is mine. */
function mine(desk, id) {
	const item = find(desk, id);
	if (item.summary.owner !== "agent" || item.summary.agent?.id !== desk.me.id) throw new Refused("not_owner");
	return item;
}

const self = (desk) => ({ role: "agent", name: desk.me.display_name });

function take(from, event) {
	return (desk, { conversation }) => {
		const { summary } = find(desk, conversation);
		if (summary.owner === "agent") throw new Refused("already_claimed", { agent: summary.agent.name });
		if (!from.includes(summary.owner)) throw new Refused("not_possible", { owner: summary.owner });
		const agent = { id: desk.me.id, name: desk.me.display_name };
		const entry = { kind: "change", event, author: self(desk), data: {} };
		desk.add(conversation, entry, { owner: "agent", agent, waiting_since: null, hold_until: null });
	};
}

/** An own case goes elsewhere: `change` says where, `data` what the line tells. */
function leave(event, change, data = () => ({})) {
	return (desk, command) => {
		mine(desk, command.conversation);
		const entry = { kind: "change", event, author: self(desk), data: data(command) };
		desk.add(command.conversation, entry, change(command));
	};
}

function nameOf({ agent, team }) {
	return COLLEAGUES.agents.find(({ id }) => id === agent)?.name ?? team;
}

const toQueue = () => ({ owner: "queue", agent: null, waiting_since: Date.now(), hold_until: null });

export const handlers = {
	open(desk, { conversation, after }, socket) {
		const { entries, packet } = find(desk, conversation);
		socket.open = conversation;
		const missed = entries.filter(({ seq }) => seq > after);
		socket.send(JSON.stringify({ type: "entries", conversation, entries: missed }));
		socket.send(JSON.stringify({ type: "packet", conversation, packet }));
		socket.send(JSON.stringify({ type: "viewers", conversation, agents: [desk.me.display_name, "Kadri"] }));
		desk.conversations.get(conversation).summary.unread = 0;
	},
	close(_desk, _command, socket) {
		socket.open = null;
	},
	claim: take(["queue", "hold"], "Claimed"),
	take_over: take(["bot"], "TakenOver"),
	reply(desk, { conversation, text }, _socket, id) {
		const { summary } = mine(desk, conversation);
		const entry = { kind: "message", author: self(desk), text, lang: summary.locale, id, delivery: "sent" };
		const { seq } = desk.add(conversation, entry, { answer_due: null, unread: 0, waiting_since: null });
		setTimeout(() => desk.send({ type: "delivery", conversation, seq, delivery: "delivered" }), 1_200);
	},
	note(desk, { conversation, text }, _socket, id) {
		find(desk, conversation);
		desk.add(conversation, { kind: "note", author: self(desk), text, lang: desk.me.locale, id });
	},
	retry(desk, { conversation, seq }) {
		const entry = mine(desk, conversation).entries.find((candidate) => candidate.seq === seq);
		entry.delivery = "delivered";
		desk.send({ type: "delivery", conversation, seq, delivery: "delivered" });
	},
	judge_handoff(desk, { conversation, verdict }) {
		const { summary } = desk.conversations.get(conversation);
		const data = { case: summary.case, verdict };
		desk.add(conversation, { kind: "change", event: "HandoffJudged", author: self(desk), data });
	},
	mark_answer(desk, { conversation, seq }) {
		desk.add(conversation, { kind: "change", event: "AnswerMarked", author: self(desk), data: { seq } });
	},
	resolve: leave(
		"Resolved",
		() => ({ owner: "closed", answer_due: null }),
		({ outcome }) => ({ outcome }),
	),
	return_to_bot: leave("ReturnedToBot", () => ({ owner: "bot", agent: null, answer_due: null })),
	transfer: leave("Transferred", toQueue, (command) => ({ to: nameOf(command), note: command.note })),
	reassign(desk, { conversation, agent, team, note }) {
		const to = COLLEAGUES.agents.find(({ id }) => id === agent);
		if (to && to.presence !== "online") throw new Refused("agent_absent");
		const data = { to: to?.name, to_team: team, note };
		const change = to ? { owner: "agent", agent: { id: to.id, name: to.name }, given: true } : { ...toQueue(), team };
		desk.add(conversation, { kind: "change", event: "Transferred", author: self(desk), data }, change);
	},
	requeue(desk, { conversation, note }) {
		const entry = { kind: "change", event: "Requeued", author: self(desk), data: { note } };
		desk.add(conversation, entry, toQueue());
	},
	hold: leave(
		"PutOnHold",
		({ until }) => ({ owner: "hold", hold_until: until }),
		({ until, note }) => ({ until, note }),
	),
	promise: leave(
		"PromiseMade",
		({ due }) => ({ answer_due: due }),
		({ text, due }) => ({ text, due }),
	),
	reopen(desk, { conversation }) {
		desk.add(conversation, { kind: "change", event: "Reopened", author: self(desk), data: {} }, toQueue());
	},
	presence(desk, { state }) {
		desk.me = { ...desk.me, presence: state };
	},
};
