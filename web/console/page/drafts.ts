/**
 * What is typed and not sent, by conversation and kind. Kept for this tab only (session storage): it survives a reload and a
 * lost session, and is not left behind on a shared computer.
 */
import { signal } from "@preact/signals";

export type Mode = "reply" | "note";

const KEY = "aspa.drafts";

export const drafts = signal<Readonly<Record<string, string>>>(load());

export function draftOf(conversation: string, mode: Mode): string {
	return drafts.value[`${mode}:${conversation}`] ?? "";
}

export function hasDraft(conversation: string): boolean {
	return draftOf(conversation, "reply") !== "" || draftOf(conversation, "note") !== "";
}

export function setDraft(conversation: string, mode: Mode, text: string): void {
	const { [`${mode}:${conversation}`]: _, ...others } = drafts.peek();
	drafts.value = text ? { ...others, [`${mode}:${conversation}`]: text } : others;
	save();
}

/** At log-out: the next agent at this computer sees nothing of it. */
export function clearDrafts(): void {
	drafts.value = {};
	save();
}

function load(): Record<string, string> {
	try {
		const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
		if (typeof kept !== "object" || kept === null) return {};
		return Object.fromEntries(Object.entries(kept).filter(([, text]) => typeof text === "string"));
	} catch {
		return {};
	}
}

function save(): void {
	try {
		sessionStorage.setItem(KEY, JSON.stringify(drafts.peek()));
	} catch {
		// Without storage the drafts live as long as the page.
	}
}
