/**
 * The messages of docs/protocol.md as types. Times are milliseconds since 1970 UTC unless a name ends in `_on` (an ISO date).
 * Nothing here exists at run time: the desk is trusted to keep to the page, and readers ignore what they do not know.
 */

export type Locale = "fi" | "et" | "en";
export type Role = "customer" | "bot" | "agent" | "system";
export type Delivery = "stored" | "sent" | "delivered" | "failed";
export type Owner = "bot" | "queue" | "agent" | "hold" | "closed";

// ---- Words on the wire -------------------------------------------------------------------------------------------------

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
	reasons?: ReasonCode[];
	outcome?: Outcome;
	until?: number;
	due?: number;
	text?: string;
	note?: string;
	/** Name of the agent or the team. */
	to?: string;
	score?: number;
	effect?: Effect;
	case?: number;
}

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
	survey: { case: number } | null;
	locale: Locale;
	seq: number;
}

// ---- Commands and their answers ----------------------------------------------------------------------------------------

/** Kept by the sender until it is answered, and sent again after a reconnect; the same id changes nothing twice. */
export interface Command {
	type: string;
	id: string;
}

export interface Ack {
	type: "ack";
	id: string;
	seq?: number;
}

export type RejectCode =
	| "too_long"
	| "empty"
	| "rate_limited"
	| "not_possible"
	| "bad_request"
	| "unavailable"
	| "already_claimed"
	| "not_owner"
	| "not_found"
	| "forbidden";

export interface Reject {
	type: "reject";
	id: string;
	code: RejectCode | (string & {});
	message: string;
	/** Seconds, with `rate_limited` and `unavailable`. */
	retry_after?: number;
	/** With `already_claimed`. */
	agent?: string;
	/** With `not_possible`. */
	owner?: Owner;
}

export interface Pong {
	type: "pong";
}

/** The desk refuses the session itself; the connection is over. */
export interface Refusal {
	type: "error";
	code: "session_unknown" | (string & {});
	message?: string;
}

export interface ErrorBody {
	error: { code: string; message: string };
}

// ---- Widget and desk ---------------------------------------------------------------------------------------------------

export interface WidgetConfig {
	shop: string;
	locale: Locale;
	greeting: string;
	privacy_url: string | null;
	starters: { title: string; text: string }[];
	max_length: number;
}

export interface WidgetSession {
	token: string;
	locale: Locale;
}

export interface WidgetHello {
	type: "hello";
	token: string;
	after: number;
	locale: Locale;
}

export type WidgetCommand =
	| { type: "write"; id: string; text: string }
	| { type: "press"; id: string; seq: number; index: number }
	| { type: "human"; id: string }
	| { type: "leave_queue"; id: string }
	| { type: "rate"; id: string; case: number; score: number; text: string }
	| { type: "locale"; id: string; locale: Locale };

/** Sent once if the link is open, never kept. */
export type WidgetSignal = { type: "typing"; on: boolean } | { type: "seen"; seq: number };

export type WidgetMessage =
	| { type: "welcome"; state: ConversationState; entries: MessageEntry[]; more?: boolean }
	| { type: "entries"; entries: MessageEntry[]; more?: boolean }
	| { type: "state"; state: ConversationState }
	| { type: "typing"; author: Author; on: boolean }
	| { type: "delivery"; seq: number; delivery: Delivery };

// ---- Console and desk --------------------------------------------------------------------------------------------------

export type Presence = "online" | "away";

export interface Agent {
	id: string;
	name: string;
	display_name: string;
	locale: Locale;
	role: "agent" | "supervisor" | "admin";
	presence: Presence;
}

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

export interface Summary {
	id: string;
	seq: number;
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
	case: number;
}

export interface Effect {
	kind: string;
	order: string;
	amount: string | null;
	reference: string | null;
	ok: boolean;
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
	at: number;
}

export type View = "waiting" | "mine" | "team" | "bot" | "resolved";

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
	agents: { id: string; name: string; presence: Presence }[];
	teams: { id: string; name: string }[];
}

export interface ConsoleHello {
	type: "hello";
	csrf: string;
}

export type Outcome = "solved" | "not_solved" | "no_reply" | "spam";

export type ConsoleCommand =
	| { type: "open"; id: string; conversation: string; after: number }
	| { type: "close" | "claim" | "take_over" | "return_to_bot" | "reopen"; id: string; conversation: string }
	| { type: "reply" | "note"; id: string; conversation: string; text: string }
	| { type: "retry"; id: string; conversation: string; seq: number }
	| { type: "transfer"; id: string; conversation: string; agent?: string; team?: string; note: string }
	| { type: "requeue"; id: string; conversation: string; note?: string }
	| { type: "hold"; id: string; conversation: string; until: number; note?: string }
	| { type: "resolve"; id: string; conversation: string; outcome: Outcome; cause?: string }
	| { type: "promise"; id: string; conversation: string; text: string; due: number }
	| { type: "presence"; id: string; state: Presence };

/** Sent once if the link is open, never kept. */
export type ConsoleSignal = { type: "typing"; conversation: string; on: boolean };

export type ConsoleMessage =
	| { type: "welcome"; agent: Agent; counts: Counts }
	| { type: "summary"; summary: Summary }
	| { type: "entries"; conversation: string; entries: Entry[]; more?: boolean }
	| { type: "packet"; conversation: string; packet: Packet | null }
	| { type: "typing"; conversation: string; author: Author; on: boolean }
	| { type: "viewers"; conversation: string; agents: string[] }
	| { type: "alert"; what: "waiting" | "message" | "mine"; conversation: string }
	| { type: "delivery"; conversation: string; seq: number; delivery: Delivery };
