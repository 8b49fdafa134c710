/**
 * The time that a text promises: "huomenna klo 12", "homme kella 12ks", "by tomorrow 12:00", "kahden tunnin kuluessa" as "2 tunnin
 * kuluessa". It is only suggested; the agent decides. By the shop's clock.
 */
import { signal } from "@preact/signals";
import { fromWallTime, wallTime } from "../i18n/zone";
import { draftOf } from "./drafts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The end of a working day, where only the day is named. */
const DAY_ENDS = 17;

/** A letter of any language: JavaScript's \b knows English ones only. */
const BEGINS = "(?<![\\p{L}\\p{N}])";
const ENDS = "(?![\\p{L}])";
const word = (pattern: string) => new RegExp(`${BEGINS}(?:${pattern})`, "iu");

/** Days from today. The longer word first: "ylihuomenna" holds "huomenna". */
const DAYS: [RegExp, number][] = [
	[word("ylihuomen|ülehom|(?:the )?day after tomorrow"), 2],
	[word("huomen|huomis|homme|homse|tomorrow"), 1],
	[word(`tänään|täna(?:ne|se|sel)?${ENDS}|today|tonight|this (?:afternoon|evening)`), 0],
];
/** Weekdays from Sunday, as Date counts them. */
const WEEKDAYS: RegExp[] = [
	word("sunnuntai(?:na|ksi|hin)|pühapäev|sunday"),
	word("maanantai(?:na|ksi|hin)|esmaspäev|monday"),
	word("tiistai(?:na|ksi|hin)|teisipäev|tuesday"),
	word("keskiviikko(?:na|on|ksi)|kolmapäev|wednesday"),
	word("torstai(?:na|ksi|hin)|neljapäev|thursday"),
	word("perjantai(?:na|ksi|hin)|reede|friday"),
	word("lauantai(?:na|ksi|hin)|laupäev|saturday"),
];
const DATE = /(?<![\d.:])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?(?!\d)/u;
const CLOCK = new RegExp(
	`${BEGINS}(?:(?:klo|kello|kell|kella|kl|at|by|before|until|noin)\\s*)(\\d{1,2})(?:[.:](\\d{2}))?\\s*(am|pm)?(?:ks)?(?![\\d%€]|\\s*(?:€|eur|working|business|days|hours|minutes|weeks|päiv|tunn|tööpäev))`,
	"iu",
);
const BARE_CLOCK = /(?<![\d.,])(\d{1,2}):(\d{2})(?!\d)/u;
const PARTS: [RegExp, number][] = [
	[word(`noon${ENDS}|keskipäiv|puoleenpäiv|puoleen päivään|keskpäev|lõunaks`), 12],
	[word("(?:by|this|in the|tomorrow|day) evening|illaksi|iltaan|illalla|õhtul|õhtuks|tonight"), 19],
	[word("(?:by|this|in the|tomorrow|day) afternoon|iltapäivä|pärastlõuna"), 16],
	[word("(?:by|in the|tomorrow|day) morning|aamulla|aamuksi|aamupäivä|hommikul|hommikuks"), 10],
];
const WITHIN = new RegExp(
	`${BEGINS}(?:within|in)\\s+(?:the next\\s+)?(an?|\\d{1,3})\\s+(minute|hour|day)s?${ENDS}|` +
		`${BEGINS}(?:(\\d{1,3})\\s+)?(minuutin|minuti|tunnin|tunni|päivän|päeva)\\s+(?:kuluessa|sisällä|päästä|jooksul|pärast)`,
	"iu",
);
const UNITS: [RegExp, number][] = [
	[/^min/iu, MINUTE],
	[/^(?:hour|tun)/iu, HOUR],
	[/^(?:day|päi|päe)/iu, DAY],
];

/** Milliseconds since 1970 UTC; null where no time to come is named. */
export function promisedTime(text: string, now: number): number | null {
	const due = within(text, now) ?? onDay(text, wallTime(now));
	return due !== null && due > now && due < now + 366 * DAY ? due : null;
}

function within(text: string, now: number): number | null {
	const found = WITHIN.exec(text);
	if (!found) return null;
	const many = Number(found[1] ?? found[3] ?? 1) || 1;
	const unit = UNITS.find(([begins]) => begins.test(found[2] ?? found[4] ?? ""))?.[1] ?? HOUR;
	return now + many * unit;
}

/** `now`, as all below: what the shop's clock shows (i18n/zone.ts). */
function onDay(text: string, now: Date): number | null {
	const day = dayOf(text, now);
	const clock = clockOf(text);
	if (day === null && clock === null) return null;
	const at = new Date(day ?? now).setUTCHours(clock?.hour ?? DAY_ENDS, clock?.minute ?? 0, 0, 0);
	// "at 9", said at ten: tomorrow's.
	return fromWallTime(day === null && at <= now.getTime() ? at + DAY : at);
}

/** A wall time of the day that is named. */
function dayOf(text: string, now: Date): number | null {
	const date = DATE.exec(text);
	if (date) return ofDate(Number(date[1]), Number(date[2]), date[3] ? Number(date[3]) : null, now);
	const days = DAYS.find(([named]) => named.test(text))?.[1];
	if (days !== undefined) return plus(now, days);
	const weekday = WEEKDAYS.findIndex((named) => named.test(text));
	return weekday < 0 ? null : plus(now, (weekday - now.getUTCDay() + 7) % 7 || 7);
}

/** Without a year: this year's, or next year's once it has passed. */
function ofDate(day: number, month: number, year: number | null, now: Date): number | null {
	const at = (of: number) => new Date(Date.UTC(of, month - 1, day, 23, 59));
	const first = at(year ?? now.getUTCFullYear());
	if (first.getUTCMonth() !== month - 1) return null;
	return (year === null && first < now ? at(now.getUTCFullYear() + 1) : first).getTime();
}

function clockOf(text: string): { hour: number; minute: number } | null {
	const found = CLOCK.exec(text) ?? BARE_CLOCK.exec(text);
	if (!found) {
		const part = PARTS.find(([named]) => named.test(text))?.[1];
		return part === undefined ? null : { hour: part, minute: 0 };
	}
	const half = found[3]?.toLowerCase();
	const hour = (Number(found[1]) % (half ? 12 : 24)) + (half === "pm" ? 12 : 0);
	const minute = Number(found[2] ?? 0);
	return Number(found[1]) <= 24 && minute < 60 ? { hour, minute } : null;
}

function plus(now: Date, days: number): number {
	return now.getTime() + days * DAY;
}

/** Conversations whose next reply carries the promise of its own words. */
const promising = signal<ReadonlySet<string>>(new Set());

/** The time that the reply being written promises; null where it names none. */
export function suggested(conversation: string, now = Date.now()): number | null {
	return promisedTime(draftOf(conversation, "reply"), now);
}

export function promises(conversation: string): boolean {
	return promising.value.has(conversation);
}

/** Whether the next reply is to carry it: asked by the agent, never by itself. */
export function setPromise(conversation: string, on: boolean): void {
	const others = [...promising.peek()].filter((each) => each !== conversation);
	promising.value = new Set(on ? [...others, conversation] : others);
}
