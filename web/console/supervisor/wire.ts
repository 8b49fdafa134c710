/** What the desk tells and takes at the supervisor's doors (docs/protocol.md, "Supervisor"). */
import type { Agent, Locale, Overload, Summary, Team } from "../../shared/protocol";

export interface Seat extends Omit<Agent, "presence"> {
	presence: Agent["presence"] | "offline";
	teams: string[];
	languages: Locale[];
	skills: string[];
	capacity: number;
	load: number;
	worked_at: number | null;
}

export interface Board {
	at: number;
	waiting: number;
	longest_since: number | null;
	urgent: number;
	teams: { team: string | null; waiting: number; longest_since: number }[];
	overload: Overload | null;
	escalated: Summary[];
	promises: { kind: string; due: number; summary: Summary }[];
	agents: Seat[];
}

export interface Member extends Seat {
	active: boolean;
	login: string;
	second_step?: boolean;
}

export interface Staff {
	agents: Member[];
	teams: (Team & { active: boolean })[];
	skills: string[];
	/** Roles that may be given. */
	roles: Agent["role"][];
}

export interface Saved {
	id: string;
	/** Shown once, where one was made. */
	password: string | null;
}

export interface Hours {
	team: string | null;
	open: boolean;
	opens_at: number | null;
	closes_at: number | null;
	days: { on: string; spans: [string, string][]; holiday: string | null; exception: boolean }[];
}

export type RuleName =
	| "assignment"
	| "accept_within"
	| "answer_within"
	| "away_after"
	| "everybody_after"
	| "target_live"
	| "target_deferred"
	| "overload";

export interface Policy {
	text: string;
	/** Lengths of time in milliseconds, but `assignment`: pull or push. */
	rules: Record<RuleName, number | string>;
	/** Teams with target times of their own, in milliseconds. */
	targets?: Record<string, { live: number; deferred: number }>;
}

export interface Deed {
	number: number;
	at: number;
	agent: { id: string; name: string | null };
	what: string;
	conversation: string | null;
	target: { id: string; name: string | null } | null;
	data: Record<string, unknown>;
}

export interface Audit {
	deeds: Deed[];
	/** The older ones begin here. */
	next: number | null;
}
