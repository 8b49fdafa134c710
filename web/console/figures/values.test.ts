import { describe, expect, it } from "vitest";
import { en as page } from "../i18n/en";
import { fi as sivu } from "../i18n/fi";
import { en } from "./i18n/en";
import { fi } from "./i18n/fi";
import { change, keyNamer, sentence, shown } from "./values";
import type { Figure } from "./wire";

const DAYS = ["2026-11-16", "2026-11-17"];
const figure = (fields: Partial<Figure>): Figure => ({
	name: "x",
	group: "bot",
	kind: "count",
	good: 0,
	value: 0,
	before: null,
	...fields,
});
const as = (key: string) => key;

describe("a figure in words", () => {
	it.each([
		["count", 1583, "1,583"],
		["share", 0.448, "44.8%"],
		["time", 185, "3 min"],
		["score", 4.204, "4.2"],
		["money", 12_550, "€125.50"],
		["time", null, "–"],
	] as const)("shows %s %s as %s", (kind, value, text) => {
		expect(shown(page, en, kind, value)).toBe(text);
	});

	it("compares shares by points, all else by per cent, and knows good from bad news", () => {
		expect(change(page, en, figure({ kind: "share", value: 0.448, before: 0.459, good: 1 }))).toEqual({
			words: "1.1 points less than before",
			short: "−1.1 pts",
			good: -1,
		});
		expect(change(page, en, figure({ kind: "time", value: 90, before: 120, good: -1 }))).toEqual({
			words: "25% less than before",
			short: "−25%",
			good: 1,
		});
		expect(change(page, en, figure({ value: 3, before: 0 }))).toBeNull();
		expect(change(page, en, figure({ kind: "share", value: null, before: 0.5 }))).toBeNull();
	});

	it("says what a chart shows: the sum, the change, the highest day", () => {
		const said = sentence(page, en, "Conversations", figure({ value: 30, before: 20, days: [10, 20] }), DAYS, as);
		expect(said).toBe("Conversations: 30 in 2 days, 50% more than before, highest on Tue 17/11 (20).");
	});

	it("names the median and the p90 of a wait, and says plainly that there was none", () => {
		const wait = figure({ kind: "time", value: 60, p90: 600, n: 12, days: [60, null] });
		expect(sentence(page, en, "Wait", wait, DAYS, as)).toBe(
			"Wait: half within 1 min, nine of ten within 10 min; 12 in all.",
		);
		expect(sentence(sivu, fi, "Odotus", figure({ kind: "time", value: null }), DAYS, as)).toBe(
			"Odotus: ei yhtään tällä jaksolla.",
		);
	});

	it("calls keys by their words and agents by their names, and shows what it does not know readably", () => {
		const called = (name: string) => keyNamer(page, en, name, { a_1: "Liisa" }, (id) => `team ${id}`, {});
		expect(called("refunds")("a_1|late_delivery")).toBe("Liisa · Late delivery");
		expect(called("refunds")("bot|none")).toBe("Assistant · Not known");
		expect(called("carriers")("missing_parcel|Posti")).toBe("Missing parcel · Posti");
		expect(called("teams")("delivery")).toBe("team delivery");
		expect(called("arrivals")("8")).toBe("8–9");
		expect(called("refusals")("some_new_code")).toBe("some new code");
		expect(called("products")("Reppu 30 l")).toBe("Reppu 30 l");
	});
});
