import { signal } from "@preact/signals";
import type { Link } from "../../shared/link";
import type {
	Agent,
	ConsoleCommand,
	ConsoleMessage,
	ConsoleSignal,
	Notice,
	Overload,
	Presence,
	Summary,
} from "../../shared/protocol";
import type { Api } from "./api";
import { Inbox } from "./inbox";
import type { Action } from "./permits";
import { type Refusal, refusalOf } from "./refusal";
import { command, Threads } from "./threads";

export type ConsoleLink = Pick<
	Link<ConsoleMessage, ConsoleCommand, ConsoleSignal>,
	"start" | "stop" | "send" | "notify" | "state"
>;

export type AlertMessage = Extract<ConsoleMessage, { type: "alert" }>;

export interface DeskOptions {
	api: Api;
	me: Agent;
	makeLink: (onMessage: (message: ConsoleMessage) => void) => ConsoleLink;
	onAlert: (alert: AlertMessage) => void;
}

/** A command about the selected conversation, without what is the same for all. */
export type ActionCommand = Extract<ConsoleCommand, { type: Action }>;

/** An own "is writing" is repeated at most this often; the desk shows it for 6 s. */
const TYPING_EVERY_MS = 3_000;
/** A touch of the page is told to the desk at most this often; after minutes without one the agent counts as away. */
const ACTIVE_EVERY_MS = 20_000;

/** The desk as one agent's console sees it. Screens read its signals and call its methods; it knows nothing of screens. */
export class Desk {
	readonly me;
	readonly inbox: Inbox;
	readonly threads: Threads;
	readonly link: ConsoleLink;
	readonly api: Api;
	/** The action that is on its way for a conversation: its button waits. */
	readonly busy = signal<ReadonlyMap<string, Action>>(new Map());
	/** What colleagues ask me, and what was given to me. */
	readonly notices = signal<readonly Notice[]>([]);
	/** For supervisors: the queue is too long. */
	readonly overload = signal<Overload | null>(null);
	/** The view that is shown; loaded first after a reconnect. */
	view = "waiting" as Parameters<Inbox["show"]>[0];
	private readonly onAlert: DeskOptions["onAlert"];
	private welcomed = false;
	private activeAt = 0;
	private typing: { conversation: string; at: number } | null = null;

	constructor({ api, me, makeLink, onAlert }: DeskOptions) {
		this.api = api;
		this.me = signal(me);
		this.onAlert = onAlert;
		this.link = makeLink((message) => this.received(message));
		this.inbox = new Inbox(api, this.me);
		this.threads = new Threads(api, this.link, ({ summary }) => this.inbox.learn(summary));
	}

	start(): void {
		this.link.start();
		// What waits and what is mine counts in the title and the alerts, whichever list is shown.
		void this.inbox.show("waiting");
		void this.inbox.show("mine");
	}

	/** The person is there: keys, pointer. */
	active(): void {
		const now = Date.now();
		if (now - this.activeAt < ACTIVE_EVERY_MS && this.me.peek().presence === "online") return;
		this.activeAt = now;
		this.link.notify({ type: "active" });
	}

	stop(): void {
		this.inbox.stop();
		this.link.stop();
	}

	summary(id: string | null): Summary | null {
		return (id && this.inbox.summaries.value.get(id)) || null;
	}

	/** Does the action; null when the desk has agreed, its refusal when not. */
	async act(body: Parameters<typeof command>[0] & { type: Action }): Promise<Refusal | null> {
		const { conversation, type } = body;
		if (this.busy.peek().has(conversation)) return null;
		this.busy.value = new Map(this.busy.peek()).set(conversation, type);
		try {
			await this.link.send(command(body));
			return null;
		} catch (error) {
			return refusalOf(error);
		} finally {
			const busy = new Map(this.busy.peek());
			busy.delete(conversation);
			this.busy.value = busy;
		}
	}

	/** Sends a command of a form; null when the desk has agreed, its refusal when not. */
	ask(body: Parameters<typeof command>[0]): Promise<Refusal | null> {
		return this.link.send(command(body)).then(() => null, refusalOf);
	}

	/** Sends a stored but failed message of the conversation again. */
	retryDelivery(conversation: string, seq: number): Promise<Refusal | null> {
		return this.link.send(command({ type: "retry", conversation, seq })).then(() => null, refusalOf);
	}

	/** Shown at once; a refusal puts it back. */
	async setPresence(state: Presence): Promise<Refusal | null> {
		const before = this.me.peek();
		this.me.value = { ...before, presence: state };
		try {
			await this.link.send(command({ type: "presence", state }));
			return null;
		} catch (error) {
			this.me.value = before;
			return refusalOf(error);
		}
	}

	/** The agent types a reply, or has stopped. */
	setTyping(conversation: string, on: boolean): void {
		const now = Date.now();
		const shown = this.typing?.conversation === conversation ? this.typing : null;
		if (on ? shown && now - shown.at < TYPING_EVERY_MS : !shown) return;
		this.typing = on ? { conversation, at: now } : null;
		this.link.notify({ type: "typing", conversation, on });
	}

	private received(message: ConsoleMessage): void {
		switch (message.type) {
			case "welcome":
				return this.welcome(message.agent);
			case "summary":
				return this.inbox.received(message.summary);
			case "gone":
				return this.inbox.gone(message.conversation);
			case "alert":
				return this.onAlert(message);
			case "me":
				this.me.value = message.agent;
				this.notices.value = message.notices;
				return;
			case "overload":
				this.overload.value = message.on ? message : null;
				return;
			case "entries":
			case "packet":
			case "typing":
			case "viewers":
			case "delivery":
				return this.threads.received(message);
		}
	}

	private welcome(agent: Agent): void {
		this.me.value = agent;
		if (this.welcomed) {
			void this.inbox.refresh(this.view);
			this.threads.resume();
		}
		this.welcomed = true;
	}
}
