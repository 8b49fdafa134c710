import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "./app";
import { ApiError, type Login } from "./desk/api";
import { clearDrafts, draftOf } from "./page/drafts";
import { go } from "./page/route";
import { FakeApi, FakeLink, LIISA, mine, settle } from "./testing";

class Api extends FakeApi {
	session: string | null = "csrf-1";
	due = false;

	override async me(): Promise<Login> {
		if (!this.session) throw new ApiError(401, "not_signed_in", "", 0);
		this.csrf = this.session;
		const shown = { zone: "Europe/Helsinki", second_step_due: this.due };
		return { agent: { ...LIISA, locale: "en" }, csrf: this.session, ...shown };
	}

	override async logout(): Promise<void> {}
}

let root: HTMLElement;
let api: Api;
let links: { link: FakeLink; refuse: () => void }[];

beforeEach(async () => {
	root = document.body.appendChild(document.createElement("div"));
	api = new Api();
	api.summaries = [mine("c_1")];
	links = [];
	clearDrafts();
	go({ view: "mine", conversation: "c_1", details: false, query: "", language: null });
	await act(async () => {
		const makeLink = (_csrf: string, refuse: () => void) => (onMessage: ConstructorParameters<typeof FakeLink>[0]) => {
			const link = new FakeLink(onMessage);
			links.push({ link, refuse });
			return link;
		};
		render(<App api={api} makeLink={makeLink} />, root);
		await settle();
	});
});

afterEach(() => {
	render(null, root);
	root.remove();
});

const refuseSession = () =>
	act(async () => {
		links.at(-1)?.refuse();
		await settle();
	});

async function writeWithoutAnswer(text: string) {
	await act(async () => {
		const link = links.at(-1)?.link;
		if (link) link.silent = true;
		const area = root.querySelector<HTMLTextAreaElement>(".composer-text");
		if (!area) throw new Error("There is nothing to write in.");
		area.value = text;
		area.dispatchEvent(new InputEvent("input", { bubbles: true }));
		await settle();
		area.form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
		await settle();
	});
}

describe("a second step that the shop asks for", () => {
	it("is set up before anything else opens", async () => {
		api.due = true;
		await refuseSession();
		const title = "Set up two-step sign-in";
		await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(title), { timeout: 20_000 });
		expect(root.querySelector("h1")?.textContent).toBe(title);
		expect(root.querySelector(".composer-text")).toBeNull();
		expect(links).toHaveLength(1);
	});
});

describe("a session that ends while the agent works", () => {
	it("asks to sign in again, and what was not sent is in the composer after that", async () => {
		await writeWithoutAnswer("Half done");
		api.session = null;

		await refuseSession();

		expect(root.textContent).toContain("Your session has ended");
		expect(draftOf("c_1", "reply")).toBe("Half done");
	});

	it("that was renewed goes on with a new link", async () => {
		api.session = "csrf-2";

		await refuseSession();

		expect(links).toHaveLength(2);
		expect(root.querySelector(".shell")).not.toBeNull();
	});

	it("is not made anew when only the link was refused", async () => {
		await refuseSession();

		expect(links).toHaveLength(1);
		expect(root.querySelector(".shell")).not.toBeNull();
	});
});

describe("signing out", () => {
	it("leaves no drafts behind", async () => {
		await writeWithoutAnswer("Secret");
		await act(async () => {
			root.querySelector<HTMLElement>(".user .menu-button")?.click();
			await settle();
		});
		await act(async () => {
			[...root.querySelectorAll<HTMLElement>(".user .menu-item")].at(-1)?.click();
			await settle();
		});

		expect(root.querySelector(".login")).not.toBeNull();
		expect(draftOf("c_1", "reply")).toBe("");
		expect(sessionStorage.getItem("aspa.drafts")).toBe("{}");
	});
});
