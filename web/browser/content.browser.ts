/** What the shop says, edited against the fake desk: three languages side by side, draft, preview, publish, undo. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { resetContent } from "../console/dev/content.mjs";
import { AgentsStage } from "./agents-stage";
import { look } from "./stage";

let page: Page;
let said: ReturnType<typeof resetContent>;
const stage = AgentsStage.set(() => {
	said = resetContent();
});

async function open(options: BrowserContextOptions = {}) {
	page = await stage.enter({ role: "supervisor" }, options);
	await page.goto(stage.url("#/supervision/content"));
	await page.waitForSelector(".piece");
}

describe("a banner", () => {
	it("is begun, written in three languages, looked at, published and taken back by keyboard", async () => {
		await open();
		await page.locator(".new-piece summary").press("Enter");
		await page.getByLabel("Lyhyt nimi").fill("strike");
		await page.keyboard.press("Enter");
		await page.getByLabel("Voimassa asti").fill("2026-11-24T12:00");
		for (const [place, words] of [...Object.entries({ fi: "Lakko viivästyttää.", et: "Streik.", en: "A strike." })]) {
			await page.locator(`#${place}-text`).fill(words);
		}
		await page.getByRole("button", { name: "Esikatsele" }).press("Enter");
		await page.waitForSelector('.content-preview:has-text("Lakko viivästyttää.")');
		await page.getByRole("button", { name: "Julkaise" }).press("Enter");
		await page.waitForSelector('.piece:has-text("strike")');
		expect(said["banner/strike"]?.stands?.et).toEqual({ text: "Streik." });
		await page.getByRole("button", { name: "Takaisin edelliseen versioon" }).press("Enter");
		await page.waitForFunction(() => document.querySelectorAll(".content-editor .lines li").length === 2);
		expect(said["banner/strike"]?.stands).toBeNull();
	});

	it("that lacks a language is not published, and the reason is told", async () => {
		await open();
		await page.getByLabel("Laji").selectOption("text");
		await page.locator(".piece").press("Enter");
		await page.waitForSelector('.banner:has-text("Luonnos: Liisa")');
		await page.getByRole("button", { name: "Julkaise" }).press("Enter");
		await page.waitForSelector('.toast:has-text("text in en is missing.")');
	});
});

const LOOKS = [
	[1440, 900, "light"],
	[1440, 900, "dark"],
	[390, 844, "light"],
	[320, 640, "light"],
] as const;

describe("the shop's texts", () => {
	it.each(LOOKS)("are accessible at %i × %i in %s", async (width, height, colorScheme) => {
		await open({ viewport: { width, height }, colorScheme });
		await page.locator(".piece").first().click();
		await page.waitForSelector(".content-editor");
		await look(page, `${width}-${colorScheme}-content`);
		await page.getByRole("button", { name: "Esikatsele" }).click();
		await look(page, `${width}-${colorScheme}-content-preview`);
	});
});
