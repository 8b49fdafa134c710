/** What the console's tests are made of: people, conversations, and a link without a wire. */
import { signal } from "@preact/signals";
import type { LinkState } from "../shared/link";
import { Rejected } from "../shared/link";
import type {
	Agent,
	Colleagues,
	ConsoleCommand,
	ConsoleMessage,
	ConversationDetail,
	ConversationList,
	MessageEntry,
	Packet,
	Role,
	Summary,
	View,
} from "../shared/protocol";
import { Api } from "./desk/api";
import type { ConsoleLink } from "./desk/desk";
import { belongs } from "./desk/lists";

export const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

export const LIISA: Agent = {
	id: "a_liisa",
	name: "liisa",
	display_name: "Liisa",
	locale: "fi",
	role: "agent",
	presence: "online",
};

export function summary(id: string, fields: Partial<Summary> = {}): Summary {
	return {
		id,
		seq: 1,
		owner: "queue",
		channel: "widget",
		locale: "fi",
		customer: { name: null, email: null },
		agent: null,
		preview: { role: "customer", text: "Missä pakettini on?" },
		last_at: NOW,
		waiting_since: null,
		urgent: false,
		reasons: [],
		intent: null,
		order: null,
		unread: 0,
		answer_due: null,
		hold_until: null,
		case: 1,
		...fields,
	};
}

export function mine(id: string, fields: Partial<Summary> = {}): Summary {
	return summary(id, { owner: "agent", agent: { id: LIISA.id, name: LIISA.display_name }, ...fields });
}

export function message(
	seq: number,
	text: string,
	role: Role = "customer",
	fields: Partial<MessageEntry> = {},
): MessageEntry {
	return { seq, at: NOW + seq * 1_000, kind: "message", author: { role, name: null }, text, lang: "fi", ...fields };
}

export function packet(fields: Partial<Packet> = {}): Packet {
	return {
		reasons: [{ code: "anger", weight: 0.4, evidence: "jo kolmas kerta" }],
		urgent: false,
		problem: "late_delivery",
		order: null,
		customer: { name: null, email: null, phone: null },
		facts: [],
		tried: [],
		effects: [],
		language: "fi",
		mood: [],
		suggested_reply: "Hei! Olen Liisa.",
		at: NOW,
		...fields,
	};
}

/** A link whose other end is the test. Acknowledges everything unless told otherwise. */
export class FakeLink implements ConsoleLink {
	readonly state = signal<LinkState>("open");
	readonly sent: ConsoleCommand[] = [];
	readonly notified: object[] = [];
	/** Refuses commands of this type with this code. */
	refuse: { type: string; code: string; agent?: string } | null = null;
	/** Keeps commands unanswered, as without a connection. */
	silent = false;

	constructor(readonly receive: (message: ConsoleMessage) => void) {}

	start(): void {}
	stop(): void {}

	async send(command: ConsoleCommand) {
		this.sent.push(command);
		if (this.silent) return new Promise<never>(() => {});
		if (this.refuse?.type === command.type) {
			throw new Rejected({ ...this.refuse, type: "reject", id: command.id, message: "" });
		}
		return { type: "ack" as const, id: command.id };
	}

	notify(frame: object): void {
		this.notified.push(frame);
	}

	commands(type: ConsoleCommand["type"]): ConsoleCommand[] {
		return this.sent.filter((command) => command.type === type);
	}
}

/** The desk's HTTP side, answering from what the test puts into it. */
export class FakeApi extends Api {
	summaries: Summary[] = [];
	details = new Map<string, ConversationDetail>();
	asked: string[] = [];

	override async conversations(view: View): Promise<ConversationList> {
		this.asked.push(view);
		const count = (of: View) => this.summaries.filter((item) => belongs(of, item, LIISA.id)).length;
		const counts = { waiting: count("waiting"), mine: count("mine"), team: count("team"), bot: count("bot") };
		return { conversations: this.summaries.filter((item) => belongs(view, item, LIISA.id)), next: null, counts };
	}

	override async colleagues(): Promise<Colleagues> {
		return { agents: [], teams: [] };
	}

	override async conversation(id: string): Promise<ConversationDetail> {
		const known = this.summaries.find((item) => item.id === id) ?? summary(id);
		return this.details.get(id) ?? { summary: known, entries: [], packet: null, customer: null };
	}
}

/** Lets all promises that are due settle. */
export async function settle(): Promise<void> {
	for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
