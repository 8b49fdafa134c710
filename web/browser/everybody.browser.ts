/** The console for those who zoom, see no colours, take no motion, hear the page, or use keys alone; and the customer's data there. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { AgentsStage } from "./agents-stage";
import { look } from "./stage";

const EMILY = "#/mine/c_5d9eemil";
const WIDE = { viewport: { width: 1440, height: 900 } };
const NARROW = { viewport: { width: 320, height: 640 } };
/** A window of 1280 × 1024, enlarged four times. */
const ZOOMED = { viewport: { width: 320, height: 256 } };
const STILL = { reducedMotion: "reduce" } as const;
const PLAIN = { forcedColors: "active" } as const;
const DARK = { colorScheme: "dark" } as const;

let page: Page;
const stage = AgentsStage.set();

async function signIn(options: BrowserContextOptions, locale: "fi" | "et" | "en" = "en"): Promise<void> {
	page = await stage.enter({ locale }, { locale, ...options });
	await page.waitForSelector(".row");
	await page.goto(stage.url(EMILY));
	await page.waitForSelector(".entry.note");
}

/** The customer's data, unfolded in the details beside the thread. */
async function openData(): Promise<void> {
	await page.goto(stage.url(`${EMILY}/details`));
	const opener = page.locator(".context button[aria-expanded=false]").last();
	await opener.focus();
	await page.keyboard.press("Enter");
	await page.waitForSelector(".customer-data button");
}

const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
const press = async (name: string) => {
	await page.locator(".customer-data").getByRole("button", { name }).focus();
	await page.keyboard.press("Enter");
};

describe("thread, data and dialogs", () => {
	const looks = [
		["fi", "wide, forced colours", { ...WIDE, ...PLAIN }],
		["et", "narrow, dark, no motion", { ...NARROW, ...DARK, ...STILL }],
		["et", "at 400 %", ZOOMED],
		["en", "at 400 %, forced colours, no motion", { ...ZOOMED, ...PLAIN, ...STILL }],
	] as const;

	it.each(looks)("are accessible in %s, %s", async (locale, name, options) => {
		await signIn(options, locale);
		await look(page, `${locale}-${name}-thread`);
		await openData();
		await look(page, `${locale}-${name}-data`);
		for (const keys of ["Control+k", "Alt+e"]) {
			await page.keyboard.press(keys);
			await page.waitForSelector("dialog[open]");
			await look(page, `${locale}-${name}-${keys}`);
			if ("reducedMotion" in options) expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
			await page.keyboard.press("Escape");
			await page.waitForSelector("dialog[open]", { state: "detached" });
		}
	});

	it("leave room at 400 % for the rows and for what was written", async () => {
		await signIn({ ...ZOOMED, ...STILL });
		const height = (selector: string) => page.locator(selector).evaluate((element) => element.clientHeight);
		expect(await height(".thread .log")).toBeGreaterThan(100);
		await page.goto(stage.url("#/mine"));
		await page.locator(".list").evaluate((list) => list.scrollTo(0, list.scrollHeight));
		expect(await page.locator(".list").evaluate((list) => list.scrollTop)).toBeGreaterThan(0);
	});

	it("show without colours which row is open, and where the focus is", async () => {
		await signIn({ ...WIDE, ...PLAIN });
		const outline = (selector: string) =>
			page.locator(selector).evaluate((element) => getComputedStyle(element).outlineStyle);
		expect(await outline(".row[aria-current]")).toBe("solid");
		await page.keyboard.press("Tab");
		expect(await outline(":focus")).not.toBe("none");
	});
});

describe("a customer's data, by keys alone", () => {
	it("are copied, and erased only after a second yes", async () => {
		await signIn(WIDE);
		await openData();
		await press("Make a copy");
		await page.getByText("The copy is on your computer.").waitFor();

		await press("Erase");
		await expect.poll(focused, { timeout: 20_000 }).toBe("Keep");
		await page.keyboard.press("Enter");
		await expect.poll(focused, { timeout: 20_000 }).toMatch(/^Erase/);
		expect(await page.getByText("Erased.").count()).toBe(0);

		await page.keyboard.press("Enter");
		await expect.poll(focused, { timeout: 20_000 }).toBe("Keep");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await page.getByText("Erased.").waitFor();
		await expect.poll(focused, { timeout: 20_000 }).toMatch(/^Erase/);
	});
});

describe("the focus", () => {
	it.each(["Control+k", "Alt+e", "Alt+u"])("goes back when what %s opened is closed", async (keys) => {
		await signIn(WIDE);
		await page.locator(".composer-text").focus();
		await page.keyboard.press(keys);
		await page.waitForSelector("dialog[open] :focus");
		await page.keyboard.press("Escape");
		await page.waitForSelector("dialog[open]", { state: "detached" });
		await page.waitForSelector(".composer-text:focus");
	});
});

/** Counts, for each text, the live regions that it was put into. */
const LISTEN = `
	const LIVE = '[role=log], [role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
	globalThis.heard = [];
	new MutationObserver((changes) => {
		for (const { target, addedNodes, type } of changes) {
			const from = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
			const region = from?.closest(LIVE);
			if (!region || region.closest('[aria-live=off]')) continue;
			const texts = type === 'characterData' ? [target.data] : [...addedNodes].map((node) => node.textContent);
			globalThis.heard.push(...texts);
		}
	}).observe(document.body, { subtree: true, childList: true, characterData: true });
`;

describe("what is new", () => {
	it("is read out once: a message from the log, what became of an action from one place", async () => {
		await signIn(WIDE);
		await page.evaluate(LISTEN);
		const times = (text: string) =>
			page.evaluate(
				(said) => (globalThis as unknown as { heard: string[] }).heard.filter((one) => one.includes(said)).length,
				text,
			);

		stage.desk.customerSays("c_5d9eemil", "The box is dented.");
		await page.waitForSelector('.entry:has-text("The box is dented.")');
		expect(await times("The box is dented.")).toBe(1);

		stage.desk.refuseNext = { type: "resolve", code: "not_owner" };
		await page.keyboard.press("Alt+e");
		await page.waitForSelector("dialog[open]");
		await page.keyboard.press("Enter");
		const toast = await page.waitForSelector(".toast.bad span");
		expect(await times((await toast.textContent()) ?? "?")).toBe(1);
	});
});
