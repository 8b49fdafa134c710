import type { Delivery, MessageEntry } from "../../shared/protocol";
import type { Pending } from "./pending";

export type Line =
	| { kind: "day"; key: string; at: number }
	| { kind: "entry"; key: string; entry: MessageEntry; chosen: number | null }
	| { kind: "pending"; key: string; pending: Pending };

/** The transcript with what came in: by seq, each once, whatever the order and overlap of what was received. */
export function merge(entries: readonly MessageEntry[], incoming: readonly MessageEntry[]): MessageEntry[] {
	// The console's kinds never come here; if one does (a fault of the desk), it must not be shown.
	const messages = incoming.filter((entry) => entry.kind === "message");
	const bySeq = new Map([...entries, ...messages].map((entry) => [entry.seq, entry]));
	return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

export function withDelivery(entries: readonly MessageEntry[], seq: number, delivery: Delivery): MessageEntry[] {
	return entries.map((entry) => (entry.seq === seq ? { ...entry, delivery } : entry));
}

/** What is still pending once these entries are on the transcript. */
export function stillPending(pending: readonly Pending[], entries: readonly MessageEntry[]): Pending[] {
	const stored = new Set(entries.map(({ id }) => id));
	return pending.filter(({ command }) => !stored.has(command.id));
}

/** Everything to draw, in order: day separators, entries with the button that was chosen, and what is pending. */
export function lines(entries: readonly MessageEntry[], pending: readonly Pending[]): Line[] {
	const choices = chosenButtons(entries, pending);
	const drawn: Line[] = [];
	let day = "";
	const separate = (at: number) => {
		const next = new Date(at).toDateString();
		if (next !== day) drawn.push({ kind: "day", key: next, at });
		day = next;
	};
	for (const entry of entries) {
		separate(entry.at);
		// The same key as its pending copy had, so that the bubble stays the same element.
		const key = entry.id ?? String(entry.seq);
		drawn.push({ kind: "entry", key, entry, chosen: choices.get(entry.seq) ?? null });
	}
	for (const item of pending) {
		if (!item.text) continue;
		separate(item.at);
		drawn.push({ kind: "pending", key: item.command.id, pending: item });
	}
	return drawn;
}

/** Entry seq → index of its pressed button, presses under way included. */
function chosenButtons(entries: readonly MessageEntry[], pending: readonly Pending[]): Map<number, number> {
	const chosen = new Map<number, number>();
	for (const { answers } of entries) if (answers) chosen.set(answers.seq, answers.index);
	for (const { command, failure } of pending) {
		if (command.type === "press" && !failure) chosen.set(command.seq, command.index);
	}
	return chosen;
}
