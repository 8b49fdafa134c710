/** One conversation as the console holds it: what the desk has stored, and what is still on its way there. Pure. */
import type {
	Attachment,
	Author,
	CustomerDetail,
	Delivery,
	Entry,
	MessageEntry,
	NoteEntry,
	Packet,
} from "../../shared/protocol";

/** The agent's own words, shown at once and replaced by the desk's entry with the same id. */
export interface Pending {
	id: string;
	kind: "reply" | "note";
	text: string;
	attachments?: readonly Attachment[];
	/** The time that its words promise, where it is kept as a promise. */
	due?: number | null;
	at: number;
	/** The desk's refusal; null while it is on its way. */
	refused: string | null;
	/** The newest entry when it was sent: its own comes after that. */
	after: number;
	/** The desk has it. */
	stored: boolean;
}

export interface Typing {
	author: Author;
	until: number;
}

export interface Thread {
	status: "loading" | "ready" | "failed" | "gone";
	entries: readonly Entry[];
	pending: readonly Pending[];
	packet: Packet | null;
	customer: CustomerDetail | null;
	typing: readonly Typing[];
	viewers: readonly string[];
}

export const NEW_THREAD: Thread = {
	status: "loading",
	entries: [],
	pending: [],
	packet: null,
	customer: null,
	typing: [],
	viewers: [],
};

/** A typing notice that is not repeated ends after this. */
export const TYPING_MS = 6_000;

/** The cursor: everything after it is still to come. */
export function lastSeq(thread: Thread): number {
	return thread.entries.at(-1)?.seq ?? 0;
}

/**
 * Entries in order of seq, each once; a later copy of an entry replaces the earlier one (its delivery may have changed). What
 * was pending under the same id has arrived. Whoever has written is no longer "writing".
 */
export function addEntries(thread: Thread, arrived: readonly Entry[]): Thread {
	if (arrived.length === 0) return thread;
	const bySeq = new Map(thread.entries.map((entry) => [entry.seq, entry]));
	for (const entry of arrived) bySeq.set(entry.seq, entry);
	const wrote = new Set(arrived.filter((entry) => entry.kind !== "change").map(({ author }) => who(author)));
	return {
		...thread,
		entries: [...bySeq.values()].sort((a, b) => a.seq - b.seq),
		pending: thread.pending.filter((pending) => !arrived.some((entry) => isEntryOf(pending, entry))),
		typing: thread.typing.filter(({ author }) => !wrote.has(who(author))),
	};
}

export function setDelivery(thread: Thread, seq: number, delivery: Delivery): Thread {
	const entries = thread.entries.map((entry) =>
		entry.seq === seq && entry.kind !== "change" ? { ...entry, delivery } : entry,
	);
	return { ...thread, entries };
}

export function addPending(thread: Thread, pending: Pending): Thread {
	return { ...thread, pending: [...thread.pending, pending] };
}

/** The desk has acknowledged it. Its entry may have come before, or is still to come. */
export function storePending(thread: Thread, id: string): Thread {
	const pending = thread.pending.map((item) => (item.id === id ? { ...item, stored: true } : item));
	return addEntries({ ...thread, pending }, thread.entries);
}

export function dropPending(thread: Thread, id: string): Thread {
	return { ...thread, pending: thread.pending.filter((pending) => pending.id !== id) };
}

export function refusePending(thread: Thread, id: string, code: string): Thread {
	return {
		...thread,
		pending: thread.pending.map((pending) => (pending.id === id ? { ...pending, refused: code } : pending)),
	};
}

export function setTyping(thread: Thread, author: Author, on: boolean, now: number): Thread {
	const others = thread.typing.filter((typing) => who(typing.author) !== who(author) && typing.until > now);
	return { ...thread, typing: on ? [...others, { author, until: now + TYPING_MS }] : others };
}

/** Which button of the entry the customer pressed, if any. */
export function pressedButton(entries: readonly Entry[], entry: MessageEntry | NoteEntry): number | null {
	const answer = entries.find((later) => later.kind === "message" && later.answers?.seq === entry.seq);
	return (answer as MessageEntry | undefined)?.answers?.index ?? null;
}

/** By the sender's id, or, where an entry has none, by what was written since. */
function isEntryOf(pending: Pending, entry: Entry): boolean {
	if (entry.kind === "change") return false;
	if (entry.id !== undefined) return entry.id === pending.id;
	const sameKind = (entry.kind === "note") === (pending.kind === "note") && entry.author.role === "agent";
	return pending.stored && sameKind && entry.seq > pending.after && entry.text === pending.text;
}

function who(author: Author): string {
	return `${author.role}:${author.name ?? ""}`;
}
