import type { ChangeEntry, Effect } from "../../../shared/protocol";
import type { Strings } from "../../i18n";
import { type Change, type ChangeEvent, wordFor } from "../../i18n/codes";
import { moment, money } from "../../i18n/format";
import { authorName, teamName } from "../../page/names";

/** What happened, in the agent's words. The desk's data may lack anything: then the line says less. */
export function changeText(t: Strings, entry: ChangeEntry, customer: string, now: number): string {
	const words = asWords(t, entry, customer, now);
	if (Object.hasOwn(t.changes, entry.event)) return t.changes[entry.event as ChangeEvent](words);
	return `${words.who}: ${entry.event}`;
}

/** What was changed in the shop: "Cancelled the order 100235". */
export function effectText(t: Strings, effect: Effect): string {
	const amount = effect.amount && money(t, { amount: effect.amount, currency: "EUR" });
	const what = [wordFor(t.deeds, effect.kind), effect.order, amount, effect.reference].filter(Boolean).join(" · ");
	if (effect.ok) return what;
	const why = effect.error && Object.hasOwn(t.shop.refusals, effect.error) && wordFor(t.shop.refusals, effect.error);
	return `${what} (${why || t.context.notSucceeded})`;
}

/** What is to be done in the shop: "Refund · 100235 · 10,00 €". */
export function wishText(t: Strings, { kind, order, amount }: Pick<Effect, "kind" | "order" | "amount">): string {
	const sum = amount && money(t, { amount, currency: "EUR" });
	return [wordFor(t.shop.kinds, kind), order, sum].filter(Boolean).join(" · ");
}

function asWords(t: Strings, { author, data, event }: ChangeEntry, customer: string, now: number): Change {
	const isDone = event !== "DeedAsked";
	const words: Change = { who: authorName(t, author, customer) };
	for (const key of ["text", "note", "to", "needs"] as const) {
		const value = data[key];
		if (typeof value === "string" && value) words[key] = value;
	}
	if (typeof data.to_team === "string" && data.to_team) words.to = teamName(t, data.to_team);
	if (data.assigned === true) words.given = true;
	for (const key of ["until", "due"] as const) {
		const value = data[key];
		if (typeof value === "number") words[key] = moment(t, value, now);
	}
	if (Array.isArray(data.reasons) && data.reasons.length > 0) {
		words.reasons = data.reasons.map((code) => lower(wordFor(t.reasons, String(code)))).join(", ");
	}
	if (Array.isArray(data.tags)) words.tags = data.tags.join(", ");
	if (typeof data.locale === "string") words.language = wordFor(t.languages, data.locale);
	if (typeof data.channel === "string") words.channel = wordFor(t.channels, data.channel);
	if (typeof data.outcome === "string") words.outcome = wordFor(t.outcomes, data.outcome);
	if (typeof data.score === "number") words.score = String(data.score);
	if (data.scale) words.most = data.scale === "nps" ? "10" : "5";
	if (isEffect(data.effect)) words.effect = isDone ? effectText(t, data.effect) : wishText(t, data.effect);
	return words;
}

function lower(text: string): string {
	return text.charAt(0).toLocaleLowerCase() + text.slice(1);
}

function isEffect(value: unknown): value is Effect {
	return typeof value === "object" && value !== null && "kind" in value;
}
