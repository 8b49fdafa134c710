/** The supervisor's pages against the fake desk: what they show and do, by keyboard, and looked over by axe-core. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { AgentsStage } from "./agents-stage";
import { look } from "./stage";

const MAIJA = "c_8f21maij";

let page: Page;
const stage = AgentsStage.set();

async function signIn(hash = "", options: BrowserContextOptions = {}, role: "agent" | "supervisor" = "supervisor") {
	page = await stage.enter({ role }, options, hash);
}

async function show(name: string) {
	await page.goto(stage.url(`#/supervision/${name}`));
	await page.waitForSelector(".supervision-body > :not(.hint)");
}

describe("a supervisor", () => {
	it("makes an agent, whose password is shown once, and switches one off", async () => {
		await signIn();
		await show("staff");
		await page.getByRole("button", { name: "Uusi asiakaspalvelija" }).press("Enter");
		await page.keyboard.type("mari");
		await page.keyboard.press("Tab");
		await page.keyboard.type("Mari");
		await page.getByLabel("Eesti").check();
		await page.keyboard.press("Enter");
		await page.waitForSelector('.banner:has-text("kW3-uLq8-Rt7")');
		await page.waitForSelector('.seat:has-text("Mari")');
		await page.getByRole("button", { name: "Poista käytöstä: Tom" }).press("Enter");
		await page.waitForSelector('.seat.off:has-text("Tom")');
	});

	it("moves a case to an agent who is at work, and to no other", async () => {
		await signIn();
		await page.goto(stage.url(`#/waiting/${MAIJA}`));
		await page.waitForSelector(".entry.customer");
		await page.keyboard.press("Alt+w");
		await page.waitForSelector("dialog[open] option:has-text('Tom')", { state: "attached" });
		expect(await page.locator("dialog option[disabled]").allInnerTexts()).toEqual(["Tom (poissa)"]);
		await page.locator("dialog select").selectOption("agent:a_kadri");
		await page.keyboard.press("Control+Enter");
		await page
			.locator("dialog")
			.getByRole("button", { name: "Siirrä toiselle" })
			.click({ timeout: 2_000 })
			.catch(() => {});
		await page.waitForSelector('.change-line:has-text("Kadri")');
	});

	it("is warned of an overloaded queue wherever he or she is", async () => {
		await signIn();
		await page.waitForSelector(".row");
		stage.desk.send({ type: "overload", on: true, waiting: 12, to_minutes: 45 });
		await page.waitForSelector('.topbar:has-text("12 odottaa")');
		await page.setViewportSize({ width: 390, height: 844 });
		const beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
		expect(await page.evaluate(beyond)).toBe(0);
		stage.desk.send({ type: "overload", on: false, waiting: 1, to_minutes: 4 });
		await page.waitForSelector('.topbar:has-text("12 odottaa")', { state: "detached" });
	});
});

describe("the figures", () => {
	const shown = async (name: string) => {
		await page.getByRole("button", { name: new RegExp(`^${name}`) }).press("Enter");
	};

	it("say in a sentence what a chart shows, keep a table beside it, and open their conversations, by keyboard", async () => {
		await signIn();
		await show("figures");
		await shown("Siirretty ihmiselle");
		await page.getByText("Siirretty ihmiselle: 30 %: 30 / 100").waitFor();
		await page.waitForSelector('.figure-group:has-text("Ihmiselle siirretyt") .chart canvas');
		await page.locator('.figure-group:has-text("Ihmiselle siirretyt") summary:has-text("Taulukkona")').press("Enter");
		expect(await page.locator('.figure-group:has-text("Ihmiselle siirretyt") .numbers tbody tr').count()).toBe(28);
		await shown("Miksi siirrettiin");
		await page.getByRole("button", { name: "Vastaus ei auttanut", exact: true }).press("Enter");
		await page.waitForSelector(
			'.behind:has-text("Keskustelut: Miksi siirrettiin, Vastaus ei auttanut") a[href*="c_fake1"]',
		);
		await page.getByRole("button", { name: "Näytä lisää" }).press("Enter");
		await page.waitForSelector('.behind a[href*="c_fake3"]');
	});

	it("tell what surges and what is expected, and compare by channel", async () => {
		await signIn();
		await show("figures");
		await page.getByText("Kadonnut paketti · Matkahuolto: 4,2 kertaa tavallista enemmän").waitFor();
		await page.getByRole("button", { name: "Näytä keskustelut: Kadonnut paketti · Matkahuolto" }).press("Enter");
		await page.waitForSelector('.alarm .behind a[href*="c_fake"]');
		await look(page, "1440-light-figures-alarm");
		await page.waitForSelector('section:has-text("Lähipäivät") .chart canvas');
		await page.getByLabel("Vertaa").selectOption("channel");
		await page.getByRole("button", { name: "Telegram" }).press("Enter");
		await page.getByText("Vain kanava: Telegram").waitFor();
		await look(page, "1440-light-figures-of-a-channel");
	});
});

describe("an agent", () => {
	it("finds no way to the supervisor's pages", async () => {
		await signIn("#/supervision/staff", {}, "agent");
		await page.waitForSelector(".supervision.problem");
		expect(await page.getByRole("link", { name: "Tilanne" }).count()).toBe(0);
		await look(page, "1440-forbidden");
	});

	it("judges a handoff by one tap", async () => {
		await signIn("", {}, "agent");
		await page.goto(stage.url(`#/waiting/${MAIJA}`));
		await page.getByRole("button", { name: "Väärä tiimi" }).press("Enter");
		await page.waitForSelector('.verdict [aria-pressed="true"]:has-text("Väärä tiimi")');
		await page.waitForSelector('.change-line:has-text("arvioi siirron")');
		await look(page, "1440-verdict");
	});

	it("asks a colleague in a note by the beginning of the name", async () => {
		await signIn("", {}, "agent");
		await page.goto(stage.url(`#/waiting/${MAIJA}`));
		await page.waitForSelector(".entry.customer");
		await page.keyboard.press("Alt+p");
		await page.keyboard.type("@pal");
		await page.waitForSelector('[role=option]:has-text("Palautukset")');
		await look(page, "1440-mention");
		await page.keyboard.press("Enter");
		await page.keyboard.type("onko tämä teillä?");
		await page.keyboard.press("Enter");
		await page.waitForSelector('.entry.note:not(.pending):has-text("@Palautukset onko tämä teillä?")');
	});

	it("is told what a colleague asks, and comes to the case", async () => {
		await signIn("", {}, "agent");
		await page.waitForSelector(".row");
		stage.desk.ask(MAIJA);
		await page.getByRole("button", { name: "Ilmoitukset: 1" }).press("Enter");
		await look(page, "1440-notices");
		await page.getByRole("link", { name: /Kadri kysyy/ }).press("Enter");
		await page.waitForSelector(".entry.customer");
		expect(page.url()).toContain(MAIJA);
	});
});

const LOOKS = [
	[1440, 900, "light"],
	[1440, 900, "dark"],
	[1024, 768, "light"],
	[390, 844, "light"],
	[390, 844, "dark"],
	[320, 640, "light"],
] as const;

describe("every page of the supervisor", () => {
	it.each(LOOKS)("is accessible at %i × %i in %s", async (width, height, colorScheme) => {
		await signIn("", { viewport: { width, height }, colorScheme });
		for (const name of ["board", "figures", "staff", "hours", "policy", "audit"]) {
			await show(name);
			await look(page, `${width}-${colorScheme}-supervisor-${name}`);
		}
		await show("staff");
		await page.getByRole("button", { name: "Uusi asiakaspalvelija" }).click();
		await look(page, `${width}-${colorScheme}-supervisor-new-agent`);
		await page.getByRole("button", { name: "Uusi tiimi" }).click();
		await look(page, `${width}-${colorScheme}-supervisor-new-team`);
		await page.goto(stage.url(`#/waiting/${MAIJA}`));
		await page.waitForSelector(".entry.customer");
		await page.keyboard.press("Alt+w");
		await page.waitForSelector("dialog[open]");
		await look(page, `${width}-${colorScheme}-supervisor-move`);
	});
});
