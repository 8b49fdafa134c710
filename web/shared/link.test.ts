import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Link, Rejected, socketTransport } from "./link";
import { FakeSocket } from "./testing/fake-socket";
import type { OpenTransport, TransportEvents } from "./transport";

type Message = { type: string };

let cursor = 0;
let received: Message[] = [];
let refused: string[] = [];
let link: Link<Message>;

function makeLink(options: Partial<ConstructorParameters<typeof Link<Message>>[0]> = {}): Link<Message> {
	link = new Link<Message>({
		state: { value: "idle" },
		socket: socketTransport("ws://desk/socket"),
		hello: () => ({ type: "hello", after: cursor }),
		onMessage: (message) => received.push(message),
		onRefused: (code) => refused.push(code),
		...options,
	});
	return link;
}

async function started(options = {}): Promise<FakeSocket> {
	makeLink(options).start();
	await settle();
	return FakeSocket.last.welcome();
}

/** Lets promises run, but no timer. */
const settle = () => vi.advanceTimersByTimeAsync(0);

const write = (id: string) => ({ type: "write", id, text: id });

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("WebSocket", FakeSocket);
	vi.spyOn(Math, "random").mockReturnValue(1);
	FakeSocket.all = [];
	cursor = 0;
	received = [];
	refused = [];
});

afterEach(() => {
	link.stop();
	vi.useRealTimers();
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
});

describe("the greeting", () => {
	it("is the first frame, and the desk's welcome opens the link", async () => {
		makeLink().start();
		await settle();
		expect(link.state.value).toBe("connecting");

		FakeSocket.last.welcome();

		expect(FakeSocket.last.frames).toEqual([{ type: "hello", after: 0 }]);
		expect(link.state.value).toBe("open");
		expect(received).toEqual([{ type: "welcome" }]);
	});

	it("carries the newest cursor at every attempt", async () => {
		const first = await started();
		cursor = 12;

		first.break();
		await vi.advanceTimersByTimeAsync(500);

		expect(FakeSocket.last.open().frames).toEqual([{ type: "hello", after: 12 }]);
	});

	it("may fail to be made, which is one failed attempt", async () => {
		const hello = vi.fn().mockRejectedValueOnce(new Error("no session")).mockReturnValue({ type: "hello" });
		makeLink({ hello }).start();
		await settle();
		expect(link.state.value).toBe("offline");

		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.welcome();

		expect(link.state.value).toBe("open");
	});

	it("that is not answered in 8 s is a failed attempt", async () => {
		makeLink().start();
		await settle();
		FakeSocket.last.open();

		await vi.advanceTimersByTimeAsync(8_000);

		expect(link.state.value).toBe("offline");
		expect(FakeSocket.last.ended).toBe(true);
	});
});

