/**
 * The shop's clock. Agents read and promise times by it wherever they sit, since "tomorrow 12:00" is the customer's noon.
 * A wall time is a Date whose UTC fields are what the shop's clock shows: it is calculated with by the UTC methods alone.
 */
const PARTS = ["year", "month", "day", "hour", "minute", "second"] as const;
type Part = (typeof PARTS)[number];

let shown: Intl.DateTimeFormat;
setZone();

/** The desk's zone ("Europe/Helsinki") from now on; the browser's where none is given, or where the browser does not know it. */
export function setZone(timeZone?: string): void {
	const options = { hourCycle: "h23", ...Object.fromEntries(PARTS.map((part) => [part, "numeric"])) } as const;
	try {
		shown = new Intl.DateTimeFormat("en-GB", { ...options, timeZone });
	} catch {
		shown = new Intl.DateTimeFormat("en-GB", options);
	}
}

/** Its name. */
export function zone(): string {
	return shown.resolvedOptions().timeZone;
}

/** " (Europe/Helsinki)" beside a time to come, for an agent whose own clock shows another; else nothing. */
export function zoneBeside(at: number): string {
	const own = at - new Date(at).getTimezoneOffset() * 60_000;
	return wallTime(at).getTime() === own ? "" : ` (${zone()})`;
}

export function wallTime(at: number | Date): Date {
	const parts = Object.fromEntries(shown.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
	const shows = (part: Part) => parts[part] ?? 0;
	const day = Date.UTC(shows("year"), shows("month") - 1, shows("day"));
	const seconds = shows("hour") * 3_600 + shows("minute") * 60 + shows("second");
	return new Date(day + seconds * 1_000 + new Date(at).getUTCMilliseconds());
}

/** The moment at which the shop's clock shows this; what the clock leaves out in spring is an hour later. */
export function fromWallTime(wall: number | Date): number {
	const offset = (at: number) => wallTime(at).getTime() - at;
	const guess = Number(wall) - offset(Number(wall));
	return Number(wall) - offset(guess);
}

/** The date that the shop's calendar shows: "2026-11-24". */
export function dateOf(at: number): string {
	return wallTime(at).toISOString().slice(0, 10);
}
