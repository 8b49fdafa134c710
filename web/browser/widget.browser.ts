import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Desk, launch, makeDesk, Visit } from "./stage";

/** Characters of a message, as the desk of these tests says. */
const LONGEST = 16_000;

let browser: Browser;
let desk: Desk;
let visit: Visit;

beforeAll(async () => {
	browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
	desk = await makeDesk();
});
afterEach(async () => {
	await visit.close();
	await desk.stop();
});

const begin = async (options: BrowserContextOptions = {}, lang = "en") => {
	visit = await Visit.begin(browser, `${desk.origin}/?lang=${lang}`, options);
	return visit;
};
const texts = () => desk.log.flatMap(({ type, text }) => (type === "write" ? [text] : []));

describe("a stranger", () => {
	it("has nothing stored and nothing asked of the desk before the chat is opened", async () => {
		const { page } = await begin();
		await page.waitForLoadState("networkidle");

		expect(desk.requests.filter((request) => request.includes("/api/"))).toEqual([]);
		expect(desk.requests.filter((request) => request.includes("panel"))).toEqual([]);
		expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
		expect(await page.context().cookies()).toEqual([]);
	});

	it("is told at once who answers, with a person in sight, and still leaves no trace", async () => {
		const { page, panel } = await begin();
		await visit.open();

		await panel.getByText("I am the automated assistant").waitFor();
		await panel.getByRole("button", { name: "Talk to a person" }).waitFor();
		expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
	});
});

describe("the story", () => {
	const WORDS = {
		fi: ["Tilasin takin viikko sitten eikä sitä näy missään, tilaus 100233", "Kiitos!"],
		et: ["Tellisin jope nädal tagasi, tellimus 100236", "Aitäh!"],
		en: ["I ordered a jacket a week ago, order 100237", "Thank you!"],
	} as const;
	const LOOKS = {
		"desktop, light": { viewport: { width: 1440, height: 900 } },
		"phone, dark": {
			viewport: { width: 390, height: 844 },
			colorScheme: "dark",
			hasTouch: true,
			isMobile: true,
		},
		"320 px, no motion, forced colours": {
			viewport: { width: 320, height: 640 },
			reducedMotion: "reduce",
			forcedColors: "active",
		},
	} satisfies Record<string, BrowserContextOptions>;
	const cases = (["fi", "et", "en"] as const).flatMap((lang) =>
		Object.entries(LOOKS).map(([look, options]) => [lang, look, options] as const),
	);

	it.each(cases)("runs in %s on %s without a fault, accessible in every state", async (lang, look, options) => {
		const { panel, page } = await begin(options, lang);
		visit.name = `widget-${lang}-${look}`;
		await visit.isAccessible("closed");
		await visit.open();
		await panel.locator(".starters").waitFor();
		await visit.isAccessible("opened");

		await visit.write(WORDS[lang][0]);
		await panel.locator(".message.bot time").first().waitFor();
		await visit.write("maija.virtanen@example.fi");
		await panel.locator(".order").waitFor();
		await panel.locator("summary").click();
		await visit.isAccessible("order and choices");

		await panel.locator(".choices button").last().click();
		await panel.locator(".notice.queue").waitFor();
		await visit.isAccessible("in the queue");
		await panel.locator(".message.agent").waitFor();
		await visit.isAccessible("with an agent");

		await visit.write(WORDS[lang][1]);
		await panel.locator(".survey").waitFor();
		await visit.isAccessible("survey");
		await panel.locator(".scores label").nth(4).click();
		await panel.locator(".survey button").click();
		await panel.locator(".thanks").waitFor();
		await visit.isAccessible("closed and rated");

		await page.reload();
		await visit.launcher.waitFor();
		await visit.open();
		await panel.locator(".message.agent").first().waitFor();
		await visit.isAccessible("gone on with");
		await visit.field.fill("a".repeat(LONGEST - 3));
		await panel.locator(".left").waitFor();
		await visit.isAccessible("nearly full");
		await visit.field.fill("a".repeat(LONGEST + 3));
		await panel.locator(".left.over").waitFor();
		await visit.isAccessible("too long");

		expect(visit.complaints).toEqual([]);
	});
});

describe("a lost connection", () => {
	it("is told, keeps what is written, and sends it once and in order when it is back", async () => {
		const { panel } = await begin();
		await visit.open();
		await visit.write("one");
		await panel.locator(".message.bot time").first().waitFor();
		desk.up = false;
		desk.drop();
		await panel.locator(".notice.lost").waitFor();
		await visit.write("two");
		await visit.write("three");
		await visit.isAccessible("offline");

		desk.up = true;
		await panel.locator(".notice.lost").waitFor({ state: "hidden", timeout: 20_000 });
		await expect.poll(() => visit.written()).toEqual(["one", "two", "three"]);
		await expect.poll(texts).toEqual(["one", "two", "three"]);
		await panel.locator(".pending").waitFor({ state: "hidden" });
	});

	it("before the first message keeps it too", async () => {
		const { panel } = await begin();
		await visit.open();
		await panel.locator(".starters").waitFor();
		desk.up = false;
		await visit.write("first");
		await panel.locator(".notice.lost").waitFor();
		desk.up = true;

		await expect.poll(texts, { timeout: 20_000 }).toEqual(["first"]);
		await expect.poll(() => visit.written()).toEqual(["first"]);
	});

	it("does not lose what an agent writes while the page is closed, nor show it twice", async () => {
		const { page, launcher, panel } = await begin();
		await visit.open();
		await visit.write("hello");
		await panel.locator(".message.bot time").first().waitFor();
		await panel.locator("button.icon").first().click();
		const url = page.url();
		await page.goto("about:blank");
		const [session] = desk.sessions.values();
		session?.say("agent", "Liisa", "First");
		session?.say("agent", "Liisa", "Second");

		await page.goto(url);
		await launcher.locator("b", { hasText: "2" }).waitFor();
		await launcher.click();
		await expect.poll(() => panel.locator(".message.agent .bubble").allTextContents()).toEqual(["First", "Second"]);
		await expect.poll(() => launcher.locator("b").isVisible()).toBe(false);
	});
});

