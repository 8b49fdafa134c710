import type { Locale } from "../../shared/protocol";
import { localeOf } from "../i18n/strings";
import type { Pending } from "./pending";

/**
 * What the browser keeps, and when: nothing before the customer's first message. From then on the conversation's key, what
 * was read, and what waits to be sent (localStorage); a draft and whether the panel is open (sessionStorage, gone with the tab).
 * A browser that forbids storage costs the customer only that: the conversation then lasts as long as the page.
 */
export interface Kept {
	token: string | null;
	/** Newest seq that was read. */
	seen: number;
	pending: Pending[];
	/** The language that the customer chose, against that of the page. */
	locale: Locale | null;
}

/** The loader looks for this name too: a change here is a change there. */
export const KEPT = "aspa-chat";
const DRAFT = "aspa-chat-draft";
const OPEN = "aspa-chat-open";

export function loadKept(): Kept {
	const kept: Kept = { token: null, seen: 0, pending: [], locale: null };
	const stored = parse(read(() => localStorage.getItem(KEPT)));
	if (typeof stored?.token === "string") kept.token = stored.token;
	if (typeof stored?.seen === "number") kept.seen = stored.seen;
	if (Array.isArray(stored?.pending)) kept.pending = stored.pending;
	kept.locale = localeOf(stored?.locale);
	return kept;
}

export function saveKept(kept: Kept): void {
	const worthKeeping = kept.token !== null || kept.pending.length > 0;
	write(() => (worthKeeping ? localStorage.setItem(KEPT, JSON.stringify(kept)) : localStorage.removeItem(KEPT)));
}

export const loadDraft = (): string => read(() => sessionStorage.getItem(DRAFT)) ?? "";
export const saveDraft = (text: string): void => put(DRAFT, text);

export const wasOpen = (): boolean => read(() => sessionStorage.getItem(OPEN)) !== null;
export const saveOpen = (open: boolean): void => put(OPEN, open ? "1" : "");

function put(name: string, value: string): void {
	write(() => (value ? sessionStorage.setItem(name, value) : sessionStorage.removeItem(name)));
}

function read(get: () => string | null): string | null {
	try {
		return get();
	} catch {
		return null;
	}
}

function write(set: () => void): void {
	try {
		set();
	} catch {
		// Forbidden or full: see above.
	}
}

function parse(text: string | null): Partial<Kept> | null {
	try {
		return text ? JSON.parse(text) : null;
	} catch {
		return null;
	}
}
