import { beforeAll, describe, expect, it } from "vitest";
import { setZone } from "../i18n/zone";
import { promisedTime } from "./promised";

/** In the shop's winter: its clock is seven hours ahead of an agent's in New York. */
const at = (day: number, hour: number, minute = 0, month = 10, year = 2026) =>
	Date.UTC(year, month, day, hour - 2, minute);
/** A Friday, ten in the morning. */
const NOW = at(20, 10);

beforeAll(() => {
	process.env.TZ = "America/New_York";
	setZone("Europe/Helsinki");
});

describe("a time that a reply promises", () => {
	it.each([
		["Vastaan sinulle huomenna klo 12.", at(21, 12)],
		["Kerron lisää ylihuomenna kello 9.30 mennessä.", at(22, 9, 30)],
		["Paketti on perillä tiistaina.", at(24, 17)],
		["Palaan asiaan tänään iltapäivällä.", at(20, 16)],
		["Saat vastauksen 24.11. mennessä, viimeistään klo 15", at(24, 15)],
		["Vastaan 2 tunnin kuluessa.", NOW + 2 * 3_600_000],
		["Vastaan tunnin sisällä.", NOW + 3_600_000],
		["Vastan Teile homme kella 12ks.", at(21, 12)],
		["Vastan hiljemalt homseks kell 9.15.", at(21, 9, 15)],
		["Kirjutan Teile esmaspäeval.", at(23, 17)],
		["Annan teada täna õhtuks.", at(20, 19)],
		["Vastus tuleb 30 minuti jooksul.", NOW + 30 * 60_000],
		["I'll write to you by tomorrow 12:00.", at(21, 12)],
		["You will have it by 3 pm on Monday.", at(23, 15)],
		["I'll be back within an hour.", NOW + 3_600_000],
		["I'll let you know tomorrow morning.", at(21, 10)],
		["You'll hear from me the day after tomorrow by noon.", at(22, 12)],
		["Vastaan klo 9.", at(21, 9)],
		["Vastaan 2.1. klo 10", at(2, 10, 0, 0, 2027)],
	])("%s", (text, due) => {
		expect(promisedTime(text, NOW)).toBe(due);
	});

	it("is the shop's, over the night in which the clocks change", () => {
		expect(promisedTime("Vastaan huomenna klo 12.", Date.UTC(2026, 9, 24, 18))).toBe(Date.UTC(2026, 9, 25, 10));
		expect(promisedTime("Vastaan huomenna klo 12.", Date.UTC(2026, 2, 28, 18))).toBe(Date.UTC(2026, 2, 29, 9));
	});

	it.each([
		"",
		"Kiitos viestistäsi!",
		"Tilauksesi 100233 on matkalla.",
		"Hinta on 12.50 euroa.",
		"Palautamme 24,90 € tilillesi.",
		"Tänan, see on korras.",
		"The price was reduced by 10 euros.",
		"It is in 3 pieces.",
		"Soitin sinulle maanantai-iltana vuonna 2025.",
	])("is not found in: %s", (text) => {
		expect(promisedTime(text, NOW)).toBeNull();
	});
});
