import { afterEach, describe, expect, it } from "vitest";
import { presets } from "../components/dialogs/when";
import { en } from "./en";
import { clockTime, sameDay } from "./format";
import { dateOf, fromWallTime, setZone, wallTime, zoneBeside } from "./zone";

afterEach(() => setZone());

describe("the shop's clock", () => {
	it.each(["Europe/Helsinki", "America/St_Johns", "Pacific/Auckland"])(
		"goes there and back, all year, in %s",
		(name) => {
			setZone(name);
			for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 7 * 3_600_000 + 12_345) {
				// The hour that the clock shows twice in autumn may be read as either.
				expect([0, 3_600_000]).toContain(Math.abs(fromWallTime(wallTime(at)) - at));
			}
		},
	);

	it("is what the console shows, and what its days are counted by", () => {
		const justBeforeMidnight = Date.UTC(2026, 10, 24, 21, 59);
		setZone("Europe/Helsinki");
		expect(clockTime(en, justBeforeMidnight)).toBe("23:59");
		expect(dateOf(justBeforeMidnight)).toBe("2026-11-24");
		expect(sameDay(justBeforeMidnight, justBeforeMidnight + 60_000)).toBe(false);
		setZone("Europe/London");
		expect(clockTime(en, justBeforeMidnight)).toBe("21:59");
		expect(sameDay(justBeforeMidnight, justBeforeMidnight + 60_000)).toBe(true);
	});

	it("is what times to come are chosen by", () => {
		setZone("Europe/Helsinki");
		expect(presets(Date.UTC(2026, 10, 20, 23)).tomorrowNoon).toBe(Date.UTC(2026, 10, 22, 10));
	});

	it("is named to those alone whose own clock shows another time", () => {
		const at = Date.UTC(2026, 10, 24);
		setZone();
		expect(zoneBeside(at)).toBe("");
		setZone("Australia/Lord_Howe");
		expect(zoneBeside(at)).toBe(" (Australia/Lord_Howe)");
	});

	it("leaves a browser that does not know the zone with its own", () => {
		const own = new Date(2026, 10, 24, 12);
		setZone("Mars/Olympus_Mons");
		expect(wallTime(own).getUTCHours()).toBe(12);
	});
});
