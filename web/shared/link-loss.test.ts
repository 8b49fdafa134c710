import { describe, expect, it, vi } from "vitest";
import { FakeSocket } from "./testing/fake-socket";
import { Bench, settle, write } from "./testing/link";
import type { OpenTransport, TransportEvents } from "./transport";

const bench = new Bench();

describe("a lost wire", () => {
	it("is tried again soon, and called offline only when that fails", async () => {
		(await bench.started()).break();
		expect(bench.link.state.value).toBe("connecting");

		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.break();

		expect(bench.link.state.value).toBe("offline");
	});

	it("is tried again at growing intervals up to 30 s", async () => {
		(await bench.started()).break();
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
		(await bench.started()).break();
		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.welcome().break();
		const before = FakeSocket.all.length;

		await vi.advanceTimersByTimeAsync(900);
		expect(FakeSocket.all.length).toBe(before);
		await vi.advanceTimersByTimeAsync(200);
		expect(FakeSocket.all.length).toBe(before + 1);
	});

	it("is found within ten seconds when it is cut without a word", async () => {
		const socket = await bench.started();

		await vi.advanceTimersByTimeAsync(5_000);
		expect(socket.frames.at(-1)).toEqual({ type: "ping" });
		await vi.advanceTimersByTimeAsync(4_999);

		expect(socket.ended).toBe(true);
	});

	it("is not suspected while pongs come", async () => {
		const socket = await bench.started();

		for (let second = 0; second < 60; second++) {
			await vi.advanceTimersByTimeAsync(1_000);
			if (socket.frames.at(-1)?.type === "ping") socket.say({ type: "pong" });
		}

		expect(FakeSocket.all).toHaveLength(1);
	});

	it("does not bring what came late from the earlier wire", async () => {
		const first = await bench.started();
		const late = first.onmessage;
		first.break();

		late?.({ data: JSON.stringify({ type: "state" }) });

		expect(bench.received).toEqual([{ type: "welcome" }]);
	});

	it("survives frames that are not JSON", async () => {
		const socket = await bench.started();
		socket.sayRaw("<html>").sayRaw("null").say({ type: "state" });

		expect(bench.received.map(({ type }) => type)).toEqual(["welcome", "state"]);
	});
});

describe("the browser's signs", () => {
	it("offline shows at once", async () => {
		await bench.started();
		dispatchEvent(new Event("offline"));

		expect(bench.link.state.value).toBe("offline");
	});

	it("online ends the wait", async () => {
		(await bench.started()).break();
		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.break();
		const before = FakeSocket.all.length;

		dispatchEvent(new Event("online"));
		await settle();

		expect(FakeSocket.all.length).toBe(before + 1);
	});

	it("a page that comes into sight asks the wire at once", async () => {
		const socket = await bench.started();
		document.dispatchEvent(new Event("visibilitychange"));

		expect(socket.frames.at(-1)).toEqual({ type: "ping" });
	});

	it("do not cut short an attempt that is under way", async () => {
		bench.make({ hello: () => new Promise(() => {}) }).start();
		const hello = vi.spyOn(bench.link as unknown as { connect(): void }, "connect");
		dispatchEvent(new Event("online"));

		expect(hello).not.toHaveBeenCalled();
	});
});

describe("a refusal", () => {
	it("of the session stops the link and says why; a new start greets again after a wait", async () => {
		bench.make().start();
		await settle();
		FakeSocket.last.open().say({ type: "error", code: "session_unknown" });
		expect([bench.link.state.value, bench.refused]).toEqual(["idle", ["session_unknown"]]);

		bench.link.start();
		await settle();
		expect(FakeSocket.all).toHaveLength(1);
		await vi.advanceTimersByTimeAsync(1_000);
		FakeSocket.last.welcome();

		expect(bench.link.state.value).toBe("open");
	});

	it("by close code 1008 is one by policy", async () => {
		(await bench.started()).break(1008);

		expect([bench.link.state.value, bench.refused]).toEqual(["idle", ["policy"]]);
	});

	it("keeps the commands", async () => {
		const socket = await bench.started();
		bench.link.send(write("a"));
		socket.say({ type: "error", code: "session_unknown" });
		bench.link.start();
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
		bench.make({ fallback }).start();
		await settle();
		FakeSocket.last.break();
		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.break();
		await vi.advanceTimersByTimeAsync(1_000);
	}

	it("is taken when the socket cannot be opened twice, and carries commands", async () => {
		await cutOff();
		bench.link.send(write("a"));
		wire?.events.received({ type: "welcome" });

		expect(bench.link.state.value).toBe("open");
		expect(wire?.frames).toEqual([{ type: "hello", after: 0 }, write("a")]);
	});

	it("sends no pings but must show a sign of life within ten seconds", async () => {
		await cutOff();
		wire?.events.received({ type: "welcome" });

		await vi.advanceTimersByTimeAsync(5_000);
		wire?.events.alive();
		await vi.advanceTimersByTimeAsync(8_000);
		expect(bench.link.state.value).toBe("open");
		await vi.advanceTimersByTimeAsync(1_000);

		expect(bench.link.state.value).toBe("connecting");
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
