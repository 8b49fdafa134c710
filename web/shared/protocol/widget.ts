/** Widget and desk. */
import type { Author, ConversationState, Delivery, Locale, MessageEntry } from "./words";

export interface WidgetConfig {
	shop: string;
	locale: Locale;
	greeting: string;
	privacy_url: string | null;
	starters: { title: string; text: string }[];
	max_length: number;
	/** Channels in which a conversation can go on; may be missing. */
	go_on?: "telegram"[];
}

export interface WidgetLinks {
	links: Partial<Record<"telegram", string>>;
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
	/** The shop's signed token of who the customer is; empty for nobody. */
	customer: string;
}

export type WidgetCommand =
	| { type: "write"; id: string; text: string; attachments?: string[] }
	| { type: "press"; id: string; seq: number; index: number }
	| { type: "human"; id: string }
	| { type: "leave_queue"; id: string }
	| { type: "wish"; id: string; wish: "call" | "mail" }
	| { type: "transcript"; id: string }
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
