/** Figures in words: values with their units, what has changed, and the sentence that says what a chart shows. Pure. */
import type { Strings as Page } from "../i18n";
import { wordFor } from "../i18n/codes";
import { date, duration, money, tag } from "../i18n/format";
import type { Strings } from "./i18n";
import type { Figure, Kind } from "./wire";

const SECOND = 1_000;

export function number(t: Page, value: number, digits = 0): string {
	return new Intl.NumberFormat(tag(t), { maximumFractionDigits: digits }).format(value);
}

export function percent(t: Page, value: number, digits = 1): string {
	return new Intl.NumberFormat(tag(t), { style: "percent", maximumFractionDigits: digits }).format(value);
}

export function euros(t: Page, cents: number): string {
	return money(t, { amount: (cents / 100).toFixed(2), currency: "EUR" });
}

/** A figure's value, as long as a tile is wide. */
export function shown(t: Page, w: Strings, kind: Kind, value: number | null): string {
	if (value === null) return w.noValue;
	switch (kind) {
		case "share":
			return percent(t, value);
		case "time":
			return duration(t, value * SECOND);
		case "money":
			return euros(t, value);
		case "score":
		case "ratio":
			return number(t, value, 2);
		default:
			return number(t, value);
	}
}

export interface Change {
	words: string;
	/** The same with a sign, for a tile. */
	short: string;
	/** Whether that is good news (1), bad news (-1), or neither. */
	good: number;
}

/** How the figure stands beside the days before; null where nothing can be said. */
export function change(t: Page, w: Strings, { kind, value, before, good }: Figure): Change | null {
	if (value === null || before === null || kind === "list") return null;
	if (value === before) return { words: w.change.same, short: "±0", good: 0 };
	const by =
		kind === "share"
			? w.points(number(t, Math.abs(value - before) * 100, 1))
			: before === 0 && kind !== "nps"
				? null
				: kind === "score" || kind === "ratio" || kind === "nps"
					? number(t, Math.abs(value - before), kind === "nps" ? 0 : 2)
					: percent(t, Math.abs(value / before - 1), 0);
	if (by === null) return null;
	const up = value > before;
	const short = kind === "share" ? w.shortPoints(number(t, Math.abs(value - before) * 100, 1)) : by;
	return {
		words: up ? w.change.more(by) : w.change.less(by),
		short: `${up ? "+" : "−"}${short}`,
		good: up ? good : -good,
	};
}

/** What the figure says, in a sentence. `names`: how keys of lists are called. */
export function sentence(
	t: Page,
	w: Strings,
	name: string,
	figure: Figure,
	days: readonly string[],
	called: (key: string) => string,
): string {
	const parts = [`${name}: ${core(t, w, figure, days.length, called)}`];
	const changed = change(t, w, figure);
	if (changed) parts.push(changed.words);
	const peak = highest(figure);
	if (peak !== null && days.length > 1 && figure.kind === "count" && figure.value) {
		parts.push(w.highest(date(t, days[peak] as string), shown(t, w, figure.kind, figure.days?.[peak] ?? null)));
	}
	return `${parts.join(", ")}.`;
}

function core(t: Page, w: Strings, figure: Figure, days: number, called: (key: string) => string): string {
	const { kind, value, n = 0 } = figure;
	const text = shown(t, w, kind, value);
	if (value === null || (figure.keys && figure.keys.length === 0)) return w.nothingYet.toLowerCase();
	if (kind === "share") return w.shareOf(text, number(t, n), number(t, figure.of ?? 0));
	if (kind === "time") return lower(w.median(text, shown(t, w, kind, figure.p90 ?? null), number(t, n)));
	if (kind === "number") return lower(w.middle(text, shown(t, w, kind, figure.p90 ?? null), number(t, n)));
	if (kind === "score" || kind === "nps")
		return lower((kind === "nps" ? w.netPromoters : w.score)(text, number(t, n), percent(t, figure.rate ?? 0, 0)));
	if (kind === "ratio") return lower(w.atATime(text));
	const first = figure.keys?.[0];
	if (first) return `${text}. ${w.top(called(first.key), percent(t, first.n / value, 0))}`;
	return w.inDays(text, days);
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function highest({ days = [] }: Figure): number | null {
	let best: number | null = null;
	days.forEach((value, at) => {
		if (value !== null && value > (best === null ? 0 : (days[best] ?? 0))) best = at;
	});
	return best;
}

/** How the keys of a list are called: codes become words, agents get their names. */
export function keyNamer(
	t: Page,
	w: Strings,
	figure: string,
	names: Record<string, string>,
	team: (id: string) => string,
	kinds: Record<string, string>,
): (key: string) => string {
	const intent = (code: string) => (code === "none" ? w.unknown : wordFor(t.intents, code));
	const who = (id: string) => (id === "bot" ? w.bot : (names[id] ?? id));
	const readable = (code: string) => code.replaceAll("_", " ");
	switch (figure) {
		case "intents":
		case "intent":
			return intent;
		case "channels":
		case "channel":
			return (key) => wordFor(t.channels, key);
		case "languages":
		case "language":
			return (key) => wordFor(t.languages, key);
		case "teams":
		case "team":
			return (key) => (key === "none" ? w.noTeam : key === "bot" ? w.bot : team(key));
		case "handoff_reasons":
			return (key) => wordFor(t.reasons, key);
		case "windows":
			return (key) => w.windows[key] ?? key;
		case "promises":
			return (key) => wordFor(kinds, key);
		case "actions":
			return (key) => wordFor(t.deeds, key);
		case "refusals":
			return (key) => wordFor(w.refusals, key);
		case "refunds":
		case "compensation":
			return (key) => {
				const [by = "", why = ""] = key.split("|");
				return `${who(by)} · ${intent(why)}`;
			};
		case "carriers":
			return (key) => {
				const [what = "", carrier = ""] = key.split("|");
				return `${intent(what)} · ${carrier}`;
			};
		case "arrivals":
		case "case_arrivals":
			return (key) => w.hour(Number(key));
		case "causes":
			return readable;
		default:
			return (key) => key;
	}
}
