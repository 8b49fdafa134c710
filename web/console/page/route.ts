/** What is shown stands in the address: `#/waiting/c_1/details?lang=fi&q=takki`. So Back works, and a place can be kept or passed on. */
import { signal } from "@preact/signals";
import type { Locale, View } from "../../shared/protocol";
import { VIEWS } from "../desk/lists";
import { LOCALES } from "../i18n";

/** The supervisor's pages, which take the place of lists and thread. */
export const PAGES = [
	"board",
	"figures",
	"learning",
	"models",
	"content",
	"staff",
	"hours",
	"policy",
	"audit",
] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
	page: Page | null;
	view: View;
	conversation: string | null;
	/** Whether customer and case are shown over the thread, where they have no column of their own. */
	details: boolean;
	language: Locale | null;
	query: string;
}

const SUPERVISION = "supervision";
const HOME: Route = { page: null, view: "waiting", conversation: null, details: false, language: null, query: "" };

/** The route of an address; what does not fit becomes the home view. */
export function parseRoute(hash: string): Route {
	const [path = "", search = ""] = hash.replace(/^#/, "").split("?", 2);
	const [view, conversation, details] = path.split("/").filter(Boolean).map(decode);
	const query = new URLSearchParams(search);
	const page = view === SUPERVISION ? (isOneOf(PAGES, conversation) ? conversation : "board") : null;
	if (page) return { ...HOME, page };
	return {
		page,
		view: isOneOf(VIEWS, view) ? view : HOME.view,
		conversation: conversation || null,
		details: details === "details",
		language: isOneOf(LOCALES, query.get("lang")) ? (query.get("lang") as Locale) : null,
		query: query.get("q") ?? "",
	};
}

export function formatRoute({ page, view, conversation, details, language, query }: Route): string {
	if (page) return `#/${SUPERVISION}/${page}`;
	const path = [view, conversation && encodeURIComponent(conversation), conversation && details && "details"];
	const search = new URLSearchParams();
	if (language) search.set("lang", language);
	if (query) search.set("q", query);
	const text = search.toString();
	return `#/${path.filter(Boolean).join("/")}${text ? `?${text}` : ""}`;
}

export const route = signal<Route>(HOME);

/** Follows the address from now on; returns how to stop. */
export function followAddress(): () => void {
	const read = () => {
		route.value = parseRoute(location.hash);
	};
	read();
	addEventListener("hashchange", read);
	addEventListener("popstate", read);
	return () => {
		removeEventListener("hashchange", read);
		removeEventListener("popstate", read);
	};
}

/** Goes to a changed route. `replace` leaves no step for Back, as for each letter of a filter. */
export function go(change: Partial<Route>, replace = false): void {
	const next = { ...route.peek(), page: null, ...change };
	const hash = formatRoute(next);
	if (hash !== formatRoute(route.peek()) || location.hash === "") {
		history[replace ? "replaceState" : "pushState"](null, "", hash);
	}
	route.value = next;
}

/** The address of a changed route, for links. */
export function hrefOf(change: Partial<Route>): string {
	return formatRoute({ ...route.value, page: null, details: false, ...change });
}

function isOneOf<T extends string>(known: readonly T[], value: string | null | undefined): value is T {
	return known.includes(value as T);
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
