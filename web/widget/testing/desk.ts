import type { ConversationState, MessageEntry, WidgetConfig } from "../../shared/protocol";

/** Messages as the desk would send them, for the units' tests. */

export const config: WidgetConfig = {
	shop: "Kaamos",
	locale: "en",
	greeting: "Hello, I am an automated assistant.",
	privacy_url: "https://shop.example/privacy",
	starters: [{ title: "Where is my order?", text: "Where is my order?" }],
	max_length: 100,
};

export const state: ConversationState = { owner: "bot", agent: null, queue: null, survey: null, locale: "en", seq: 0 };

export function entry(seq: number, more: Partial<MessageEntry> = {}): MessageEntry {
	const author = { role: "bot", name: null } as const;
	return {
		seq,
		at: Date.UTC(2026, 10, 21, 12, seq),
		kind: "message",
		author,
		text: `Text ${seq}`,
		lang: "en",
		...more,
	};
}

export const own = (seq: number, id: string, more: Partial<MessageEntry> = {}) =>
	entry(seq, { author: { role: "customer", name: null }, id, delivery: "stored", ...more });
