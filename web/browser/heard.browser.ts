/** What a screen reader is given: names, roles, live regions and the order of the log, from Chromium's accessibility tree. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AgentsStage } from "./agents-stage";
import { type Heard, hear, nameless, the, told } from "./heard";
import { launch, makeDesk, Visit } from "./stage";

/** The lines of a log that were said by somebody, in the order in which they are read. */
const lines = (all: Heard[], log: Heard) =>
	all.filter(({ role, within }) => role === "article" && within === log).map(({ words }) => words);

describe("in the chat", () => {
	let browser: Browser;

	beforeAll(async () => {
		browser = await launch();
	});
	afterAll(() => browser.close());

	const SPOKEN = {
		fi: { log: "Keskustelu", field: "Viesti", person: "Pyydä asiakaspalvelija", you: "Sinä", bot: "Avustaja" },
		et: { log: "Vestlus", field: "Sõnum", person: "Kutsu teenindaja", you: "Teie", bot: "Abiline" },
		en: { log: "Conversation", field: "Message", person: "Talk to a person", you: "You", bot: "Assistant" },
	} as const;

	it.each(["fi", "et", "en"] as const)("everything has its name and is told once, in order, in %s", async (lang) => {
		const desk = await makeDesk();
		const visit = await Visit.begin(browser, `${desk.origin}/?lang=${lang}`);
		const spoken = SPOKEN[lang];
		await visit.open();
		await visit.panel.locator(".starters").waitFor();
		const opened = await hear(visit.page);
		expect(nameless(opened)).toEqual([]);
		the(opened, "button", spoken.person);

		await visit.write("100237");
		await visit.panel.locator(".message.bot time").first().waitFor();
		const [session] = desk.sessions.values();
		session?.say("agent", "Liisa", "A first line.");
		session?.say("bot", null, "A last line.");
		await visit.panel.getByText("A last line.").waitFor();
		await visit.write("maija.virtanen@example.fi");
		await visit.panel.locator(".order").waitFor();

		const all = await hear(visit.page);
		expect(nameless(all)).toEqual([]);
		the(all, "dialog", "Kaamos");
		expect(the(all, "textbox", spoken.field).focused).toBe(true);
		const said = lines(all, the(all, "log", spoken.log));
		expect(said.map(([who]) => who)).toEqual([spoken.you, spoken.bot, "Liisa", spoken.bot, spoken.you, spoken.bot]);
		expect(
			said.map((words) => words.join(" ").match(/100237|A first line|A last line|maija/)?.[0]).filter(Boolean),
		).toEqual(["100237", "A first line", "A last line", "maija"]);
		expect(told(all, `Liisa: A first line.`)).toBe(1);
		expect(told(all, "A last line.")).toBe(1);
		expect(told(all, "maija.virtanen"), "nobody is read their own words").toBe(0);
		await visit.close();
		await desk.stop();
	});
});

describe("in the console", () => {
	const stage = AgentsStage.set();
	const SPOKEN = {
		fi: { log: "Viestit", field: "Vastaa: Emily Carter", customer: "Emily Carter, Asiakas", close: "Päätä" },
		et: { log: "Sõnumid", field: "Vastus: Emily Carter", customer: "Emily Carter, Klient", close: "Lõpeta" },
		en: { log: "Messages", field: "Reply to Emily Carter", customer: "Emily Carter, Customer", close: "Resolve" },
	} as const;

	it.each(["fi", "et", "en"] as const)(
		"everything has its name and news is told once, at the end, in %s",
		async (lang) => {
			const page = await stage.enter({ locale: lang }, { locale: lang });
			const spoken = SPOKEN[lang];
			await page.waitForSelector(".row");
			await page.goto(stage.url("#/mine/c_5d9eemil"));
			await page.waitForSelector(".entry.note");
			stage.desk.customerSays("c_5d9eemil", "The box is dented.");
			await page.waitForSelector('.entry:has-text("The box is dented.")');

			const all = await hear(page);
			expect(nameless(all)).toEqual([]);
			the(all, "textbox", spoken.field);
			the(all, "button", spoken.close);
			const log = the(all, "log", spoken.log);
			expect(log.live).toBe("polite");
			const said = all.filter(({ role, within }) => role === "article" && within === log);
			expect(said.at(-1)?.name).toBe(spoken.customer);
			expect(said.at(-1)?.words).toContain("The box is dented.");
			expect(
				said.filter(({ words, name }) => !name.startsWith(words[0] ?? "?") && !name.endsWith(words[0] ?? "?")),
			).toEqual([]);
			expect(told(all, "The box is dented.")).toBe(1);
		},
	);
});