describe("a network that cuts sockets off", () => {
	it("is served over server-sent events", async () => {
		desk.sockets = false;
		const { panel } = await begin();
		await visit.open();
		await visit.write("order 100233");
		await panel.locator(".message.bot time").first().waitFor({ timeout: 15_000 });

		expect(desk.requests).toContain("GET /api/widget/events");
		expect(texts()).toEqual(["order 100233"]);
	});
});

describe("a message that is refused", () => {
	it("stays with the reason, can be changed, and goes back to the composer", async () => {
		const { panel, field } = await begin();
		await visit.open();
		await visit.write("REJECT this");
		await panel.locator(".failure").waitFor();
		await visit.isAccessible("failed message");
		await panel.getByRole("button", { name: "Edit" }).click();

		await expect.poll(() => field.inputValue()).toBe("REJECT this");
		expect(await visit.written()).toEqual([]);
	});
});

describe("the keyboard", () => {
	it("opens, closes with Escape, and finds its place again", async () => {
		const { page, launcher, panel, field } = await begin();
		await launcher.focus();
		await page.keyboard.press("Enter");
		await panel.waitFor();
		await expect.poll(() => field.evaluate((element) => element.matches(":focus"))).toBe(true);
		await page.keyboard.type("a draft");
		await page.keyboard.press("Escape");

		await panel.waitFor({ state: "hidden" });
		expect(await launcher.evaluate((element) => element.matches(":focus"))).toBe(true);
		await page.keyboard.press("Enter");
		expect(await field.inputValue()).toBe("a draft");
	});

	it("does not leave a panel that covers the page", async () => {
		const { page, panel } = await begin({ viewport: { width: 390, height: 700 } });
		await visit.open();
		await panel.locator(".starters").waitFor();
		for (let press = 0; press < 30; press++) {
			await page.keyboard.press("Tab");
			expect(
				await panel.evaluate((element) => element.contains((element.getRootNode() as ShadowRoot).activeElement)),
			).toBe(true);
		}
	});
});

describe("a page enlarged", () => {
	it.each([
		["twice", { width: 640, height: 430 }],
		["four times", { width: 320, height: 256 }],
	])("%s leaves room for the conversation while one waits, and the field in sight", async (_, viewport) => {
		const { panel } = await begin({ viewport });
		await visit.open();
		await visit.write("human");
		await panel.locator(".notice.case").waitFor();

		expect(await panel.locator(".middle").evaluate((middle) => middle.clientHeight)).toBeGreaterThan(70);
		const field = await panel.locator(".composer textarea").boundingBox();
		expect((field?.y ?? 0) + (field?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
	});
});

describe("reading back", () => {
	it("is not disturbed by what is new: a button tells of it", async () => {
		const { panel } = await begin();
		await visit.open();
		await visit.write("hello");
		await panel.locator(".message.bot time").first().waitFor();
		const [session] = desk.sessions.values();
		for (let line = 0; line < 20; line++) session?.say("bot", null, `Line ${line}\n`.repeat(4));
		const log = panel.locator(".log");
		const top = () => log.evaluate((element) => element.scrollTop);
		await expect.poll(top).toBeGreaterThan(1_000);
		await log.hover();
		await visit.page.mouse.wheel(0, -800);
		await expect
			.poll(() => log.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight))
			.toBeGreaterThan(500);
		const before = await top();

		session?.say("bot", null, "News");
		await panel.locator(".news").waitFor();
		expect(await top()).toBe(before);
		await visit.isAccessible("new messages");
		await panel.locator(".news").click();
		await panel.locator(".news").waitFor({ state: "hidden" });
	});
});

describe("a shop on another origin", () => {
	it("needs the script and the element, and nothing else", async () => {
		const page = `<!doctype html><html lang="et"><title>Shop</title><main><h1>Shop</h1><aspa-chat></aspa-chat></main><script src="${desk.origin}/widget.js" async></script></html>`;
		const shop = createServer((_request, response) => response.setHeader("Content-Type", "text/html").end(page));
		await new Promise<void>((done) => shop.listen(0, "127.0.0.1", done));
		visit = await Visit.begin(browser, `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`);
		await visit.open();
		await visit.write("tellimus 100233");
		await visit.panel.locator(".message.bot time").first().waitFor();
		shop.close();

		expect(visit.complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
	});
});
