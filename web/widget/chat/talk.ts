import { Link, type LinkState, Rejected, socketTransport, socketUrl } from "../../shared/link";
import type { MessageEntry, WidgetCommand, WidgetHello, WidgetMessage, WidgetSignal } from "../../shared/protocol";
import type { OpenTransport } from "../../shared/transport";
import type { Chat, Wire } from "./chat";
import { newestSeq } from "./pending";
import { openSession } from "./session";
import { loadKept } from "./storage";
import { merge, stillPending, withDelivery } from "./transcript";
import { OthersTyping, OwnTyping } from "./typing";

/** Keeps a chat true to the desk's transcript, and brings the customer's deeds there. */
export class Talk implements Wire {
	private readonly link: Link<WidgetMessage, WidgetCommand, WidgetSignal>;
	private readonly others = new OthersTyping((typing) => this.chat.set({ typing }));
	private readonly own = new OwnTyping((on) => this.link.notify({ type: "typing", on }));
	/** Commands that the link has, or that the desk has acknowledged: not to be given again. */
	private readonly given = new Set<string>();

	constructor(private readonly chat: Chat) {
		this.link = new Link({
			state: this.linkState(),
			socket: socketTransport(socketUrl(chat.origin, "/api/widget/socket")),
			fallback: () => this.stream(),
			hello: () => this.hello(),
			onMessage: (message) => this.received(message),
			onRefused: (code) => this.refused(code),
		});
		chat.listen((now, before) => {
			if (now.seen !== before.seen || now.pending !== before.pending) chat.keep();
		});
	}

	begin(): void {
		for (const { command, failure } of this.chat.state.pending) if (!failure) this.give(command);
		this.link.start();
	}

	notify(signal: WidgetSignal): void {
		this.link.notify(signal);
	}

	wrote(): void {
		this.own.wrote();
	}

	private async give(command: WidgetCommand): Promise<void> {
		const { id } = command;
		if (this.given.has(id)) return;
		this.given.add(id);
		if (command.type === "write") this.own.ended();
		try {
			await this.link.send(command);
			// A message stays until its entry comes; the rest has no entry of its own.
			if (command.type !== "write" && command.type !== "press") this.chat.discard(id);
		} catch (error) {
			if (!(error instanceof Rejected)) throw error;
			this.given.delete(id);
			this.failed(command, error.code);
		}
	}

	private failed(command: WidgetCommand, failure: string): void {
		if (command.type === "rate") this.chat.set({ rated: null });
		if (command.type === "write" || command.type === "press") this.chat.change(command.id, { failure });
		else this.chat.discard(command.id);
	}

	/** The link's state as the customer sees it: only "offline" matters. */
	private linkState(): { value: LinkState } {
		const { chat } = this;
		let current: LinkState = "idle";
		return {
			get value() {
				return current;
			},
			set value(next) {
				current = next;
				const offline = next === "offline";
				// While it connects again, what was told stays told.
				if (next !== "connecting" && offline !== chat.state.offline) chat.set({ offline });
			},
		};
	}

	private async stream(): Promise<OpenTransport> {
		const { streamTransport } = await import("../../shared/stream");
		const { origin } = this.chat;
		return streamTransport({ events: `${origin}/api/widget/events`, command: `${origin}/api/widget/command` });
	}

	private async hello(): Promise<WidgetHello> {
		const { chat } = this;
		// Another tab may have begun the conversation meanwhile.
		chat.token ??= loadKept().token;
		if (!chat.token) await openSession(chat);
		const { entries, locale } = chat.state;
		return { type: "hello", token: chat.token ?? "", after: newestSeq(entries), locale, customer: chat.customer() };
	}

	private received(message: WidgetMessage): void {
		const { chat } = this;
		switch (message.type) {
			case "welcome":
				chat.learn(message.state);
				return this.arrived(message.entries, message.more);
			case "entries":
				return this.arrived(message.entries, message.more);
			case "state":
				return chat.learn(message.state);
			case "typing":
				return this.others.heard(message.author, message.on);
			case "delivery":
				return chat.set({ entries: withDelivery(chat.state.entries, message.seq, message.delivery) });
		}
	}

	private arrived(incoming: MessageEntry[], more = false): void {
		const { chat } = this;
		const { entries, pending, greeted } = chat.state;
		if (incoming.some(({ author }) => author.role !== "customer")) this.others.stop();
		chat.set({
			entries: merge(entries, incoming),
			pending: stillPending(pending, incoming),
			greeted: greeted || !more,
		});
	}

	private refused(code: string): void {
		if (code !== "session_unknown") return;
		// Erased, or too old: what waits to be sent begins a new conversation.
		this.chat.token = null;
		this.chat.set({ entries: [], conversation: null, seen: 0 });
		this.chat.keep();
		if (this.chat.state.pending.length > 0) this.link.start();
	}
}
