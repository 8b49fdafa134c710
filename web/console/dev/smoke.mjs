/**
 * The console in a real browser against the fake desk: the main paths by keyboard, a lost connection, and axe-core over every
 * view in light and dark. Needs a build (npm run build) and a Chromium (CHROMIUM=/path, /usr/bin/chromium by default).
 *
 *     node console/dev/smoke.mjs [--shots folder]
 */
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { startFakeDesk } from "./fake-desk.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SIZES = [
	[1440, 900],
	[1024, 768],
	[390, 844],
	[320, 640],
];
const shots = process.argv.includes("--shots") ? process.argv[process.argv.indexOf("--shots") + 1] : null;
const MAIJA = "#/waiting/c_8f21maij";
const EMILY = "#/mine/c_5d9eemil";

let checked = 0;

async function look(page, name) {
	if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
	// By the page's own policy no script may be added to it; the tool's own evaluation may.
	await page.evaluate(AXE);
	const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
	const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
	assert.deepEqual(told, [], `axe-core in ${name}`);
	const sideways = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth,
	);
	assert.ok(sideways <= 0, `${name} scrolls sideways by ${sideways} px`);
	checked += 1;
}

async function signIn(page, url) {
	await page.goto(url);
	await page.fill("[name=name]", "liisa");
	await page.fill("[name=password]", "kaamos");
	await page.keyboard.press("Enter");
	await page.waitForSelector(".row");
}

/** Every view and dialog, at one size in one colour scheme. */
async function views(browser, [width, height], colorScheme) {
	const { url, stop } = await startFakeDesk();
	const page = await newPage(browser, { viewport: { width, height }, colorScheme });
	const at = (name) => look(page, `${width}-${colorScheme}-${name}`);
	await page.goto(url);
	await page.waitForSelector("[name=name]");
	await page.keyboard.press("Enter");
	await at("login");
	await signIn(page, url);
	for (const view of ["waiting", "mine", "team", "bot", "resolved"]) {
		await page.goto(`${url}#/${view}`);
		await page.waitForSelector(".row");
		await at(`list-${view}`);
	}
	await page.goto(url + MAIJA);
	await page.waitForSelector(".entry.customer");
	await at("thread-waiting");
	await page.goto(`${url}${MAIJA}/details`);
	await page.waitForSelector(".reasons");
	await at("details");
	await page.goto(url + EMILY);
	await page.waitForSelector(".entry.note");
	await at("thread-mine");
	for (const [keys, name] of [
		["Alt+p", "note"],
		["Control+k", "palette"],
		["Control+,", "settings"],
		["Alt+e", "resolve"],
		["Alt+m", "hold"],
		["Alt+s", "transfer"],
		["Alt+u", "promise"],
		["Alt+q", "requeue"],
		["Alt+b", "return"],
	]) {
		await page.keyboard.press(keys);
		if (name !== "note") await page.waitForSelector("dialog[open]");
		await at(name);
		if (name !== "note") await page.keyboard.press("Escape");
	}
	await page.goto(`${url}#/team`);
	await page.locator("body").press("?");
	await page.waitForSelector(".keysheet");
	await at("keys");
	await page.context().close();
	await stop();
}

async function newPage(browser, options) {
	const context = await browser.newContext({ locale: "fi-FI", timezoneId: "Europe/Helsinki", ...options });
	const page = await context.newPage();
	page.on("pageerror", (error) => assert.fail(error));
	page.on("console", (message) => {
		assert.ok(!/Content Security Policy/.test(message.text()), message.text());
	});
	return page;
}

