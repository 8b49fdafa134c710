/** What both clients read: entries, cards, the state of a conversation. */
import type { Effect, Outcome, ReasonCode } from "./console";

export type Locale = "fi" | "et" | "en";
export type Role = "customer" | "bot" | "agent" | "system";
export type Delivery = "stored" | "sent" | "delivered" | "failed";
export type Owner = "bot" | "queue" | "agent" | "hold" | "closed";

export interface Author {
	role: Role;
	name: string | null;
}

export interface Money {
	/** Decimal number as text, "129.90": money is never a float. */
	amount: string;
	currency: string;
}

export type OrderStatus = "processing" | "shipped" | "late" | "pickup" | "delivered" | "returned" | "cancelled";

export interface TrackingEvent {
	at: number;
	place: string;
	/** For machines, such as "in_transit"; shown in the client's own words. */
	code: string;
}

export interface Tracking {
	carrier: string;
	code: string;
	events: TrackingEvent[];
}

export interface OrderCard {
	type: "order";
	number: string;
	status: OrderStatus;
	items: { name: string; quantity: number }[];
	total: Money;
	ordered_on: string;
	promised_on: string;
	expected_on: string | null;
	tracking: Tracking | null;
}

export type Card = OrderCard;

/** A picture or a PDF that came with a message. */
export interface Attachment {
	id: string;
	name: string;
	media_type: string;
	/** Bytes. */
	size: number;
}

/** One message on the transcript. */
export interface MessageEntry {
	seq: number;
	at: number;
	kind: "message";
	author: Author;
	text: string;
	lang: string;
	buttons?: { title: string }[];
	cards?: Card[];
	attachments?: Attachment[];
	/** Tells that the entry with this id was changed by its writer. */
	changes?: { id: string; what: "edited" | "deleted" };
	/** The customer pressed button `index` of entry `seq`. */
	answers?: { seq: number; index: number };
	/** The sender's own id of it: a client drops its pending copy by it. */
	id?: string;
	delivery?: Delivery;
}

/** Agents' own words; never sent to a customer. */
export interface NoteEntry extends Omit<MessageEntry, "kind"> {
	kind: "note";
}

/** Something happened: a line between messages in the console. */
export interface ChangeEntry {
	seq: number;
	at: number;
	kind: "change";
	event: string;
	author: Author;
	data: ChangeData;
}

/** What a change is about, where it applies. */
export interface ChangeData {
	/** Of the conversation from now on. */
	locale?: string;
	channel?: string;
	reasons?: ReasonCode[];
	outcome?: Outcome;
	until?: number;
	due?: number;
	text?: string;
	note?: string;
	/** Name of the agent or the team. */
	to?: string;
	score?: number;
	scale?: string;
	effect?: Effect;
	/** The bot's answer that an agent has marked. */
	seq?: number;
	/** How good an agent calls the handoff. */
	verdict?: Verdict;
	/** The turn of the bot's answer that waits. */
	turn?: string;
	tags?: string[];
	/** Who must approve it. */
	needs?: "agent" | "supervisor";
	case?: number;
	/** The id of the team, where a case went to one. */
	to_team?: string;
	/** The case was given to the agent. */
	assigned?: boolean;
}

export type Verdict = "good" | "not_needed" | "wrong_team" | "lacking" | "undone";

export type Entry = MessageEntry | NoteEntry | ChangeEntry;

export interface QueueNotice {
	place: number;
	from_minutes: number;
	to_minutes: number;
}

/** What a customer may know of their conversation. */
export interface ConversationState {
	owner: Owner;
	agent: { name: string } | null;
	queue: QueueNotice | null;
	/** `csat` and `ces` are answered from 1 to 5, `nps` from 0 to 10; an older desk names no scale. */
	survey: { case: number; scale?: "csat" | "ces" | "nps" } | null;
	/** What the customer chose instead of waiting. */
	wish?: { kind: "call" | "mail"; from: number | null; to: number | null; due: number | null; zone?: string } | null;
	/** Where the customer sees how the case stands; null while only the bot has had it. */
	page?: string | null;
	locale: Locale;
	seq: number;
}
