/** Which conversations stand in which list, and in what order. Pure. */
import type { Agent, Counts, Summary, View } from "../../shared/protocol";

export const VIEWS: readonly View[] = ["waiting", "mine", "team", "bot", "resolved", "practice"];

type Order = (a: Summary, b: Summary) => number;

/** Whether the conversation stands in the view, for the agent with the id `me`. */
export function belongs(view: View, summary: Summary, me: string): boolean {
	if (summary.practice) return view === "practice";
	const withPeople = summary.owner === "agent" || summary.owner === "hold";
	switch (view) {
		case "waiting":
			return summary.owner === "queue";
		case "mine":
			return withPeople && summary.agent?.id === me;
		case "team":
			return withPeople;
		case "bot":
			return summary.owner === "bot";
		case "resolved":
			return summary.owner === "closed";
		case "practice":
			return false;
	}
}

const newestFirst: Order = (a, b) => b.last_at - a.last_at;

const entered = (summary: Summary): number => summary.queued_at ?? summary.waiting_since ?? summary.last_at;

/** The desk's own order: urgent, promised time near, longest in the queue. */
const queueOrder: Order = (a, b) =>
	Number(b.urgent) - Number(a.urgent) || Number(b.promised ?? 0) - Number(a.promised ?? 0) || entered(a) - entered(b);

/** Whether a waiting case is this agent's to take. Others stay in sight, below: anybody may take them when it is needed. */
export function fits(summary: Summary, me: Agent): boolean {
	if (summary.wanted) return summary.wanted === me.id;
	const has = (own: readonly string[] | undefined, asked: string | null | undefined) =>
		!asked || !own?.length || own.includes(asked);
	return (
		summary.for_everybody === true ||
		(has(me.languages, summary.locale) && has(me.teams, summary.team) && has(me.skills, summary.skill))
	);
}

/**
 * My own: customers who wait for my answer first, the one who has waited longest on top; what is on hold last. Not by what is
 * unread: a row must not move because it was looked at.
 */
const unansweredFirst: Order = (a, b) =>
	Number(a.owner === "hold") - Number(b.owner === "hold") ||
	(a.waiting_since ?? Number.MAX_SAFE_INTEGER) - (b.waiting_since ?? Number.MAX_SAFE_INTEGER) ||
	newestFirst(a, b);

const ORDERS: Record<View, Order> = {
	waiting: queueOrder,
	mine: unansweredFirst,
	team: newestFirst,
	bot: newestFirst,
	resolved: newestFirst,
	practice: newestFirst,
};

export type Summaries = ReadonlyMap<string, Summary>;

/** The rows of a view. Equal rows are ordered by id, so that a list never jumps by itself. */
export function rows(view: View, summaries: Summaries, me: Agent): Summary[] {
	const order = ORDERS[view];
	const foreign = (summary: Summary) => Number(view === "waiting" && !fits(summary, me));
	return [...summaries.values()]
		.filter((summary) => belongs(view, summary, me.id))
		.sort((a, b) => foreign(a) - foreign(b) || order(a, b) || a.id.localeCompare(b.id));
}

/** What is typed and chosen above the list. */
export interface Filter {
	query: string;
	language: string | null;
}

/** Rows that match the filter: each word in the name, e-mail, order number or last message. */
export function filtered(list: readonly Summary[], { query, language }: Filter): Summary[] {
	const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
	return list.filter((summary) => {
		if (language && summary.locale !== language) return false;
		const { customer, order, preview, id } = summary;
		const text = [customer.name, customer.email, order, preview.text, id].join(" ").toLocaleLowerCase();
		return words.every((word) => text.includes(word));
	});
}

/** Adds what is newer than what is known: a page that was slow never overwrites a push that was quick. */
export function merge(known: Summaries, arrived: readonly Summary[]): Summaries {
	const merged = new Map(known);
	for (const summary of arrived) {
		const old = merged.get(summary.id);
		if (!old || old.seq <= summary.seq) merged.set(summary.id, summary);
	}
	return merged;
}

/**
 * Replaces what is known of a view by its first page, keeping what was pushed while the page was on its way (`touched`).
 * What the desk no longer lists has gone elsewhere while we were not listening.
 */
export function replaceView(
	known: Summaries,
	view: View,
	page: readonly Summary[],
	touched: ReadonlySet<string>,
	me: string,
): Summaries {
	const listed = new Set(page.map((summary) => summary.id));
	const kept = [...known].filter(([id, summary]) => listed.has(id) || touched.has(id) || !belongs(view, summary, me));
	return merge(new Map(kept), page);
}

/**
 * Counts after one conversation has changed. Without `before` (never loaded here) only its new place is counted: the desk's
 * own figures, asked for soon after, put the rest right.
 */
export function recount(counts: Counts, before: Summary | undefined, after: Summary, me: string): Counts {
	const next = { ...counts };
	for (const view of ["waiting", "mine", "team", "bot"] as const) {
		const was = before ? belongs(view, before, me) : false;
		const is = belongs(view, after, me);
		next[view] = Math.max(0, next[view] + Number(is) - Number(was));
	}
	return next;
}
