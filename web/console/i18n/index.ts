/** The console's language: the agent's own, whatever the customers'. */
import { computed, signal } from "@preact/signals";
import type { Locale } from "../../shared/protocol";
import { en, type Strings } from "./en";
import { et } from "./et";
import { fi } from "./fi";

export type { Strings } from "./en";

export const LOCALES: readonly Locale[] = ["fi", "et", "en"];

/** Each language by its own name: whoever reads only that one must find it. */
export const OWN_NAMES: Record<Locale, string> = { fi: "Suomi", et: "Eesti", en: "English" };

const ALL: Record<Locale, Strings> = { fi, et, en };

export const locale = signal<Locale>("en");
export const strings = computed(() => ALL[locale.value]);

/** The first of the reader's languages that the console speaks. */
export function bestLocale(languages: readonly string[]): Locale {
	const spoken = languages.map((language) => language.slice(0, 2).toLowerCase());
	return spoken.find((language): language is Locale => LOCALES.includes(language as Locale)) ?? "en";
}
