import { signal } from "@preact/signals";
import type { Author, Locale, Summary, Team } from "../../shared/protocol";
import type { Strings } from "../i18n";

/** What a conversation is called: the customer's name, else the e-mail, else a short code that two agents can say to each other. */
export function name(t: Strings, { customer, id }: Pick<Summary, "customer" | "id">): string {
	return customer.name || customer.email || t.anonymous(shortCode(id));
}

/** Two letters for the round mark; none for a stranger. */
export function initials({ customer }: Pick<Summary, "customer">): string | null {
	const words = (customer.name ?? "").split(/\s+/).filter(Boolean);
	const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
	return letters.join("").toLocaleUpperCase() || null;
}

export function authorName(t: Strings, author: Author, customer: string): string {
	if (author.role === "customer") return author.name ?? customer;
	return author.name ?? t.thread.roles[author.role];
}

/** The shop's teams, as soon as they are known. */
export const teams = signal<readonly Team[]>([]);

export function teamName(t: Strings, id: string): string {
	return teams.value.find((team) => team.id === id)?.names[t.locale as Locale] ?? id;
}

function shortCode(id: string): string {
	return id
		.replace(/^c_|[^a-z0-9]/gi, "")
		.slice(-4)
		.toUpperCase();
}
