/** What the agent may do with a conversation, by the owner graph. The desk decides; this only spares needless refusals. Pure. */
import type { Agent, Deed, Owner, Summary } from "../../shared/protocol";

export type Action =
	| "claim"
	| "take_over"
	| "resolve"
	| "hold"
	| "transfer"
	| "promise"
	| "return_to_bot"
	| "requeue"
	| "reassign"
	| "reopen";

const MINE: readonly Action[] = ["resolve", "hold", "transfer", "promise", "return_to_bot", "requeue"];

/** Whether this agent may do what only supervisors may. */
export function supervises({ role }: Agent): boolean {
	return role !== "agent";
}

/** Possible actions, the most likely one first. */
export function permitted(summary: Summary, me: Agent): readonly Action[] {
	const moves = ["queue", "agent", "hold"].includes(summary.owner) && supervises(me);
	return moves ? [...own(summary, me), "reassign"] : own(summary, me);
}

function own(summary: Summary, me: Agent): readonly Action[] {
	switch (summary.owner) {
		case "queue":
		case "hold":
			return ["claim"];
		case "bot":
			return ["take_over"];
		case "agent":
			if (summary.agent?.id !== me.id) return [];
			return summary.given ? ["claim", ...MINE] : MINE;
		case "closed":
			return ["reopen"];
	}
}

/** The first thing in the shop that this agent may approve: the bot's proposals by the owner, all by supervisors. */
export function approvable(summary: Summary, me: Agent): Deed | null {
	const boss = me.role !== "agent";
	const may = (deed: Deed) => deed.needs !== null && (boss || (deed.needs === "agent" && isMine(summary, me)));
	return summary.deeds?.find(may) ?? null;
}

export function isMine(summary: Summary, me: Agent): boolean {
	return summary.owner === "agent" && summary.agent?.id === me.id;
}

/** Why the agent may not reply, or null when they may. */
export function replyBlock(summary: Summary, me: Agent): Owner | null {
	return isMine(summary, me) ? null : summary.owner;
}
