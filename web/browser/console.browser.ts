/** The console against its fake desk: by keyboard, with refusals, without a connection, and every view looked over by axe-core. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { AgentsStage } from "./agents-stage";
import { look, signInAsLiisa } from "./stage";

const MAIJA = "#/waiting/c_8f21maij";
const EMILY = "#/mine/c_5d9eemil";

let page: Page;
const stage = AgentsStage.set();

async function visit(options: BrowserContextOptions = {}): Promise<void> {
	page = await stage.visit("", options);
}

async function signIn(hash = ""): Promise<void> {
	await signInAsLiisa(page);
	await page.waitForSelector(".row");
	if (!hash) return;
	await page.goto(stage.url(hash));
	await page.waitForSelector(".entry");
}

describe("an agent without a mouse", () => {
	it("claims, reads, replies, notes, promises and resolves", async () => {
		await visit();
		await signIn();
		await page.keyboard.press("Alt+j");
		await page.keyboard.press("Alt+j");
		await page.waitForSelector(".entry.customer");
		expect(page.url(), "the second waiting case").toContain("c_8f21maij");

		await page.keyboard.press("Alt+c");
		await page.waitForSelector(".composer-text:focus");
		await page.keyboard.press("Alt+i");
		await page.keyboard.press("Enter");
		await page.waitForSelector('.entry.agent .delivery:has-text("Toimitettu")');

		await page.keyboard.type("jk? kestääkö");
		expect(await page.inputValue(".composer-text"), "letters are text while typing").toBe("jk? kestääkö");
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
		expect(stage.desk.conversations.get("c_8f21maij")?.summary.owner).toBe("closed");
	});
});

describe("a case that starts waiting", () => {
	it("is in the list and in the title by itself", async () => {
		await visit();
		await signIn();
		await page.waitForFunction(() => document.title.startsWith("(5) "));

		stage.desk.handOff("c_1a2b0008");

		await page.waitForSelector("#row-c_1a2b0008");
		await page.waitForFunction(() => document.title.startsWith("(6) "));
	});
});

describe("a refusal", () => {
	it("of a claim says who was faster; of a reply keeps the text and says why", async () => {
		await visit();
		await signIn(MAIJA);
		stage.desk.refuseNext = { type: "claim", code: "already_claimed" };
		await page.keyboard.press("Alt+c");
		await page.waitForSelector(".toast.bad");

		await page.goto(stage.url(EMILY));
		await page.waitForSelector(".entry.note");
		stage.desk.refuseNext = { type: "reply", code: "not_owner" };
		await page.keyboard.press("Alt+l");
		await page.keyboard.type("Too late");
		await page.keyboard.press("Enter");
		await page.waitForSelector('.pending:has-text("Too late") .refused');
		await look(page, "1440-refused");
	});
});

describe("a lost connection", () => {
	it("is told within ten seconds; typed text is kept, and what was missed comes once and in order", async () => {
		await visit();
		await signIn(EMILY);
		await page.keyboard.press("Alt+l");
		await page.keyboard.type("Half a sentence");

		await page.context().setOffline(true);
		stage.desk.drop();
		await page.waitForSelector(".link-lost", { timeout: 10_000 });
		stage.desk.customerSays("c_5d9eemil", "First, while you were away.");
		stage.desk.customerSays("c_5d9eemil", "Second, while you were away.");
		await page.keyboard.type(", finished offline.");
		await page.keyboard.press("Enter");
		await page.waitForSelector(".entry.pending");
		await page.keyboard.type("the next one");
		await look(page, "1440-offline");
		await page.context().setOffline(false);

		await page.waitForSelector(".link-back", { timeout: 35_000 });
		await page.waitForSelector(".entry.pending", { state: "detached" });
		const texts = await page.locator(".entry .text").allInnerTexts();
		expect(texts.slice(-3)).toEqual([
			"First, while you were away.",
			"Second, while you were away.",
			"Half a sentence, finished offline.",
		]);
		expect(await page.inputValue(".composer-text")).toBe("the next one");
	});
});

/** Colours are the same at every size: both schemes are looked at where the layouts differ most. */
const LOOKS = [
	[1440, 900, "light"],
	[1440, 900, "dark"],
	[1024, 768, "light"],
	[390, 844, "light"],
	[390, 844, "dark"],
	[320, 640, "light"],
] as const;
const DIALOGS = {
	"Control+k": "palette",
	"Control+,": "settings",
	"Alt+e": "resolve",
	"Alt+m": "hold",
	"Alt+s": "transfer",
	"Alt+u": "promise",
	"Alt+q": "requeue",
	"Alt+b": "return",
};

describe("every view", () => {
	it.each(LOOKS)("is accessible at %i × %i in %s", async (width, height, colorScheme) => {
		const at = (name: string) => look(page, `${width}-${colorScheme}-${name}`);
		await visit({ viewport: { width, height }, colorScheme });
		await page.keyboard.press("Enter");
		await at("login");
		await signIn();
		for (const view of ["waiting", "mine", "team", "bot", "resolved"]) {
			await page.goto(stage.url(`#/${view}`));
			await page.waitForSelector(".row");
			await at(`list-${view}`);
		}
		await page.goto(stage.url(MAIJA));
		await page.waitForSelector(".entry.customer");
		await at("thread-waiting");
		await page.goto(stage.url(`${MAIJA}/details`));
		await page.waitForSelector(".reasons");
		await at("details");
		await page.goto(stage.url(EMILY));
		await page.waitForSelector(".entry.note");
		await at("thread-mine");
		await page.keyboard.press("Alt+l");
		await page.keyboard.type("/");
		await page.waitForSelector(".canned-item");
		await at("canned");
		await page.keyboard.press("Escape");
		await page.keyboard.press("Alt+p");
		await at("note");
		for (const [keys, name] of Object.entries(DIALOGS)) {
			await page.keyboard.press(keys);
			await page.waitForSelector("dialog[open]");
			await at(name);
			await page.keyboard.press("Escape");
			await page.waitForSelector("dialog[open]", { state: "detached" });
		}
		await page.goto(stage.url("#/team"));
		await page.locator("body").press("?");
		await page.waitForSelector(".keysheet");
		await at("keys");
	});
});
