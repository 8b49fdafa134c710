/** Learning against the fake desk: labelled by keys alone, models compared, released and taken back. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { resetContent } from "../console/dev/content.mjs";
import { resetLearning } from "../console/dev/learning.mjs";
import { AgentsStage } from "./agents-stage";
import { look } from "./stage";

let page: Page;
let asked: ReturnType<typeof resetLearning>;
const stage = AgentsStage.set(() => {
	asked = resetLearning();
});

async function open(name: string, options: BrowserContextOptions = {}) {
	page = await stage.enter({ role: "supervisor" }, options);
	await show(name);
}

async function show(name: string) {
	await page.goto(stage.url(`#/supervision/${name}`));
	await page.waitForSelector(name === "models" ? ".comparison" : ".lesson-head");
}

const group = (number: number) => page.waitForSelector(`.lesson-head:has-text("Ryhmä ${number}/")`);

describe("labelling", () => {
	it("goes by keys alone: a suggestion, something else, nothing, back", async () => {
		await open("learning");
		await group(1);
		await page.keyboard.press("1");
		await page.waitForSelector('.lesson-head:has-text("Ryhmä 1/2")');
		await page.keyboard.press("s");
		await page.keyboard.type("Lahjakortit");
		await page.keyboard.press("Enter");
		await page.waitForSelector('.lesson-head:has-text("Ryhmä 1/1")');
		await page.keyboard.press("d");
		await page.waitForSelector('.hint:has-text("Ei katsottavaa")');
		await page.keyboard.press("u");
		await page.waitForSelector('.lesson-head:has-text("Ryhmä 1/1")');
		expect(asked.calls).toEqual([
			[3, { kind: "intent", value: "late_delivery" }],
			[1, { kind: "article", value: "gift-cards" }],
			[1, { kind: "discard" }],
			[1, null],
		]);
		expect(page.url()).toContain("supervision/learning");
	});

	it("begins an article from an agent's answer", async () => {
		const said = resetContent();
		await open("learning");
		await page.keyboard.press("j");
		await page.waitForSelector('.lesson-reply:has-text("kinkekaardi")');
		await page.keyboard.press("a");
		await page.waitForSelector('.toast:has-text("Luonnos on kohdassa")');
		const [name] = Object.keys(said).filter((each) => each.startsWith("article/from-answer-"));
		expect(name).toBeDefined();
		expect(asked.calls).toEqual([]);
	});

	it("leaves what was unticked for a label of its own", async () => {
		await open("learning");
		await page.getByLabel("paketti jumittaa lajittelussa").uncheck();
		await page.keyboard.press("1");
		await page.waitForFunction(() => document.querySelectorAll(".lesson-message").length === 1);
		expect(asked.calls).toEqual([[2, { kind: "intent", value: "late_delivery" }]]);
	});

	it("takes nothing that is not on the list", async () => {
		await open("learning");
		await page.getByLabel("Jokin muu").fill("oravat");
		await page.keyboard.press("Enter");
		await page.waitForSelector('[role=alert]:has-text("Valitse jokin luettelosta")');
		expect(asked.calls).toEqual([]);
	});
});

describe("models", () => {
	it("show every changed answer, and are released and taken back", async () => {
		await open("models");
		await page.waitForSelector('.difference:has-text("Vanha vastaus"):has-text("Uusi vastaus")');
		const third = page.locator(".run", { hasText: "Malli 3" });
		await third.getByRole("button", { name: "Ota käyttöön" }).press("Enter");
		await third.getByRole("button", { name: "Takaisin edelliseen malliin" }).press("Enter");
		await third.getByText("Peruttu").waitFor();
		expect(asked.calls).toEqual([
			["3", "release"],
			["3", "undo"],
		]);
	});

	it("that lower a figure say which and have no way to be released", async () => {
		await open("models");
		const second = page.locator(".run", { hasText: "Malli 2" });
		await second.getByText("fi.accuracy: 87.9 → 84.1 %").waitFor();
		expect(await second.getByRole("button", { name: "Ota käyttöön" }).count()).toBe(0);
		await second.locator(".lowered").first().waitFor();
	});
});

describe("labels that look odd", () => {
	it("are named with what they are likelier to be, and taken back", async () => {
		await open("models");
		await page.getByText("1 merkintä näyttää oudolta").press("Enter");
		await look(page, "1440-odd-labels");
		await page.getByText("Samankaltaiset: Myöhästynyt toimitus").waitFor();
		await page.getByRole("button", { name: "Peru merkintä: missä pakettini viipyy" }).press("Enter");
		await page.waitForSelector('summary:has-text("oudolta")', { state: "detached" });
		expect(asked.calls).toEqual([[1, null]]);
	});

	it("are learnt from by nobody when they are too many", async () => {
		asked = resetLearning();
		await open("models");
		asked.odd.push({ ...asked.odd[0], conversation: "c_l10" });
		await page.getByText("Yli puolet merkinnöistä näyttää oudoilta").waitFor();
		expect(await page.getByRole("button", { name: "Kouluta malli ja vertaa" }).count()).toBe(0);
		await look(page, "1440-doubtful-labels");
	});
});

describe("an answer of the bot", () => {
	it("is marked as wrong by one press", async () => {
		await open("learning");
		await page.goto(stage.url("#/waiting/c_8f21maij"));
		const wrong = page.getByRole("button", { name: "Väärä vastaus" }).first();
		await wrong.press("Enter");
		await page.waitForSelector('.entry-foot:has-text("Merkitty vääräksi")');
	});
});

const LOOKS = [
	[1440, 900, "light"],
	[1440, 900, "dark"],
	[390, 844, "light"],
	[320, 640, "light"],
] as const;

describe("learning", () => {
	it.each(LOOKS)("is accessible at %i × %i in %s", async (width, height, colorScheme) => {
		await open("learning", { viewport: { width, height }, colorScheme });
		await look(page, `${width}-${colorScheme}-learning`);
		await show("models");
		await look(page, `${width}-${colorScheme}-models`);
	});
});
