/** What the desk tells and takes at the doors of what the shop says (docs/protocol.md, "Content"). */
import type { Locale } from "../../shared/protocol";

export type KindName = "banner" | "article" | "reply" | "text" | "bot" | "hours";
/** A language, or `all` for what is the same in every one. */
export type Where = Locale | "all";
export type Fields = Partial<Record<Where, Record<string, string>>>;

export interface Kinds {
	kinds: Partial<Record<KindName, { adds: boolean; pieces: { key: string; title: string; draft: boolean }[] }>>;
}

export interface Piece {
	/** As it stands; null for one that is not published. */
	stands: Fields | null;
	draft: { fields: Fields; by: string; at: number } | null;
	editions: { number: number; at: number; by: string }[];
	adds: boolean;
}

/** What is asked for in each kind, in the order of the form; a long one is written over several lines. */
export const FORMS: Record<KindName, { each: readonly string[]; all: readonly string[] }> = {
	banner: { each: ["text"], all: ["until", "intents"] },
	article: { each: ["title", "questions", "text"], all: ["topic"] },
	reply: { each: ["title", "words", "text"], all: [] },
	text: { each: ["text"], all: [] },
	bot: { each: ["text"], all: [] },
	hours: { each: [], all: ["yaml"] },
};
