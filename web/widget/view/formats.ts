import type { Locale, Money } from "../../shared/protocol";

const DAY_MS = 86_400_000;

/** The shop is European: "23 November" and "20:12" in English too. */
const tagOf = (locale: Locale) => (locale === "en" ? "en-GB" : locale);

/** "today", "yesterday", or the date. */
export function dayOf(at: number, locale: Locale, now = Date.now()): string {
	const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY_MS);
	if (days === 0 || days === -1)
		return new Intl.RelativeTimeFormat(tagOf(locale), { numeric: "auto" }).format(days, "day");
	const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" as const };
	return new Date(at).toLocaleDateString(tagOf(locale), { weekday: "long", day: "numeric", month: "long", ...year });
}

const startOfDay = (at: number) => new Date(at).setHours(0, 0, 0, 0);

export const timeOf = (at: number, locale: Locale) =>
	new Date(at).toLocaleTimeString(tagOf(locale), { hour: "2-digit", minute: "2-digit" });

/** An ISO date, which is a day of the shop's calendar and must not shift with the customer's time zone. */
export const dateOf = (on: string, locale: Locale) =>
	new Date(`${on}T00:00:00Z`).toLocaleDateString(tagOf(locale), { day: "numeric", month: "long", timeZone: "UTC" });

export const moneyOf = ({ amount, currency }: Money, locale: Locale) =>
	Number(amount).toLocaleString(tagOf(locale), { style: "currency", currency });
