import { signal } from "@preact/signals";
import { newId } from "../../shared/id";
import type { Attachment, ConsoleCommand, ConsoleMessage, ConversationDetail } from "../../shared/protocol";
import { type Api, ApiError } from "./api";
import type { ConsoleLink } from "./desk";
import { refusalOf } from "./refusal";
import {
	addEntries,
	addPending,
	dropPending,
	lastSeq,
	NEW_THREAD,
	type Pending,
	refusePending,
	setDelivery,
	setTyping,
	storePending,
	type Thread,
} from "./thread";

/** Threads kept after they are left, so that going back and forth is instant. */
const KEPT = 20;

/** What the desk says of one conversation that is open here. */
export type ThreadMessage = Extract<ConsoleMessage, { type: "entries" | "packet" | "typing" | "viewers" | "delivery" }>;

/** The conversations that have been opened here, and what the agent writes into them. */
export class Threads {
	readonly threads = signal<ReadonlyMap<string, Thread>>(new Map());
	readonly selected = signal<string | null>(null);

	constructor(
		private readonly api: Pick<Api, "conversation">,
		private readonly link: Pick<ConsoleLink, "send">,
		private readonly learned: (detail: ConversationDetail) => void,
	) {}

	get(id: string): Thread | null {
		return this.threads.value.get(id) ?? null;
	}

	/** Shows the conversation: subscribes to what is new in it, and leaves the one before. */
	select(id: string | null): void {
		const before = this.selected.peek();
		if (before === id) return;
		this.selected.value = id;
		if (before) this.link.send(command({ type: "close", conversation: before })).catch(ignoreRefusal);
		if (!id) return;
		this.keep(id);
		this.subscribe(id);
		void this.fetch(id);
	}

	/** After a reconnect the desk has forgotten what is open here: everything after the cursor comes, once. */
	resume(): void {
		const id = this.selected.peek();
		if (!id) return;
		this.subscribe(id);
		if (this.threads.peek().get(id)?.status !== "ready") void this.fetch(id);
	}

	/** Asks for the whole conversation; also the Retry of a failed opening. */
	async fetch(id: string): Promise<void> {
		try {
			const detail = await this.api.conversation(id);
			this.change(id, (thread) => ({
				...addEntries(thread, detail.entries),
				status: "ready",
				packet: detail.packet,
				customer: detail.customer,
			}));
			this.learned(detail);
		} catch (error) {
			const gone = error instanceof ApiError && (error.status === 404 || error.status === 403);
			this.change(id, (thread) =>
				thread.status === "ready" ? thread : { ...thread, status: gone ? "gone" : "failed" },
			);
		}
	}

	received(message: ThreadMessage): void {
		this.change(message.conversation, (thread) => {
			switch (message.type) {
				case "entries":
					return addEntries(thread, message.entries);
				case "packet":
					return { ...thread, packet: message.packet };
				case "viewers":
					return { ...thread, viewers: message.agents };
				case "typing":
					return setTyping(thread, message.author, message.on, Date.now());
				case "delivery":
					return setDelivery(thread, message.seq, message.delivery);
			}
		});
	}

	/** Shows the text at once and sends it; the desk's entry takes its place. */
	write(
		id: string,
		kind: Pending["kind"],
		text: string,
		attachments: readonly Attachment[] = [],
		due?: number | null,
	): void {
		const after = lastSeq(this.threads.peek().get(id) ?? NEW_THREAD);
		const state = { at: Date.now(), refused: null, after, stored: false };
		void this.sendPending(id, { id: newId(), kind, text, attachments, due: due ?? null, ...state });
	}

	/** The same text again under a new id: the desk has refused the old one for good. */
	retry(id: string, pending: Pending): void {
		this.discard(id, pending);
		this.write(id, pending.kind, pending.text, pending.attachments, pending.due);
	}

	discard(id: string, pending: Pending): void {
		this.change(id, (thread) => dropPending(thread, pending.id));
	}

	/** Everything that was written here and that the desk does not have. */
	unsent(): (Pending & { conversation: string })[] {
		return [...this.threads.peek()].flatMap(([conversation, { pending }]) =>
			pending.filter(({ stored }) => !stored).map((item) => ({ ...item, conversation })),
		);
	}

	private async sendPending(conversation: string, pending: Pending): Promise<void> {
		this.change(conversation, (thread) => addPending(thread, pending));
		const { id, kind, text } = pending;
		const files = (pending.attachments ?? []).map((file) => file.id);
		try {
			const more = {
				...(files.length ? { attachments: files } : {}),
				...(pending.due ? { promise_due: pending.due } : {}),
			};
			await this.link.send({ type: kind, id, conversation, text, ...more });
			this.change(conversation, (thread) => storePending(thread, id));
		} catch (error) {
			this.change(conversation, (thread) => refusePending(thread, id, refusalOf(error).code));
		}
	}

	private subscribe(id: string): void {
		const after = lastSeq(this.threads.peek().get(id) ?? NEW_THREAD);
		this.link.send(command({ type: "open", conversation: id, after })).catch(ignoreRefusal);
	}

	/** Makes room for the conversation; the longest unused one goes, unless something in it was not sent. */
	private keep(id: string): void {
		const threads = new Map(this.threads.peek());
		const thread = threads.get(id) ?? NEW_THREAD;
		threads.delete(id);
		threads.set(id, { ...thread, typing: [], viewers: [] });
		for (const [old, { pending }] of threads) {
			if (threads.size <= KEPT) break;
			if (pending.length === 0 && old !== id) threads.delete(old);
		}
		this.threads.value = threads;
	}

	private change(id: string, update: (thread: Thread) => Thread): void {
		const thread = this.threads.peek().get(id);
		if (!thread) return;
		this.threads.value = new Map(this.threads.peek()).set(id, update(thread));
	}
}

type WithoutId<T> = T extends { id: string } ? Omit<T, "id"> : never;

/** A command with an id of its own. */
export function command(body: WithoutId<ConsoleCommand>): ConsoleCommand {
	return { id: newId(), ...body } as ConsoleCommand;
}

/** The fetch of the same conversation tells the agent what is wrong with it. */
function ignoreRefusal(): void {}