describe("commands", () => {
	it("are answered by their ack", async () => {
		const socket = await started();
		const sent = link.send(write("a"));

		socket.say({ type: "ack", id: "a", seq: 4 });

		await expect(sent).resolves.toEqual({ type: "ack", id: "a", seq: 4 });
		expect(link.waiting).toBe(0);
	});

	it("throw the desk's reason when they are rejected", async () => {
		const socket = await started();
		const sent = link.send(write("a"));

		socket.say({ type: "reject", id: "a", code: "too_long", message: "Too long." });

		await expect(sent).rejects.toSatisfy((error) => error instanceof Rejected && error.code === "too_long");
	});

	it("that are given before the start are sent after the welcome", async () => {
		makeLink();
		link.send(write("a"));
		link.start();
		await settle();
		expect(FakeSocket.last.open().commands).toEqual([]);

		FakeSocket.last.say({ type: "welcome" });

		expect(FakeSocket.last.commands).toEqual([write("a")]);
	});

	it("go one at a time, so that their order is kept", async () => {
		const socket = await started();
		link.send(write("a"));
		link.send(write("b"));
		expect(socket.commands).toEqual([write("a")]);

		socket.say({ type: "ack", id: "a", seq: 1 });

		expect(socket.commands).toEqual([write("a"), write("b")]);
	});

	it("without an answer are sent again after a reconnect, with the same id, and those with one are not", async () => {
		const first = await started();
		link.send(write("a"));
		link.send(write("b"));
		first.say({ type: "ack", id: "a", seq: 1 });

		first.break();
		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.welcome();

		expect(FakeSocket.last.commands).toEqual([write("b")]);
	});

	it("wait as long as the desk asks, and the order stays", async () => {
		const socket = await started();
		link.send(write("a"));
		link.send(write("b"));
		socket.say({ type: "reject", id: "a", code: "rate_limited", message: "Slowly.", retry_after: 3 });

		await vi.advanceTimersByTimeAsync(2_900);
		expect(socket.commands).toEqual([write("a")]);
		await vi.advanceTimersByTimeAsync(200);

		expect(socket.commands).toEqual([write("a"), write("a")]);
	});

	it("given twice under one id are one command", async () => {
		const socket = await started();
		const both = [link.send(write("a")), link.send(write("a"))];

		socket.say({ type: "ack", id: "a", seq: 1 });

		await Promise.all(both);
		expect(socket.commands).toEqual([write("a")]);
	});

	it("that stay unanswered three times over a living wire are given up, and the next one goes", async () => {
		await started();
		const sent = link.send(write("a"));
		sent.catch(() => {});
		link.send(write("b"));

		for (let round = 0; round < 3; round++) {
			for (let second = 0; second < 10; second++) {
				await vi.advanceTimersByTimeAsync(1_000);
				FakeSocket.last.say({ type: "pong" });
			}
			await vi.advanceTimersByTimeAsync(500);
			if (round < 2) FakeSocket.last.welcome();
		}

		await expect(sent).rejects.toMatchObject({ code: "no_answer" });
		expect(FakeSocket.last.commands.at(-1)).toEqual(write("b"));
	});
});

describe("signals", () => {
	it("are sent over an open link and forgotten otherwise", async () => {
		makeLink();
		link.notify({ type: "typing", on: true });
		link.start();
		await settle();
		const socket = FakeSocket.last.welcome();

		link.notify({ type: "seen", seq: 2 });

		expect(socket.commands).toEqual([{ type: "seen", seq: 2 }]);
	});
});

describe("a lost wire", () => {
	it("is tried again soon, and called offline only when that fails", async () => {
		(await started()).break();
		expect(link.state.value).toBe("connecting");

		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.break();

		expect(link.state.value).toBe("offline");
	});

	it("is tried again at growing intervals up to 30 s", async () => {
		(await started()).break();
		const waits: number[] = [];

		for (let attempt = 0; attempt < 9; attempt++) {
			const before = FakeSocket.all.length;
			const from = Date.now();
			while (FakeSocket.all.length === before) await vi.advanceTimersByTimeAsync(100);
			waits.push(Date.now() - from);
			FakeSocket.last.break();
		}

		expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
	});

	it("that breaks right after each welcome is not hammered", async () => {
		(await started()).break();
		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.welcome().break();
		const before = FakeSocket.all.length;

		await vi.advanceTimersByTimeAsync(900);
		expect(FakeSocket.all.length).toBe(before);
		await vi.advanceTimersByTimeAsync(200);
		expect(FakeSocket.all.length).toBe(before + 1);
	});

	it("is found within ten seconds when it is cut without a word", async () => {
		const socket = await started();

		await vi.advanceTimersByTimeAsync(5_000);
		expect(socket.frames.at(-1)).toEqual({ type: "ping" });
		await vi.advanceTimersByTimeAsync(4_999);

		expect(socket.ended).toBe(true);
	});

	it("is not suspected while pongs come", async () => {
		const socket = await started();

		for (let second = 0; second < 60; second++) {
			await vi.advanceTimersByTimeAsync(1_000);
			if (socket.frames.at(-1)?.type === "ping") socket.say({ type: "pong" });
		}

		expect(FakeSocket.all).toHaveLength(1);
	});

	it("does not bring what came late from the earlier wire", async () => {
		const first = await started();
		const late = first.onmessage;
		first.break();

		late?.({ data: JSON.stringify({ type: "state" }) });

		expect(received).toEqual([{ type: "welcome" }]);
	});

	it("survives frames that are not JSON", async () => {
		const socket = await started();
		socket.sayRaw("<html>").sayRaw("null").say({ type: "state" });

		expect(received.map(({ type }) => type)).toEqual(["welcome", "state"]);
	});
});

