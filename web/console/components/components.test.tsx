import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entry, Summary } from "../../shared/protocol";
import { ApiError } from "../desk/api";
import { Desk } from "../desk/desk";
import { clearDrafts, draftOf, setDraft } from "../page/drafts";
import { go } from "../page/route";
import { change } from "../page/settings";
import { Ui } from "../page/ui";
import { FakeApi, FakeLink, LIISA, message, mine, packet, settle, summary } from "../testing";
import { LoginPage } from "./login";
import { Shell } from "./shell";

let root: HTMLElement;

beforeEach(() => {
	root = document.body.appendChild(document.createElement("div"));
	change({ locale: "en", theme: "system", sendKey: "enter", singleKeys: true });
	clearDrafts();
});

afterEach(() => {
	render(null, root);
	root.remove();
});

const $ = (selector: string) => root.querySelector<HTMLElement>(selector);
const text = (selector: string) => $(selector)?.textContent ?? "";

async function open(shown: Summary, entries: Entry[] = [], suggested: string | null = null) {
	const api = new FakeApi();
	api.summaries = [shown];
	api.details.set(shown.id, {
		summary: shown,
		entries,
		packet: suggested === null ? null : packet({ suggested_reply: suggested }),
		customer: null,
	});
	let link!: FakeLink;
	const desk = new Desk({
		api,
		me: LIISA,
		makeLink: (onMessage) => {
			link = new FakeLink(onMessage);
			return link;
		},
		onAlert: () => {},
	});
	const ui = new Ui();
	await act(async () => {
		go({
			view: shown.owner === "queue" ? "waiting" : "mine",
			conversation: shown.id,
			details: false,
			query: "",
			language: null,
		});
		render(<Shell console={{ desk, ui, logout: () => {} }} />, root);
		await settle();
	});
	return { desk, ui, link };
}

async function press(key: string, fields: KeyboardEventInit = {}, on: EventTarget = document.body) {
	await act(async () => {
		on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...fields }));
		await settle();
	});
}

async function click(element: HTMLElement | null | undefined) {
	await act(async () => {
		element?.click();
		await settle();
	});
}

describe("a hostile message", () => {
	it("is text: no element, no script, only http links", async () => {
		const evil = "<img src=x onerror=alert(1)> javascript:alert(1) data:text/html,x https://ok.example/a?b=1).";
		await open(mine("c_1"), [message(1, evil)]);

		expect(text(".bubble")).toContain("<img src=x onerror=alert(1)>");
		expect(root.querySelectorAll(".bubble img, .bubble script")).toHaveLength(0);
		const links = [...root.querySelectorAll<HTMLAnchorElement>(".bubble a")];
		expect(links.map((link) => link.href)).toEqual(["https://ok.example/a?b=1"]);
		expect(links[0]?.rel).toContain("noopener");
	});

	it("keeps its own language for screen readers", async () => {
		await open(mine("c_1"), [message(1, "Kus on minu pakk?", "customer", { lang: "et" })]);

		expect($(".bubble .text")?.lang).toBe("et");
	});
});

describe("the transcript", () => {
	it("tells roles apart, notes above all, and what the customer pressed", async () => {
		await open(mine("c_1"), [
			message(1, "How shall we go on?", "bot", { buttons: [{ title: "Wait" }, { title: "Cancel" }] }),
			message(3, "Cancel", "customer", { answers: { seq: 1, index: 1 } }),
			{ ...message(5, "regular customer", "agent"), kind: "note" },
			{
				seq: 7,
				at: 7,
				kind: "change",
				event: "HandedOff",
				author: { role: "system", name: null },
				data: { reasons: ["anger"] },
			},
		]);

		expect([...root.querySelectorAll(".entry")].map((entry) => entry.classList[1])).toEqual([
			"bot",
			"customer",
			"note",
		]);
		expect(text(".offered .pressed")).toBe("Cancel (chosen by the customer)");
		expect(text(".entry.note")).toContain("Private note");
		expect(text(".change-line")).toContain("Handed over: growing anger");
	});

	it("offers to send a failed message again", async () => {
		const { link } = await open(mine("c_1"), [message(1, "Hello", "agent", { delivery: "failed" })]);

		await click($(".entry-foot .link-button"));

		expect(link.commands("retry")).toMatchObject([{ conversation: "c_1", seq: 1 }]);
	});
});

