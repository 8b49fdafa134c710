import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { expect, inject } from "vitest";
import { startDesk } from "../scripts/dev-desk.mjs";

export type Desk = Awaited<ReturnType<typeof startDesk>>;

const PLACES = [
	process.env.ASPA_TEST_BROWSER,
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const ARGUMENTS = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-background-networking",
	"--no-first-run",
	"--disable-component-update",
	"--disable-sync",
];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export function launch(): Promise<Browser> {
	const executablePath = PLACES.find((place) => place && existsSync(place));
	if (!executablePath) throw new Error("No Chromium was found: install it, or set ASPA_TEST_BROWSER to its path.");
	return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A desk whose people and bot answer ten times faster than people do. */
export const makeDesk = (): Promise<Desk> => startDesk({ dist: pathToFileURL(`${inject("dist")}/`), pace: 0.1 });

/** The shop's page in a browser of its own, with the chat on it. */
export class Visit {
	/** What pictures of it are called. */
	name = "widget";
	/** What the browser complained about: broken policies, errors. */
	readonly complaints: string[] = [];

	private constructor(readonly page: Page) {
		page.on("console", (message) => message.type() === "error" && this.complaints.push(message.text()));
		page.on("pageerror", (error) => this.complaints.push(String(error)));
	}

	static async begin(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
		const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "fi-FI", ...options });
		const visit = new Visit(await context.newPage());
		await visit.page.goto(url);
		await visit.launcher.waitFor();
		return visit;
	}

	get launcher(): Locator {
		return this.page.locator("aspa-chat button").first();
	}

	get panel(): Locator {
		return this.page.locator("aspa-chat .panel");
	}

	get field(): Locator {
		return this.panel.locator(".composer textarea");
	}

	async open(): Promise<void> {
		await this.launcher.click();
		await this.panel.waitFor();
	}

	async write(text: string): Promise<void> {
		await this.field.fill(text);
		await this.field.press("Enter");
	}

	/** The customer's messages, in order. */
	written(): Promise<string[]> {
		return this.panel
			.locator(".message.customer .bubble")
			.evaluateAll((bubbles) => bubbles.map((bubble) => bubble.lastChild?.textContent ?? ""));
	}

	/** No violation of WCAG 2.2 AA or of good practice, in what is drawn now. */
	async isAccessible(state: string): Promise<void> {
		await look(this.page, `${this.name}-${state}`);
	}

	close(): Promise<void> {
		return this.page.context().close();
	}
}

/** A page at an agent's desk, in Finnish. */
export async function agentsPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
	const desk = { viewport: { width: 1440, height: 900 }, locale: "fi-FI", timezoneId: "Europe/Helsinki" };
	return (await browser.newContext({ ...desk, ...options })).newPage();
}

/** The fake desk's agent, at the sign-in that the page shows. */
export async function signInAsLiisa(page: Page): Promise<void> {
	await page.fill("[name=name]", "liisa");
	await page.fill("[name=password]", "kaamos");
	await page.keyboard.press("Enter");
}

/** Pictures to look at: SHOTS=/tmp/shots npm run browser */
const SHOTS = process.env.SHOTS;

/** No violation of WCAG 2.2 AA or of good practice in what is drawn now, and nothing to scroll sideways. */
export async function look(page: Page, name: string): Promise<void> {
	await findsNoViolation(page, name);
	if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
	const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	expect(beyond, `${name} scrolls sideways`).toBeLessThanOrEqual(0);
}

async function findsNoViolation(page: Page, name: string): Promise<void> {
	// What fades in has no colours of its own yet.
	await page.evaluate(() => {
		const shadows = [...document.querySelectorAll("*")].flatMap((element) => element.shadowRoot ?? []);
		const animations = [document, ...shadows].flatMap((root) => root.getAnimations());
		const ending = animations.filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
		for (const animation of ending) animation.finish();
	});
	await page.evaluate(AXE);
	const violations = await page.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
		const found = await axe.run();
		return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
	});
	expect(violations, name).toEqual([]);
}

interface Violation {
	id: string;
	nodes: { html: string }[];
}
