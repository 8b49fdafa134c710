/** Console and desk. */
import type { Attachment, Author, Card, Delivery, Entry, Locale, Owner, Role, Verdict } from "./words";

export type Presence = "online" | "away";

export interface Agent {
	id: string;
	name: string;
	display_name: string;
	locale: Locale;
	role: "agent" | "supervisor" | "admin";
	presence: Presence;
	/** What this agent is meant to take; nothing named means everything. */
	teams?: readonly string[];
	languages?: readonly string[];
	skills?: readonly string[];
}

export interface Team {
	id: string;
	names: Record<Locale, string>;
}

/** Something that this agent should look at. */
export interface Notice {
	number: number;
	at: number;
	what: "mention" | "assigned" | (string & {});
	conversation: string;
	by_name: string | null;
}

export interface Overload {
	on: boolean;
	waiting: number;
	to_minutes: number;
}

export type WaitsFor = "customer" | "warehouse" | "carrier" | "supplier";

export type ReasonCode =
	| "asked_for_person"
	| "accepted_offer"
	| "anger"
	| "did_not_help"
	| "same_problem"
	| "two_fallbacks"
	| "form_failed"
	| "urgent_danger"
	| "urgent_legal"
	| "urgent_public"
	| "urgent_loss"
	| "urgent_distress"
	| "policy"
	| "bot_unavailable"
	| "shop_unavailable"
	| "agent_took_over"
	| "reopened"
	| "unsupported_language";

export type PromiseKind = "queue" | "answer" | "call" | "mail" | "callback" | "settled" | "privacy";

export interface Summary {
	id: string;
	seq: number;
	/** The customer is simulated: I practise. */
	practice?: boolean;
	owner: Owner;
	channel: string;
	locale: Locale;
	customer: { name: string | null; email: string | null };
	agent: { id: string; name: string } | null;
	preview: { role: Role; text: string };
	last_at: number;
	waiting_since: number | null;
	urgent: boolean;
	reasons: ReasonCode[];
	intent: string | null;
	order: string | null;
	unread: number;
	answer_due: number | null;
	hold_until: number | null;
	/** What the customer was promised and is still open. */
	promises?: { id: string; kind: PromiseKind; due: number }[];
	/** What the customer chose instead of waiting. */
	wish?: { kind: "call" | "mail"; from: number | null; to: number | null; due: number | null } | null;
	case: number;
	deeds?: Deed[];
	tags?: string[];
	/** An answer of the bot's that waits for an agent; its words are in the thread. */
	draft?: { turn: string; at: number } | null;
	/** The place in the queue; urgent cases and those with a promised time near (`promised`) pass. */
	queued_at?: number | null;
	promised?: boolean;
	team?: string | null;
	skill?: string | null;
	/** Nobody at work matches: whoever is there may take it. */
	for_everybody?: boolean;
	/** The colleague to whom it was handed. */
	wanted?: string | null;
	/** The target time has passed. */
	escalated?: boolean;
	/** Given to its agent, who has not taken it up yet. */
	given?: boolean;
	waits_for?: WaitsFor | null;
}

/** What is to be done in the shop and is not done yet. */
export interface Deed {
	deed: string;
	kind: string;
	/** An agent's id, or "bot". */
	by: string;
	order: string;
	amount: string | null;
	/** Who must approve it; null: it is with the shop. */
	needs: "agent" | "supervisor" | null;
}

export type ShopKind =
	| "refund_made"
	| "item_resent"
	| "order_cancelled"
	| "compensation_granted"
	| "address_changed"
	| "return_opened"
	| "inquiry_opened";

export interface Address {
	name: string;
	street: string;
	postal_code: string;
	city: string;
	country: string;
}

/** An order as the shop has it, with what can be done to it. */
export interface ShopOrder {
	card: Card;
	lines: { id: string; name: string; quantity: number; unit_price: string }[];
	kinds: ShopKind[];
	refundable: string;
	address: Address;
	/** What this agent may give without asking, in euros by kind. */
	limits: Partial<Record<ShopKind, string>>;
}

export interface Effect {
	kind: string;
	order: string;
	amount: string | null;
	reference: string | null;
	ok: boolean;
	/** Why the shop refused. */
	error?: string | null;
}