/** Claim, read, reply, note, promise and resolve without a mouse. */
async function byKeyboard(browser) {
	const { desk, url, stop } = await startFakeDesk();
	const page = await newPage(browser, { viewport: { width: 1440, height: 900 } });
	await signIn(page, url);
	await page.keyboard.press("Alt+j");
	await page.keyboard.press("Alt+j");
	await page.waitForSelector(".entry.customer");
	assert.match(page.url(), /c_8f21maij/, "the second waiting case is Maija's");
	await page.keyboard.press("Alt+c");
	await page.waitForSelector(".composer-text:focus");
	await page.keyboard.press("Alt+i");
	await page.keyboard.press("Enter");
	await page.waitForSelector('.entry.agent .delivery:has-text("Toimitettu")');
	await page.keyboard.type("jk? kestääkö");
	assert.equal(await page.inputValue(".composer-text"), "jk? kestääkö", "letters are text while typing");
	await page.keyboard.press("Control+Enter");
	await page.keyboard.press("Alt+p");
	await page.keyboard.type("Soitettu Postiin.");
	await page.keyboard.press("Enter");
	await page.waitForSelector('.entry.note:not(.pending):has-text("Soitettu Postiin.")');
	await page.keyboard.press("Alt+u");
	await page.keyboard.type("tieto paketista");
	await page.keyboard.press("Control+Enter");
	await page.waitForSelector('.change-line:has-text("tieto paketista")');
	await page.keyboard.press("Alt+e");
	await page.keyboard.press("Enter");
	await page.waitForSelector('.change-line:has-text("ratkaistu")');
	assert.equal(desk.conversations.get("c_8f21maij").summary.owner, "closed");
	await page.context().close();
	await stop();
}

/** Said within ten seconds, typed text kept, and everything missed comes once and in order. */
async function lostConnection(browser) {
	const { desk, url, stop } = await startFakeDesk();
	const page = await newPage(browser, { viewport: { width: 1440, height: 900 } });
	await signIn(page, url);
	await page.goto(url + EMILY);
	await page.waitForSelector(".entry.note");
	await page.keyboard.press("Alt+l");
	await page.keyboard.type("Half a sentence");
	await page.context().setOffline(true);
	desk.drop();
	const before = Date.now();
	await page.waitForSelector(".link-lost", { timeout: 10_000 });
	const noticed = Date.now() - before;
	desk.customerSays("c_5d9eemil", "First, while you were away.");
	desk.customerSays("c_5d9eemil", "Second, while you were away.");
	await page.keyboard.type(", finished offline.");
	await page.keyboard.press("Enter");
	await page.waitForSelector(".entry.pending");
	await page.keyboard.type("the next one");
	await page.context().setOffline(false);
	await page.waitForSelector(".link-back", { timeout: 35_000 });
	await page.waitForFunction(() => !document.querySelector(".entry.pending"));
	const texts = await page.locator(".entry .text").allInnerTexts();
	assert.deepEqual(texts.slice(-3), [
		"First, while you were away.",
		"Second, while you were away.",
		"Half a sentence, finished offline.",
	]);
	assert.equal(await page.inputValue(".composer-text"), "the next one");
	await page.context().close();
	await stop();
	return noticed;
}

/** A colleague was faster: the reply stays, and it is said why it did not go. */
async function refusals(browser) {
	const { desk, url, stop } = await startFakeDesk();
	const page = await newPage(browser, { viewport: { width: 1440, height: 900 } });
	await signIn(page, url);
	await page.goto(url + MAIJA);
	await page.waitForSelector(".entry.customer");
	desk.refuseNext = { type: "claim", code: "already_claimed" };
	await page.keyboard.press("Alt+c");
	await page.waitForSelector(".toast.bad");
	await look(page, "1440-refused-claim");
	await page.goto(url + EMILY);
	await page.waitForSelector(".entry.note");
	desk.refuseNext = { type: "reply", code: "not_owner" };
	await page.keyboard.press("Alt+l");
	await page.keyboard.type("Too late");
	await page.keyboard.press("Enter");
	await page.waitForSelector(".refused");
	await look(page, "1440-refused-reply");
	await page.context().close();
	await stop();
}

if (shots) await mkdir(shots, { recursive: true });
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: [
		"--no-sandbox",
		"--disable-gpu",
		"--disable-background-networking",
		"--no-first-run",
		"--disable-component-update",
		"--disable-sync",
	],
});
try {
	await byKeyboard(browser);
	await refusals(browser);
	const noticed = await lostConnection(browser);
	for (const size of process.env.ONLY ? SIZES.slice(2) : SIZES)
		for (const scheme of ["light", "dark"]) await views(browser, size, scheme);
	console.log(
		`Console: keyboard, refusals and a lost connection (seen after ${noticed} ms) work; axe-core: 0 violations in ${checked} views.`,
	);
} finally {
	await browser.close();
}
