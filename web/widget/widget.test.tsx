import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSocket } from "../shared/testing/fake-socket";
import { mount } from "./panel";
import { config, entry, own, state } from "./testing/desk";

/** The whole panel on a page that has no layout: what is on it, and what goes to the desk. */

let host: HTMLElement;
let requests: string[];
let answers: Record<string, () => Response>;

beforeEach(() => {
	vi.stubGlobal("WebSocket", FakeSocket);
	FakeSocket.all = [];
	requests = [];
	answers = {
		"/api/widget/config": () => Response.json(config),
		"/api/widget/session": () => Response.json({ token: "t", locale: "en" }, { status: 201 }),
	};
	vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
		const { pathname } = new URL(url);
		requests.push(`${init?.method ?? "GET"} ${pathname}`);
		return answers[pathname]?.() ?? new Response(null, { status: 404 });
	});
	document.documentElement.lang = "en";
});

afterEach(() => {
	host.remove();
	localStorage.clear();
	sessionStorage.clear();
	vi.unstubAllGlobals();
});

async function makePanel(attributes: Record<string, string> = {}) {
	host = document.createElement("div");
	for (const [name, value] of Object.entries(attributes)) host.setAttribute(name, value);
	host.attachShadow({ mode: "open" });
	const button = document.createElement("button");
	button.append(document.createElement("span"));
	host.shadowRoot?.append(button);
	document.body.append(host);
	return { button, panel: await mount(host, button, "https://desk.example") };
}

async function openPanel(attributes = {}) {
	const made = await makePanel(attributes);
	made.panel.toggle();
	await find(".head");
	await vi.waitFor(() => expect(text("h2")).toBe("Kaamos"));
	return made;
}

