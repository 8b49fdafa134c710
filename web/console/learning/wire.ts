/** What the desk tells and takes at the doors of learning (docs/protocol.md, "Learning"). */
import type { Locale } from "../../shared/protocol";

export interface Lesson {
	conversation: string;
	seq: number;
	at: number;
	cause: string;
	/** What the bot took it for, and how sure it was, from 0 to 1. */
	intent: string;
	confidence: number;
	article: string | null;
	/** Without personal data. */
	text: string;
	/** What an agent answered, without personal data. */
	reply: string | null;
}

export interface Group {
	language: Locale;
	messages: Lesson[];
	suggested: { intents: string[]; articles: string[] };
}

export interface Counts {
	waiting: number;
	labelled: number;
}

export interface Lessons extends Counts {
	/** The desk is still reading what was learnt so far: ask again. */
	preparing: boolean;
	groups: Group[];
	intents: string[];
	/** Titles by language and slug. */
	articles: Record<Locale, Record<string, string>>;
}

export type Label = { kind: "intent" | "article"; value: string } | { kind: "discard" };

export type RunState =
	| "waiting"
	| "training"
	| "measuring"
	| "passed"
	| "refused"
	| "failed"
	| "released"
	| "taken_back"
	| "discarded";

export interface Run {
	run: string;
	state: RunState;
	at: number | null;
	/** Why it was refused or failed. */
	message: string;
	labels: number;
}

/** A label that no known message like its own bears out, and what these are instead; an article by its title. */
export interface OddLabel {
	conversation: string;
	seq: number;
	text: string;
	kind: "intent" | "article";
	value: string;
	likelier: string[];
}

export interface Runs {
	runs: Run[];
	ready: {
		added: number;
		files: string[];
		left_out: { text: string; value: string; why: string }[];
		odd: OddLabel[];
		/** So many are odd that nothing is learnt from these labels. */
		doubtful: boolean;
	};
	/** Whether the desk can train by itself; else `make learn` does it. */
	can_start: boolean;
}

export interface Answer {
	intent: string;
	confidence: number;
	article: string | null;
	action: string;
	said: string;
}

export interface Difference {
	conversation: string;
	seq: number;
	text: string;
	before: Answer;
	after: Answer;
	verdict: "better" | "worse" | "changed";
}

export interface Gate {
	name: string;
	n: number;
	before: number;
	after: number;
	change: number;
	low: number;
	high: number;
	lowered: boolean;
	/** A loss that chance can explain, and that whoever releases should know of. */
	told?: boolean;
}

export interface RunDetail extends Run {
	diff: string;
	report: {
		gates: Gate[];
		differences: Difference[];
		turns: number;
		seconds: { training: number; measuring: number };
	} | null;
}
