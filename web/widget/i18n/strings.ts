import type { Delivery, Locale, Role } from "../../shared/protocol";

/** What the widget says in its own words. A language that lacks one does not compile. */
export interface Strings {
	/** The language's own name. */
	language: string;
	/** The title, until the shop's name is known. */
	customerService: string;
	launcher: string;
	unread: (count: number) => string;
	minimise: string;
	chooseLanguage: string;
	/** The disclosure, if the desk's own greeting cannot be fetched. */
	greeting: string;
	starters: string;
	log: string;
	privacy: string;

	talkToPerson: string;
	personCalled: string;
	personIsHere: (name: string) => string;
	answers: { bot: string; queue: string; agent: (name: string) => string; hold: string };
	roles: Record<Role, string>;
	/** Without a name: how the role itself is called above a message. */
	authors: Record<Role, string>;
	typing: (name: string) => string;

	queuePlace: (place: number) => string;
	offline: string;
	newMessages: (count: number) => string;
	chosen: string;

	placeholder: string;
	message: string;
	send: string;
	tooLong: (over: number) => string;
	left: (count: number) => string;
	delivery: Record<Delivery | "sending" | "waiting", string>;
	failures: Record<"too_long" | "empty" | "rate_limited" | "not_possible" | "no_answer" | "other", string>;
	retry: string;
	edit: string;
}

export const LOCALES: readonly Locale[] = ["fi", "et", "en"];

/** "et-EE" → "et"; what we do not speak → null. */
export function localeOf(tag: string | null | undefined): Locale | null {
	const language = tag?.slice(0, 2).toLowerCase();
	return LOCALES.find((locale) => locale === language) ?? null;
}
