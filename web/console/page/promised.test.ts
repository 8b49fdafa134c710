import { describe, expect, it } from "vitest";
import { promisedTime } from "./promised";

/** A Friday, ten in the morning. */
const NOW = new Date(2026, 10, 20, 10, 0).getTime();
const at = (day: number, hour: number, minute = 0, month = 10) => new Date(2026, month, day, hour, minute).getTime();

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
		["Vastaan 2.1. klo 10", new Date(2027, 0, 2, 10).getTime()],
	])("%s", (text, due) => {
		expect(promisedTime(text, NOW)).toBe(due);
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
