import { describe, expect, it } from "vitest";
import { wordFor } from "./codes";
import { en } from "./en";
import { et } from "./et";
import { fi } from "./fi";
import { date, day, daysBetween, duration, moment, money } from "./format";
import { bestLocale } from "./index";

/** Every string with its path; functions are called with telling arguments. */
function texts(value: unknown, path = ""): [string, string][] {
	if (typeof value === "string") return [[path, value]];
	if (typeof value === "function") {
		const isChange = path.startsWith(".changes.");
		return [[path, isChange ? value({ who: "Liisa" }) : value("7", "8")]];
	}
	return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

describe("every language", () => {
	it.each([fi, et, en])("says something everywhere", (strings) => {
		for (const [path, text] of texts(strings)) {
			expect(text.trim(), path).not.toBe("");
			expect(text, path).not.toMatch(/\b(undefined|null|NaN)\b/);
		}
	});

	it("is its own: long texts are not left in English", () => {
		const english = new Map(texts(en));
		for (const strings of [fi, et]) {
			const same = texts(strings).filter(([path, text]) => english.get(path) === text && text.split(" ").length > 2);
			expect(same.filter(([path]) => !path.startsWith(".time") && path !== ".list.holdUntil")).toEqual([]);
		}
	});

	it("names unknown codes readably", () => {
		expect(wordFor(en.reasons, "brand_new_reason")).toBe("brand new reason");
		expect(wordFor(en.reasons, "constructor")).toBe("constructor");
	});
});

describe("formats", () => {
	const local = new Date(2026, 10, 23, 14, 5).getTime();

	it("write lengths of time in two units", () => {
		const minute = 60_000;
		expect([40_000, 3 * minute, 65 * minute, 51 * 60 * minute].map((ms) => duration(fi, ms))).toEqual([
			"40 s",
			"3 min",
			"1 t 5 min",
			"2 pv 3 t",
		]);
		expect(duration(en, -5)).toBe("0 s");
	});

	it("write times and dates as each language does", () => {
		expect(moment(en, local, local)).toBe("14:05");
		expect(date(fi, "2026-11-24")).toBe("ti 24.11.");
		expect(date(en, "not a date")).toBe("not a date");
		expect(day(et, local, local)).toBe("Täna");
		expect(day(fi, local - 86_400_000, local)).toBe("Eilen");
		expect(daysBetween("2026-11-17", "2026-11-23")).toBe(6);
	});

	it("write money without losing a cent", () => {
		expect(money(en, { amount: "129.90", currency: "EUR" })).toBe("€129.90");
		expect(money(fi, { amount: "1234567890123.45", currency: "EUR" }).replace(/\s/g, " ")).toBe(
			"1 234 567 890 123,45 €",
		);
	});
});

describe("the first language", () => {
	it("is the reader's first that the console speaks", () => {
		expect(bestLocale(["sv-FI", "et-EE", "fi"])).toBe("et");
		expect(bestLocale(["de"])).toBe("en");
	});
});
