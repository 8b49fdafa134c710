/** The practice room against the fake desk: by keyboard, and looked over by axe-core at three widths in light and dark. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, it } from "vitest";
import { AgentsStage } from "./agents-stage";
import { look } from "./stage";

let page: Page;
const stage = AgentsStage.set();

async function enter(options: BrowserContextOptions = {}) {
	page = await stage.enter({ role: "supervisor" }, options);
	await page.locator("body").press("6");
	await page.waitForSelector(".practice-script");
}

it("gives an agent a customer of the chosen language by keyboard, marked as practice, in no other list", async () => {
	await enter();
	await page.getByRole("button", { name: /Väärä väri/ }).press("Enter");
	await page.waitForSelector(".thread-meta .chip:text('Harjoitus')");
	await page.keyboard.press("Alt+c");
	await page.waitForSelector("textarea:focus");
	expect(await page.evaluate(() => location.hash)).toBe("#/practice/c_practice");
	for (const view of ["waiting", "mine", "team"]) {
		await page.goto(stage.url(`#/${view}`));
		await page.waitForSelector(".row");
		expect(await page.locator("#row-c_practice").count(), view).toBe(0);
	}
});

it("tells what was in the answers, in words and not by colour alone", async () => {
	await enter();
	const facts = await page.locator(".practice-wants li").allInnerTexts();
	expect(facts.map((fact) => fact.trim())).toEqual([
		"Pahoittelu: heti",
		"Aika: vasta kun asiakas tivasi",
		"Mitä sitten, jos ei onnistu: ei lainkaan",
		"Selvitys kuljetusyhtiöltä: Tehty kaupassa",
	]);
});

it.each([1440, 1024, 390])("is accessible in light and dark, %i wide", async (width) => {
	await enter({ viewport: { width, height: 900 } });
	for (const colorScheme of ["light", "dark"] as const) {
		await page.emulateMedia({ colorScheme });
		await look(page, `practice-${width}-${colorScheme}`);
	}
});
