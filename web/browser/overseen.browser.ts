/** The supervisor's pages for those who zoom, see no colours, or take no motion. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, it } from "vitest";
import { resetContent } from "../console/dev/content.mjs";
import { resetLearning } from "../console/dev/learning.mjs";
import { AgentsStage } from "./agents-stage";
import { look } from "./stage";

/** Each page, and what tells that it is there. */
const PAGES = {
	"supervision/board": ".figures",
	"supervision/figures": ".chart canvas",
	"supervision/learning": ".lesson-head",
	"supervision/models": ".comparison",
	"supervision/content": ".piece",
	"supervision/staff": ".seat",
	"supervision/hours": ".calendars",
	"supervision/policy": ".supervision-body > :not(.hint)",
	"supervision/audit": ".deeds",
	practice: ".practice-script",
};
const STILL = { reducedMotion: "reduce" } as const;
const PLAIN = { forcedColors: "active" } as const;
const LOOKS: [string, string, BrowserContextOptions][] = [
	["fi", "forced-colours", { viewport: { width: 1440, height: 900 }, ...PLAIN }],
	["en", "forced-colours-320", { viewport: { width: 320, height: 640 }, ...PLAIN, ...STILL }],
	// A window of 1280 × 1024, enlarged four times.
	["et", "400-percent", { viewport: { width: 320, height: 256 }, ...STILL, colorScheme: "dark" }],
];

let page: Page;
const stage = AgentsStage.set(() => {
	resetContent();
	resetLearning();
});

async function signIn(locale: string, options: BrowserContextOptions): Promise<void> {
	page = await stage.enter({ role: "supervisor", locale: locale as "fi" }, { locale, ...options });
	await page.waitForSelector(".row");
}

/** What is drawn as chosen, and what is only called so. */
const chosen = () =>
	page.evaluate(() => {
		const all = document.querySelectorAll(
			'[aria-current="page"], [aria-current="true"], [aria-pressed="true"], [aria-selected="true"]',
		);
		return [...all].map((one) => [one.textContent, getComputedStyle(one).outlineStyle]);
	});

/** The last words of the page can be scrolled to, and nothing of the frame lies over them. */
async function isReachedToItsEnd(path: string): Promise<void> {
	const last = page.locator(path === "practice" ? ".practice-script" : ".supervision-body > *").last();
	const seen = await last.evaluate((element) => {
		element.scrollIntoView({ block: "end" });
		const box = element.getBoundingClientRect();
		return element.contains(document.elementFromPoint(box.left + box.width / 2, box.bottom - 3));
	});
	expect(seen, path).toBe(true);
	expect(await page.evaluate(() => document.documentElement.scrollTop), path).toBe(0);
}

it.each(LOOKS)("are accessible in %s, %s", async (locale, name, options) => {
	await signIn(locale, options);
	for (const [path, there] of Object.entries(PAGES)) {
		await page.goto(stage.url(`#/${path}`));
		await page.waitForSelector(there);
		if (options.reducedMotion) expect(await page.evaluate(() => document.getAnimations().length), path).toBe(0);
		await isReachedToItsEnd(path);
		if (options.forcedColors)
			expect(new Set((await chosen()).map(([, drawn]) => drawn)), path).toEqual(new Set(["solid"]));
		await look(page, `${name}-${path.replace("/", "-")}`);
	}
});
