import { describe, expect, it } from "vitest";
import en from "../i18n/en";
import { localeOf } from "../i18n/strings";
import { dateOf, dayOf, moneyOf, timeOf } from "./formats";
import { pieces } from "./Text";
import { authorOf } from "./words";

describe("text", () => {
	const links = (text: string) => pieces(text).flatMap((piece) => (typeof piece === "string" ? [] : [piece.href]));

	it("makes http addresses pressable, without the sentence's own mark", () => {
		expect(links("See https://shop.example/returns?a=1, or (http://b.example).")).toEqual([
			"https://shop.example/returns?a=1",
			"http://b.example",
		]);
	});

	it("makes a link of nothing else", () => {
		expect(
			links('javascript:alert(1) data:text/html,x <a href="x">y</a> [t](javascript:x) mailto:a@b.fi //c.example'),
		).toEqual([]);
	});

	it("loses no character", () => {
		const text = "a https://b.example/ä \n\u202e c https://d.example.";
		const joined = pieces(text).map((piece) => (typeof piece === "string" ? piece : piece.href));

		expect(joined.join("")).toBe(text);
	});

	it("takes a long hostile text in no time", () => {
		const from = performance.now();
		pieces("https://".repeat(2_000) + ".".repeat(14_000));

		expect(performance.now() - from).toBeLessThan(500);
	});
});

describe("formats", () => {
	const now = new Date(2026, 10, 21, 9).getTime();

	it("call today and yesterday by name, in the customer's language", () => {
		expect(dayOf(now - 3_600_000, "fi", now)).toBe("tänään");
		expect(dayOf(now - 86_400_000, "et", now)).toBe("eile");
		expect(dayOf(now - 3 * 86_400_000, "en", now)).toBe("Wednesday 18 November");
	});

	it("do not shift a shop's day with the time zone", () => {
		expect(dateOf("2026-11-24", "fi")).toBe("24. marraskuuta");
	});

	it("are those of Europe in English too", () => {
		expect(timeOf(new Date(2026, 10, 21, 20, 5).getTime(), "en")).toBe("20:05");
		expect(moneyOf({ amount: "129.90", currency: "EUR" }, "fi").replace(/\s/g, " ")).toBe("129,90 €");
	});
});

describe("names", () => {
	it("come from the role where there is no name, and a customer is always 'You'", () => {
		expect(authorOf({ role: "bot", name: null }, en)).toBe("Assistant");
		expect(authorOf({ role: "agent", name: "Liisa" }, en)).toBe("Liisa");
		expect(authorOf({ role: "customer", name: "Liisa, customer service" }, en)).toBe("You");
	});

	it("of languages are read from any tag", () => {
		expect(["fi-FI", "ET", "en_GB", "sv", "", null].map(localeOf)).toEqual(["fi", "et", "en", null, null, null]);
	});
});