/** What the bot hands over; null before a handoff. */
export interface Packet {
	reasons: { code: ReasonCode; weight: number; evidence: string }[];
	urgent: boolean;
	problem: string | null;
	order: Card | null;
	customer: { name: string | null; email: string | null; phone: string | null };
	facts: { name: string; value: string }[];
	tried: { what: string; ok: boolean; at: number }[];
	effects: Effect[];
	language: Locale;
	mood: { seq: number; frustration: number }[];
	suggested_reply: string | null;
	/** What the customer's latest message seems to be about. */
	latest?: { seq: number; intent: string } | null;
	/** What the customer has sent. */
	attachments?: Attachment[];
	at: number;
	team?: string | null;
	skill?: string | null;
	for_everybody?: { lacking: "colleague" | "language" | "skill" | "team"; at: number } | null;
}

export type View = "waiting" | "mine" | "team" | "bot" | "resolved" | "practice";

export interface Counts {
	waiting: number;
	mine: number;
	team: number;
	bot: number;
}

export interface ConversationList {
	conversations: Summary[];
	next: string | null;
	counts: Counts;
}

export interface ConversationDetail {
	summary: Summary;
	entries: Entry[];
	packet: Packet | null;
	customer: CustomerDetail | null;
}

export interface CustomerDetail {
	name: string | null;
	email: string | null;
	phone: string | null;
	verified: boolean;
	/** Earlier conversations, newest first. */
	earlier: Summary[];
}

/** To whom a case can be transferred. */
export interface Colleagues {
	agents: { id: string; name: string; presence: Presence | "offline" }[];
	teams: Team[];
}

/** A reply to insert, in every language; fields in braces are the console's to fill. */
export interface CannedReply {
	id: string;
	titles: Record<Locale, string>;
	words: Record<Locale, string>;
	texts: Record<Locale, string>;
	/** For what it is suggested, each with its place: 0 comes first. */
	intents?: Record<string, number>;
}

export interface ConsoleHello {
	type: "hello";
	csrf: string;
}

export type Outcome = "solved" | "not_solved" | "no_reply" | "spam";

export type ConsoleCommand =
	| { type: "open"; id: string; conversation: string; after: number }
	| { type: "close" | "claim" | "take_over" | "reopen"; id: string; conversation: string }
	| { type: "return_to_bot"; id: string; conversation: string; seen?: number }
	| {
			type: "reply" | "note";
			id: string;
			conversation: string;
			text: string;
			attachments?: string[];
			promise_due?: number;
	  }
	| { type: "retry"; id: string; conversation: string; seq: number }
	| { type: "transfer"; id: string; conversation: string; agent?: string; team?: string; note: string }
	| { type: "requeue"; id: string; conversation: string; note?: string }
	| { type: "reassign"; id: string; conversation: string; agent?: string; team?: string; note: string }
	| { type: "hold"; id: string; conversation: string; until: number; note?: string; waits_for?: WaitsFor }
	| { type: "resolve"; id: string; conversation: string; outcome: Outcome; cause?: string; seen?: number }
	| {
			type: "shop";
			id: string;
			conversation: string;
			kind: ShopKind;
			number: string;
			proof?: string;
			amount?: string;
			lines?: string[];
			address?: Address;
			reason?: string;
	  }
	| { type: "mark_answer"; id: string; conversation: string; seq: number }
	| { type: "judge_handoff"; id: string; conversation: string; verdict: Verdict }
	| { type: "approve_answer"; id: string; conversation: string; turn: string; text?: string }
	| { type: "tag"; id: string; conversation: string; tags: string[] }
	| { type: "approve" | "decline"; id: string; conversation: string; deed: string; note?: string }
	| { type: "promise"; id: string; conversation: string; text: string; due: number }
	| { type: "keep"; id: string; conversation: string; promise: string }
	| { type: "presence"; id: string; state: Presence };

/** Sent once if the link is open, never kept. */
export type ConsoleSignal = { type: "typing"; conversation: string; on: boolean } | { type: "active" };

export type ConsoleMessage =
	| { type: "welcome"; agent: Agent; counts: Counts }
	| { type: "summary"; summary: Summary }
	| { type: "gone"; conversation: string }
	| { type: "entries"; conversation: string; entries: Entry[]; more?: boolean }
	| { type: "packet"; conversation: string; packet: Packet | null }
	| { type: "typing"; conversation: string; author: Author; on: boolean }
	| { type: "viewers"; conversation: string; agents: string[] }
	| { type: "alert"; what: "waiting" | "message" | "mine" | "mention" | "escalated" | "approval"; conversation: string }
	| { type: "me"; agent: Agent; notices: Notice[] }
	| ({ type: "overload" } & Overload)
	| { type: "delivery"; conversation: string; seq: number; delivery: Delivery };
