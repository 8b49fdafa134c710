/** What the desk tells of the practice room (docs/protocol.md, "Practice"). */
import type { Locale, Summary } from "../../shared/protocol";

export interface Script {
	id: string;
	locale: Locale;
	title: string;
	problem: string;
	level: number;
	done: boolean;
}

export type Given = "at_once" | "when_pressed" | "never";

export interface Review {
	finished: boolean;
	ended: string | null;
	/** Milliseconds. */
	first_reply: number | null;
	lasted: number | null;
	replies: number;
	wants: { turn: number; want: string; given: Given }[];
	deed: { kind: string; done: boolean } | null;
}

export interface Overview {
	scripts: Script[];
	mine: { summary: Summary; review: Review }[];
}
