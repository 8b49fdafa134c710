import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from "vitest";
import { type Running, startFakeDesk } from "../console/dev/fake-desk.mjs";
import { agentsPage, launch, signInAsLiisa } from "./stage";

/** Whom the fake desk takes who signs in for. */
export type Who = Partial<Running["desk"]["me"]>;

/** The console and its fake desk, anew for each test of a file. A test fails whose pages break a policy or throw an error. */
export class AgentsStage {
	private browser!: Browser;
	private running!: Running;
	/** What the browser complained about. */
	private complaints: string[] = [];

	/** To be called once, outside all tests. `afresh` brings more than the desk back to its beginning. */
	static set(afresh: () => void = () => {}): AgentsStage {
		const stage = new AgentsStage();
		beforeAll(async () => {
			stage.browser = await launch();
		});
		afterAll(() => stage.browser.close());
		beforeEach(async () => {
			stage.running = await startFakeDesk({ dist: inject("dist") });
			stage.complaints = [];
			afresh();
		});
		afterEach(async () => {
			await Promise.all(stage.browser.contexts().map((context) => context.close()));
			await stage.running.stop();
			expect(stage.complaints).toEqual([]);
		});
		return stage;
	}

	/** The fake desk: what it has, and what it was asked for. */
	get desk(): Running["desk"] {
		return this.running.desk;
	}

	/** The address of one of the console's views. */
	url(view = ""): string {
		return this.running.url + view;
	}

	/** The console's sign-in. */
	async visit(view = "", options: BrowserContextOptions = {}): Promise<Page> {
		const page = await agentsPage(this.browser, options);
		page.on("pageerror", (error) => this.complaints.push(String(error)));
		page.on("console", (line) => /Content Security Policy/.test(line.text()) && this.complaints.push(line.text()));
		await page.goto(this.url(view));
		await page.waitForSelector("[name=name]");
		return page;
	}

	/** The console as `who` sees it on coming in. */
	async enter(who: Who = {}, options: BrowserContextOptions = {}, view = ""): Promise<Page> {
		this.desk.me = { ...this.desk.me, ...who };
		const page = await this.visit(view, options);
		await signInAsLiisa(page);
		await page.waitForSelector(".topbar");
		return page;
	}
}
