/** Times, dates, money and lists as people of each language write them. Pure: the present is an argument. */
import type { Money } from "../../shared/protocol";
import type { Strings } from "./en";
import { wallTime, zone } from "./zone";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in its two largest units: "40 s", "3 min", "1 h 5 min", "2 d 3 h". */
export function duration(t: Strings, ms: number): string {
	const length = Math.max(0, ms);
	if (length < MINUTE) return t.time.seconds(Math.floor(length / 1_000));
	if (length < HOUR) return t.time.minutes(Math.floor(length / MINUTE));
	if (length < DAY) return t.time.hours(Math.floor(length / HOUR), Math.floor((length % HOUR) / MINUTE));
	return t.time.days(Math.floor(length / DAY), Math.floor((length % DAY) / HOUR));
}

/** Clock time of a message: "14:05". */
export function clockTime(t: Strings, at: number): string {
	return format(t, { hour: "numeric", minute: "2-digit" }).format(at);
}

/** Day of a day separator: today, yesterday, or "Monday 16 November 2026". */
export function day(t: Strings, at: number, now: number): string {
	const days = dayNumber(now) - dayNumber(at);
	if (days === 0) return t.thread.today;
	if (days === 1) return t.thread.yesterday;
	const sameYear = wallTime(at).getUTCFullYear() === wallTime(now).getUTCFullYear();
	return format(t, { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }).format(
		at,
	);
}

export function sameDay(a: number, b: number): boolean {
	return dayNumber(a) === dayNumber(b);
}

/** A moment some days away: clock time alone today, else with the day. */
export function moment(t: Strings, at: number, now: number): string {
	if (sameDay(at, now)) return clockTime(t, at);
	return format(t, { weekday: "short", day: "numeric", month: "numeric", hour: "numeric", minute: "2-digit" }).format(
		at,
	);
}

/** A date without time ("2026-11-24"): no time zone may move it to the day before. */
export function date(t: Strings, on: string): string {
	const at = new Date(`${on}T12:00:00Z`);
	const shown = { weekday: "short", day: "numeric", month: "numeric", timeZone: "UTC" } as const;
	return Number.isNaN(at.getTime()) ? on : format(t, shown).format(at);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** Money is decimal text: formatted as text, never through a float. */
export function money(t: Strings, { amount, currency }: Money): string {
	const style = { style: "currency", currency } as const;
	return new Intl.NumberFormat(tag(t), style).format(amount as Intl.StringNumericLiteral);
}

export function list(t: Strings, items: readonly string[]): string {
	return new Intl.ListFormat(tag(t), { type: "conjunction" }).format(items);
}

function dayNumber(at: number): number {
	return Math.floor(wallTime(at).getTime() / DAY);
}

/** British English: days before months, 24 hours, as everywhere around the Baltic. */
export function tag(t: Strings): string {
	return t.locale === "en" ? "en-GB" : t.locale;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(t: Strings, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const zoned = { timeZone: zone(), ...options };
	const key = tag(t) + JSON.stringify(zoned);
	let known = formats.get(key);
	if (!known) {
		known = new Intl.DateTimeFormat(tag(t), zoned);
		formats.set(key, known);
	}
	return known;
}