describe("the composer", () => {
	it("says why nobody can reply yet, and offers to claim", async () => {
		const { link } = await open(summary("c_1"));
		expect(text(".blocked")).toContain("Nobody has claimed this case yet");

		await click($(".blocked .button"));

		expect(link.commands("claim")).toMatchObject([{ conversation: "c_1" }]);
		expect(location.hash).toContain("/mine/c_1");
	});

	it("names the colleague who owns the case, and still takes a note", async () => {
		const { link } = await open(summary("c_1", { owner: "agent", agent: { id: "a_kadri", name: "Kadri" } }));
		expect(text(".blocked")).toContain("Kadri owns this case");

		await press("p", { altKey: true, code: "KeyP" });
		await type("seen");
		await press("Enter", {}, area());

		expect(link.commands("note")).toMatchObject([{ conversation: "c_1", text: "seen" }]);
	});

	it("sends by Enter, or by Ctrl+Enter only, as set", async () => {
		const { link } = await open(mine("c_1"));
		await type("one");
		await press("Enter", {}, area());
		change({ sendKey: "mod" });
		await type("two");
		await press("Enter", {}, area());
		expect(link.commands("reply")).toMatchObject([{ text: "one" }]);

		await press("Enter", { ctrlKey: true }, area());

		expect(link.commands("reply")).toMatchObject([{ text: "one" }, { text: "two" }]);
		expect(draftOf("c_1", "reply")).toBe("");
	});

	it("takes the suggested reply by one key, after what is written", async () => {
		await open(mine("c_1"), [message(1, "Where is it?")], "Hello, I am Liisa.");
		setDraft("c_1", "reply", "Hi!");

		await press("i", { altKey: true, code: "KeyI" });

		expect(draftOf("c_1", "reply")).toBe("Hi!\n\nHello, I am Liisa.");
	});

	it("keeps a refused reply in sight, with the reason and the ways out", async () => {
		const { link } = await open(mine("c_1"));
		link.refuse = { type: "reply", code: "not_owner" };
		await type("Hello");
		await press("Enter", {}, area());

		expect(text(".entry.pending")).toContain("Hello");
		expect(text(".refused")).toContain("The case is no longer yours.");

		await click([...root.querySelectorAll<HTMLElement>(".refused .link-button")][1]);
		expect(draftOf("c_1", "reply")).toBe("Hello");
	});
});

describe("a connection that is lost", () => {
	it("is told, and what is typed stays", async () => {
		const { link } = await open(mine("c_1"));
		await type("half a sen");

		await act(async () => {
			link.state.value = "offline";
		});

		await vi.waitFor(() => expect(text(".link-state")).toContain("Connection lost"));
		expect(area().value).toBe("half a sen");
	});
});

describe("the keys", () => {
	it("resolve with an outcome: E, Enter", async () => {
		const { link } = await open(mine("c_1"));
		await press("e");
		expect(text("dialog h2")).toBe("Resolve the case");

		await act(async () => {
			$("dialog form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
			await settle();
		});

		expect(link.commands("resolve")).toMatchObject([{ conversation: "c_1", outcome: "solved" }]);
	});

	it("do nothing that the owner graph does not allow", async () => {
		const { link, ui } = await open(summary("c_1"));

		await press("e");
		await press("t");

		expect(ui.dialog.value).toBeNull();
		expect(link.commands("take_over")).toEqual([]);
	});

	it("open the sheet, which lists them", async () => {
		await open(mine("c_1"));

		await press("?");

		expect(text("dialog")).toContain("Write a reply");
		expect(text("dialog")).toContain("Alt+L");
	});
});

describe("the log-in page", () => {
	it("says what is wrong, and counts down when it was tried too often", async () => {
		const errors = [new ApiError(401, "bad_credentials", "", 0), new ApiError(429, "rate_limited", "", 30)];
		const login = async () => {
			throw errors.shift();
		};
		render(<LoginPage api={{ login }} expired={false} onLogin={() => {}} />, root);
		const submit = () =>
			act(async () => {
				for (const input of root.querySelectorAll("input")) input.value = "x";
				$("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
				await settle();
			});

		await submit();
		expect(text("[role=alert]")).toBe("The user name or the password is wrong.");
		await submit();
		expect(text("[role=alert]")).toBe("Too many attempts. Try again in 30 s.");
		expect($("button[type=submit]")?.getAttribute("aria-disabled")).toBe("true");
	});
});

function area(): HTMLTextAreaElement {
	const found = root.querySelector<HTMLTextAreaElement>(".composer-text");
	if (!found) throw new Error("There is nothing to write in.");
	return found;
}

async function type(words: string) {
	await act(async () => {
		area().value = words;
		area().dispatchEvent(new InputEvent("input", { bubbles: true }));
		await settle();
	});
}
