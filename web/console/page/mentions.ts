/** Whom a note can ask: `@` and the beginning of a colleague's or a team's name, where the text ends. Pure. */
import type { Colleagues, Locale } from "../../shared/protocol";

const SHOWN = 6;
const ASKING = /(^|\s)@([^@\n]{0,40})$/u;

export interface Mentionable {
	id: string;
	name: string;
}

/** What stands behind the `@`; null when nobody is being asked. */
export function mentionQuery(text: string): string | null {
	return ASKING.exec(text)?.[2] ?? null;
}

/** Colleagues and teams, as the reader's language names them; not oneself. */
export function mentionable({ agents, teams }: Colleagues, me: string, locale: Locale): Mentionable[] {
	const others = agents.filter(({ id }) => id !== me).map(({ id, name }) => ({ id, name }));
	return [...others, ...teams.map(({ id, names }) => ({ id, name: names[locale] }))];
}

/** Those of whose name a word begins with the query; nobody once the name stands there whole and something follows. */
export function findMentions(all: readonly Mentionable[], query: string): Mentionable[] {
	const asked = query.toLocaleLowerCase();
	const begins = ({ name }: Mentionable) => ` ${name.toLocaleLowerCase()}`.includes(` ${asked}`);
	return all.filter(begins).slice(0, SHOWN);
}

/** The text with the whole name. */
export function withMention(text: string, { name }: Mentionable): string {
	return text.replace(ASKING, (_, before: string) => `${before}@${name} `);
}
