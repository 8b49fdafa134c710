/** Canned replies: found by the agent's words, filled in the customer's language. Pure. */
import type { CannedReply, Locale, Packet, Summary } from "../../shared/protocol";
import { en } from "../i18n/en";
import { et } from "../i18n/et";
import { fi } from "../i18n/fi";
import { date } from "../i18n/format";

/** What nobody knows, for the agent to fill before the reply is sent. */
export const GAP = "[…]";
const SHOWN = 8;
const STRINGS = { fi, et, en };
const HELLO: Record<Locale, (name: string) => string> = {
	fi: (name) => (name ? `Hei ${name}!` : "Hei!"),
	et: (name) => (name ? `Tere, ${name}!` : "Tere!"),
	en: (name) => (name ? `Hello ${name}!` : "Hello!"),
};

/** The query behind "/" at the start of what is written; null when no canned reply is asked for. */
export function queryOf(text: string): string | null {
	return /^\/[^/\n]*$/.test(text) ? text.slice(1) : null;
}

/** Every word of the query begins a word of the title or of what helps to find it, in the agent's or the customer's language. */
export function findReplies(replies: readonly CannedReply[], query: string, locales: readonly Locale[]): CannedReply[] {
	const parts = fold(query).split(/\s+/).filter(Boolean);
	const fits = (reply: CannedReply) => {
		const words = fold(
			[reply.id, ...locales.flatMap((locale) => [reply.titles[locale], reply.words[locale]])].join(" "),
		).split(/[^\p{L}\p{N}]+/u);
		return parts.every((part) => words.some((word) => word.startsWith(part)));
	};
	return replies.filter(fits).slice(0, SHOWN);
}

/** The reply for this matter: the first whose text has no gap, else the first. */
export function suggestReply(
	replies: readonly CannedReply[],
	intent: string,
	textOf: (reply: CannedReply) => string,
): string | null {
	const place = (reply: CannedReply) => reply.intents?.[intent] ?? Number.POSITIVE_INFINITY;
	const texts = replies
		.filter((reply) => Number.isFinite(place(reply)))
		.sort((a, b) => place(a) - place(b))
		.map(textOf);
	return texts.find((text) => !text.includes(GAP)) ?? texts[0] ?? null;
}

/** The text in the customer's language, with what is known; a gap for the rest. `today` is a date, `2026-11-24`. */
export function fillReply(
	reply: CannedReply,
	summary: Summary,
	packet: Packet | null,
	agent: string,
	today: string,
): string {
	const { locale } = summary;
	const name = summary.customer.name ?? packet?.customer?.name ?? "";
	const expected = packet?.order?.expected_on ?? "";
	const fields: Record<string, string> = {
		greeting: HELLO[locale](name.trim().split(/\s+/)[0] ?? ""),
		order: summary.order ?? packet?.order?.number ?? GAP,
		date: expected > today ? date(STRINGS[locale], expected) : GAP,
		agent,
	};
	// A Finnish date ends with a dot of its own: at the end of a sentence one is enough.
	return reply.texts[locale]
		.replace(/\{(\w+)\}/g, (_, field: string) => fields[field] ?? GAP)
		.replace(/(\d\.)\./g, "$1");
}

/** Small letters without dots: "myohassa" finds "myöhässä". */
function fold(text: string): string {
	return text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
}
