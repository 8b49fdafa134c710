import { render } from "preact";
import type { Locale } from "../shared/protocol";
import { Shop } from "./Shop";

const LOCALES: Locale[] = ["fi", "et", "en"];

/** ?lang=et, or the browser's language. */
function firstLocale(): Locale {
	const wanted = [new URLSearchParams(location.search).get("lang"), ...navigator.languages];
	const spoken = wanted.map((tag) => LOCALES.find((locale) => locale === tag?.slice(0, 2)));
	return spoken.find((locale) => locale !== undefined) ?? "fi";
}

render(<Shop locales={LOCALES} first={firstLocale()} />, document.getElementById("shop") as HTMLElement);
