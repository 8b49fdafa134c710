/** What is suggested to the agent: the bot's first reply, later the canned reply that fits the customer's latest message. */
import { signal } from "@preact/signals";
import type { CannedReply } from "../../shared/protocol";
import type { Thread } from "../desk/thread";
import { dateOf } from "../i18n/zone";
import { fillReply, suggestReply } from "./canned";
import type { Console } from "./ui";

/** The canned replies, once somebody has asked for them here. */
const replies = signal<readonly CannedReply[] | null>(null);

export function loadReplies({ desk }: Pick<Console, "desk">): void {
	if (replies.peek()) return;
	desk.api.cannedReplies().then(
		(found) => {
			replies.value = found;
		},
		() => {},
	);
}

export function suggestionFor({ desk }: Pick<Console, "desk">, conversation: string): string | null {
	const thread = desk.threads.get(conversation);
	const summary = desk.summary(conversation);
	const packet = thread?.packet ?? null;
	if (!thread || !summary || !packet) return null;
	if (!hasAnswered(thread)) return packet.suggested_reply || null;
	const { latest } = packet;
	if (!latest || latest.seq <= lastAnswer(thread)) return null;
	const today = dateOf(Date.now());
	const textOf = (reply: CannedReply) => fillReply(reply, summary, packet, desk.me.peek().display_name, today);
	return suggestReply(replies.value ?? [], latest.intent, textOf);
}

/** An agent has written since the handoff: the first reply has been given. */
export function hasAnswered(thread: Thread): boolean {
	const since = thread.packet?.at ?? 0;
	return (
		thread.pending.some(({ kind }) => kind === "reply") ||
		thread.entries.some(({ kind, author, at }) => kind === "message" && author.role === "agent" && at > since)
	);
}

function lastAnswer(thread: Thread): number {
	const answered = thread.entries.filter(({ kind, author }) => kind === "message" && author.role === "agent");
	return thread.pending.some(({ kind }) => kind === "reply") ? Number.POSITIVE_INFINITY : (answered.at(-1)?.seq ?? 0);
}