describe("the browser's signs", () => {
	it("offline shows at once", async () => {
		await started();
		dispatchEvent(new Event("offline"));

		expect(link.state.value).toBe("offline");
	});

	it("online ends the wait", async () => {
		(await started()).break();
		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.break();
		const before = FakeSocket.all.length;

		dispatchEvent(new Event("online"));
		await settle();

		expect(FakeSocket.all.length).toBe(before + 1);
	});

	it("a page that comes into sight asks the wire at once", async () => {
		const socket = await started();
		document.dispatchEvent(new Event("visibilitychange"));

		expect(socket.frames.at(-1)).toEqual({ type: "ping" });
	});

	it("do not cut short an attempt that is under way", async () => {
		makeLink({ hello: () => new Promise(() => {}) }).start();
		const hello = vi.spyOn(link as unknown as { connect(): void }, "connect");
		dispatchEvent(new Event("online"));

		expect(hello).not.toHaveBeenCalled();
	});
});

describe("a refusal", () => {
	it("of the session stops the link and says why; a new start greets again after a wait", async () => {
		makeLink().start();
		await settle();
		FakeSocket.last.open().say({ type: "error", code: "session_unknown" });
		expect([link.state.value, refused]).toEqual(["idle", ["session_unknown"]]);

		link.start();
		await settle();
		expect(FakeSocket.all).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(1_000);
		FakeSocket.last.welcome();

		expect(link.state.value).toBe("open");
	});

	it("by close code 1008 is one by policy", async () => {
		(await started()).break(1008);

		expect([link.state.value, refused]).toEqual(["idle", ["policy"]]);
	});

	it("keeps the commands", async () => {
		const socket = await started();
		link.send(write("a"));
		socket.say({ type: "error", code: "session_unknown" });
		link.start();
		await vi.advanceTimersByTimeAsync(1_000);
		FakeSocket.last.welcome();

		expect(FakeSocket.last.commands).toEqual([write("a")]);
	});
});

describe("the other wire", () => {
	let wire: { events: TransportEvents; frames: object[] } | null = null;
	const stream: OpenTransport = (hello, events) => {
		const frames = [hello];
		wire = { events, frames };
		return { pings: false, send: (frame) => frames.push(frame), close: () => {} };
	};
	const fallback = async () => stream;

	async function cutOff(): Promise<void> {
		makeLink({ fallback }).start();
		await settle();
		FakeSocket.last.break();
		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.break();
		await vi.advanceTimersByTimeAsync(1_000);
	}

	it("is taken when the socket cannot be opened twice, and carries commands", async () => {
		await cutOff();
		link.send(write("a"));
		wire?.events.received({ type: "welcome" });

		expect(link.state.value).toBe("open");
		expect(wire?.frames).toEqual([{ type: "hello", after: 0 }, write("a")]);
	});

	it("sends no pings but must show a sign of life within ten seconds", async () => {
		await cutOff();
		wire?.events.received({ type: "welcome" });

		await vi.advanceTimersByTimeAsync(5_000);
		wire?.events.alive();
		await vi.advanceTimersByTimeAsync(8_000);
		expect(link.state.value).toBe("open");
		await vi.advanceTimersByTimeAsync(1_000);

		expect(link.state.value).toBe("connecting");
	});

	it("gives way to the socket again when it fails twice itself", async () => {
		await cutOff();
		const sockets = FakeSocket.all.length;
		wire?.events.closed();
		await vi.advanceTimersByTimeAsync(2_000);
		wire?.events.closed();
		await vi.advanceTimersByTimeAsync(4_000);

		expect(FakeSocket.all.length).toBe(sockets + 1);
	});
});
