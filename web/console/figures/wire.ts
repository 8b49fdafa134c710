/** What the desk tells at the figures' doors (docs/figures.md). */

export type Kind = "count" | "share" | "time" | "number" | "score" | "nps" | "list" | "money" | "ratio";

export interface Figure {
	name: string;
	group: string;
	kind: Kind;
	/** Whether more is better (1), worse (-1), or neither. */
	good: number;
	/** Times in seconds, shares from 0 to 1, money in cents; null where there is nothing to divide by. */
	value: number | null;
	before: number | null;
	/** One value a day; missing for lists. */
	days?: (number | null)[];
	p90?: number | null;
	n?: number;
	of?: number;
	asked?: number;
	rate?: number | null;
	spread?: Record<string, number>;
	keys?: { key: string; n: number }[];
	others?: { keys: number; n: number };
}

export interface Part {
	value: string;
	figures: Record<string, number | null>;
}

export interface Overview {
	since: string;
	until: string;
	days: string[];
	groups: string[];
	figures: Figure[];
	/** Agents by id. */
	names: Record<string, string>;
	parts: Part[] | null;
}

export interface Definitions {
	groups: Record<string, string>;
	figures: Record<string, { name: string; what: string }>;
}

export interface Behind {
	conversations: {
		conversation: string;
		number: number;
		began_at: number;
		ended_at: number | null;
		facts: {
			channel: string;
			language: string;
			intent: string | null;
			team: string | null;
			solved_by_bot: string | null;
		};
	}[];
	next: string | null;
}

export interface Surge {
	figure: string;
	key: string;
	since: string;
	n: number;
	usual: number;
	factor: number;
}

export interface Outlook {
	surges: Surge[];
	forecast: {
		days: { day: string; holiday: string | null; conversations: number[]; cases: number[]; agents: number[] }[];
		handling_seconds: number;
		at_a_time: number;
		errors: Record<"conversations" | "cases", { ours: number | null; plain: number | null; days: number }>;
	};
}

export const DIMENSIONS = ["channel", "language", "intent", "team"] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Which days, and of what. */
export interface Asked {
	since: string;
	until: string;
	of: { dimension: Dimension; value: string } | null;
	by: Dimension | null;
}

/** What is asked for, as the desk reads it. */
export function queryOf({ since, until, of, by }: Asked, more: Record<string, string> = {}): string {
	const found = new URLSearchParams({ since, until, ...more });
	if (of) found.set("of", `${of.dimension}:${of.value}`);
	if (by) found.set("by", by);
	return `?${found}`;
}