const all = (selector: string) => [...(host.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
const text = (selector: string) => all(selector)[0]?.textContent;
const find = (selector: string) =>
	vi.waitFor(() => {
		const found = all(selector)[0];
		if (!found) throw new Error(`Not on the panel: ${selector}`);
		return found;
	});

function type(words: string) {
	const field = all(".composer textarea")[0] as HTMLTextAreaElement;
	field.value = words;
	field.dispatchEvent(new InputEvent("input", { bubbles: true }));
	return field;
}

async function write(words: string) {
	const field = type(words);
	await vi.waitFor(() => expect((all(".send")[0] as HTMLButtonElement).disabled).toBe(false));
	field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
}

/** The desk greets the newest socket. */
async function greeted(more: object = {}) {
	const socket = await vi.waitFor(() => FakeSocket.last);
	return socket.open().say({ type: "welcome", state, entries: [], ...more });
}

describe("before the first message", () => {
	it("nothing is stored or asked until the panel is opened, then only the greeting", async () => {
		const { panel } = await makePanel();
		expect(requests).toEqual([]);

		panel.toggle();
		await vi.waitFor(() => expect(text(".message.bot .bubble")).toBe(config.greeting));

		expect(requests).toEqual(["GET /api/widget/config"]);
		expect([localStorage.length, sessionStorage.length, FakeSocket.all.length]).toEqual([0, 0, 0]);
	});

	it("the widget's own disclosure stands where the desk's greeting cannot be had", async () => {
		answers = {};
		const { panel } = await makePanel();
		panel.toggle();

		await vi.waitFor(() => expect(text(".message.bot .bubble")).toContain("automated assistant"));
	});

	it("a starter is written as the customer's own message", async () => {
		await openPanel();
		(await find(".starters button")).click();

		const socket = await greeted();
		expect(socket.commands).toMatchObject([{ type: "write", text: "Where is my order?" }]);
	});
});

describe("a message", () => {
	it("begins a session, shows at once, and its entry takes the place of the pending copy", async () => {
		await openPanel();
		await write("Hei");
		await find(".message.customer.pending");
		const socket = await greeted();
		const [command] = socket.commands;
		socket.say({ type: "entries", entries: [own(1, String(command?.id), { text: "Hei" })] });
		socket.say({ type: "ack", id: command?.id, seq: 1 });

		await find('.tick[aria-label="Sent"]');
		expect(all(".message.customer")).toHaveLength(1);
		expect(requests).toContain("POST /api/widget/session");
		expect(JSON.parse(localStorage["aspa-chat"])).toMatchObject({ token: "t", pending: [] });
	});

	it("that the desk refuses stays, with the reason and a way to send it again under the same id", async () => {
		await openPanel();
		await write("Hei");
		const socket = await greeted();
		const [command] = socket.commands;
		socket.say({ type: "reject", id: command?.id, code: "bad_request", message: "No." });

		(await find(".failure button")).click();

		await vi.waitFor(() => expect(socket.commands).toHaveLength(2));
		expect(socket.commands[1]).toEqual(command);
	});

	it("that is waiting when the page closes is sent by the next page under the same id", async () => {
		const command = { type: "write", id: "w1", text: "Hei" };
		const pending = [{ command, text: "Hei", at: 1, failure: null }];
		localStorage.setItem("aspa-chat", JSON.stringify({ token: "t", seen: 0, pending, locale: null }));
		await makePanel();

		const socket = await greeted();
		expect(socket.frames).toMatchObject([{ type: "hello", token: "t", after: 0 }, command]);
	});

	it("longer than the desk takes cannot be sent, and the field says by how much", async () => {
		await openPanel();
		type("x".repeat(103));

		expect((await find("#left")).textContent).toBe("The message is 3 characters too long.");
		expect((all(".send")[0] as HTMLButtonElement).disabled).toBe(true);
	});

	it("is text and nothing else", async () => {
		await openPanel();
		await write("x");
		const socket = await greeted();
		const hostile = '<img src=x onerror="alert(1)"> javascript:alert(1)';
		socket.say({ type: "entries", entries: [entry(1, { text: hostile }), own(2, "c", { text: hostile })] });

		await vi.waitFor(() => expect(all(".lines .bubble").at(-2)?.textContent).toContain(hostile));
		expect(all("img, .bubble a")).toEqual([]);
	});
});

describe("answers to press", () => {
	const asked = entry(3, { buttons: [{ title: "Wait" }, { title: "Cancel" }] });

	it("are sent by number, stay, and are marked as chosen", async () => {
		await openPanel();
		await write("x");
		const socket = await greeted({ entries: [asked] });
		socket.say({ type: "ack", id: socket.commands[0]?.id });
		(await find(".choices li:nth-child(2) button")).click();

		await vi.waitFor(() => expect(socket.commands.at(-1)).toMatchObject({ type: "press", seq: 3, index: 1 }));
		await find('.choices button[aria-pressed="true"]');
		expect(all(".choices button").map((button) => button.getAttribute("aria-disabled"))).toEqual(["true", "true"]);
		all(".choices button")[0]?.click();
		expect(socket.commands.filter((command) => command.type === "press")).toHaveLength(1);
	});
});

describe("a person", () => {
	it("is asked for by the button that is always there, once", async () => {
		await openPanel();
		const button = await find(".person");
		button.click();
		button.click();

		const socket = await greeted();
		expect(socket.commands).toMatchObject([{ type: "human" }]);
	});

	it("who takes over is named in the header and on each message", async () => {
		await openPanel();
		await write("x");
		const socket = await greeted();
		socket.say({ type: "state", state: { ...state, owner: "agent", agent: { name: "Liisa" } } });
		socket.say({ type: "entries", entries: [entry(2, { author: { role: "agent", name: "Liisa" } })] });

		await vi.waitFor(() => expect(text(".answers")).toBe("Liisa, customer service"));
		expect((await find(".message.agent .meta")).textContent).toContain("Liisa customer service");
	});

	it("is waited for with place and time, and the customer can go back", async () => {
		await openPanel();
		await write("x");
		const socket = await greeted();
		socket.say({ type: "ack", id: socket.commands[0]?.id });
		socket.say({
			type: "state",
			state: { ...state, owner: "queue", queue: { place: 2, from_minutes: 3, to_minutes: 8 } },
		});

		expect((await find(".queue p")).textContent).toBe(
			"You are number 2 in the queue. The estimated wait is 3 to 8 minutes.",
		);
		all(".queue button")[0]?.click();
		await vi.waitFor(() => expect(socket.commands.at(-1)).toMatchObject({ type: "leave_queue" }));
	});
});

describe("the survey", () => {
	it("is one question, needs a score, and thanks", async () => {
		await openPanel();
		await write("x");
		const socket = await greeted({ state: { ...state, owner: "closed", survey: { case: 4 } } });
		socket.say({ type: "ack", id: socket.commands[0]?.id });
		const form = (await find(".survey")) as HTMLFormElement;
		form.requestSubmit();
		await find("#choose");
		(all('.scores input[value="5"]')[0] as HTMLInputElement).click();
		await vi.waitFor(() => expect(all("#choose")).toEqual([]));
		form.requestSubmit();

		await find(".thanks");
		expect(socket.commands.at(-1)).toMatchObject({ type: "rate", case: 4, score: 5, text: "" });
	});
});

describe("the survey of another scale", () => {
	it("asks from none to ten whether one would recommend the shop", async () => {
		await openPanel();
		await write("x");
		const survey = { case: 4, scale: "nps" as const };
		const socket = await greeted({ state: { ...state, owner: "closed", survey } });
		socket.say({ type: "ack", id: socket.commands[0]?.id });
		const form = (await find(".survey")) as HTMLFormElement;
		expect(form.querySelector("legend")?.textContent).toContain("recommend");
		expect(all(".scores input")).toHaveLength(11);
		expect(all(".scores .unseen").at(0)?.textContent).toBe("0: Not at all");
		(all('.scores input[value="0"]')[0] as HTMLInputElement).click();
		await vi.waitFor(() => {
			form.requestSubmit();
			expect(all(".thanks")).toHaveLength(1);
		});
		expect(socket.commands.at(-1)).toMatchObject({ type: "rate", case: 4, score: 0 });
	});
});

describe("an unknown session", () => {
	it("begins a new conversation with what was to be sent", async () => {
		localStorage.setItem("aspa-chat", JSON.stringify({ token: "old", seen: 9, pending: [], locale: null }));
		await openPanel();
		await write("Hei");
		(await vi.waitFor(() => FakeSocket.last)).open().say({ type: "error", code: "session_unknown" });

		await vi.waitFor(() => expect(FakeSocket.all).toHaveLength(2), { timeout: 3_000 });
		const socket = await greeted();
		expect(socket.frames).toMatchObject([
			{ type: "hello", token: "t", after: 0 },
			{ type: "write", text: "Hei" },
		]);
	});
});

describe("what is read out", () => {
	it("is each new message once, with its author and in its language, and not the history", async () => {
		await openPanel();
		await write("x");
		const socket = await greeted({ entries: [entry(1)] });
		socket.say({ type: "entries", entries: [entry(2, { text: "Tervetuloa", lang: "fi" })] });
		socket.say({ type: "entries", entries: [entry(2, { text: "Tervetuloa", lang: "fi" })] });

		const said = all('[role="status"] p').map((line) => [line.lang, line.textContent]);
		expect(said).toEqual([["fi", "Assistant: Tervetuloa"]]);
	});
});

describe("the button", () => {
	it("tells how many messages came while the panel was closed", async () => {
		localStorage.setItem("aspa-chat", JSON.stringify({ token: "t", seen: 1, pending: [], locale: null }));
		const { button } = await makePanel();
		await greeted({ entries: [entry(1), entry(2), entry(3)] });

		await vi.waitFor(() => expect(button.getAttribute("aria-label")).toBe("Ask us (2 new messages)"));
		expect(button.querySelector("b")?.textContent).toBe("2");
	});
});

describe("the language", () => {
	it("follows the page until the customer chooses one", async () => {
		const { panel } = await openPanel({ locale: "fi" });
		await vi.waitFor(() => expect(text(".person")).toBe("Pyydä asiakaspalvelija"));
		panel.follow("et-EE");
		await vi.waitFor(() => expect(text(".person")).toBe("Kutsu teenindaja"));

		const select = (await find("select")) as HTMLSelectElement;
		select.value = "en";
		select.dispatchEvent(new Event("change", { bubbles: true }));
		await vi.waitFor(() => expect(text(".person")).toBe("Talk to a person"));
		panel.follow("fi");

		await new Promise((done) => setTimeout(done, 20));
		expect(text(".person")).toBe("Talk to a person");
	});
});

describe("going on in Telegram", () => {
	const withTelegram = () => {
		answers["/api/widget/config"] = () => Response.json({ ...config, go_on: ["telegram"] });
	};

	async function talk() {
		await openPanel();
		await write("Hello");
		await greeted({ entries: [entry(1)] });
		await find(".message");
	}

	it("is offered only by a shop that has it", async () => {
		await talk();
		expect(all(".go-on")).toEqual([]);
	});

	it("asks for a link when it is wanted, and takes nothing but a web address", async () => {
		withTelegram();
		await talk();
		const links = ["javascript:alert(1)", "https://t.me/shop_bot?start=ticket"];
		answers["/api/widget/go_on"] = () => Response.json({ links: { telegram: links.shift() } });
		(await find(".go-on button")).click();
		await find(".go-on [role=alert]");
		expect(all(".go-on a")).toEqual([]);
		(await find(".go-on button")).click();
		const link = (await find(".go-on a")) as HTMLAnchorElement;
		expect(link.href).toBe("https://t.me/shop_bot?start=ticket");
		expect(host.shadowRoot?.activeElement).toBe(link);
	});
});
