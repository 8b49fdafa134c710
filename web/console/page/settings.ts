/** The agent's own settings, kept in this browser under the agent's id. */
import { effect, signal } from "@preact/signals";
import type { Agent, Locale } from "../../shared/protocol";
import { bestLocale, LOCALES, locale } from "../i18n";

export type Theme = "system" | "light" | "dark";
export type SendKey = "enter" | "mod";

export interface Settings {
	locale: Locale | null;
	theme: Theme;
	sendKey: SendKey;
	singleKeys: boolean;
	soundWaiting: boolean;
	soundMessage: boolean;
	desktop: boolean;
}

const DEFAULTS: Settings = {
	locale: null,
	theme: "system",
	sendKey: "enter",
	singleKeys: true,
	soundWaiting: true,
	soundMessage: true,
	desktop: false,
};

/** The log-in page, where nobody is known yet, looks as the last agent left it. */
const LAST = "aspa.console";

export const settings = signal<Settings>(load(LAST));
let key = LAST;

/** From now on these are the settings of this agent. */
export function settingsOf(agent: Agent): void {
	key = `${LAST}.${agent.id}`;
	const own = load(key);
	settings.value = { ...own, locale: own.locale ?? agent.locale };
}

export function change(part: Partial<Settings>): void {
	settings.value = { ...settings.peek(), ...part };
	save(key);
	if (key !== LAST) save(LAST);
}

/** Keeps the page's language and appearance to the settings; returns how to stop. */
export function applySettings(): () => void {
	return effect(() => {
		const { locale: chosen, theme } = settings.value;
		locale.value = chosen ?? bestLocale(navigator.languages);
		document.documentElement.lang = locale.value;
		document.documentElement.dataset.theme = theme;
	});
}

/** Whatever stands in the store may be old, foreign or broken: only what fits is taken. */
function load(from: string): Settings {
	try {
		const kept = JSON.parse(localStorage.getItem(from) ?? "{}") as Partial<Settings>;
		const fits = Object.entries(kept).filter(([name, value]) => isValid(name as keyof Settings, value));
		return { ...DEFAULTS, ...Object.fromEntries(fits) };
	} catch {
		return DEFAULTS;
	}
}

function isValid(name: keyof Settings, value: unknown): boolean {
	switch (name) {
		case "locale":
			return LOCALES.includes(value as Locale);
		case "theme":
			return ["system", "light", "dark"].includes(value as string);
		case "sendKey":
			return value === "enter" || value === "mod";
		default:
			return name in DEFAULTS && typeof value === "boolean";
	}
}

function save(to: string): void {
	try {
		localStorage.setItem(to, JSON.stringify(settings.peek()));
	} catch {
		// A browser that stores nothing still lets one work; the settings last until the page is closed.
	}
}
