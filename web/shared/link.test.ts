import { describe, expect, it, vi } from "vitest";
import { Rejected } from "./link";
import { FakeSocket } from "./testing/fake-socket";
import { Bench, settle, write } from "./testing/link";

const bench = new Bench();

describe("the greeting", () => {
	it("is the first frame, and the desk's welcome opens the link", async () => {
		bench.make().start();
		await settle();
		expect(bench.link.state.value).toBe("connecting");

		FakeSocket.last.welcome();

		expect(FakeSocket.last.frames).toEqual([{ type: "hello", after: 0 }]);
		expect(bench.link.state.value).toBe("open");
		expect(bench.received).toEqual([{ type: "welcome" }]);
	});

	it("carries the newest cursor at every attempt", async () => {
		const first = await bench.started();
		bench.cursor = 12;

		first.break();
		await vi.advanceTimersByTimeAsync(500);

		expect(FakeSocket.last.open().frames).toEqual([{ type: "hello", after: 12 }]);
	});

	it("may fail to be made, which is one failed attempt", async () => {
		const hello = vi.fn().mockRejectedValueOnce(new Error("no session")).mockReturnValue({ type: "hello" });
		bench.make({ hello }).start();
		await settle();
		expect(bench.link.state.value).toBe("offline");

		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.welcome();

		expect(bench.link.state.value).toBe("open");
	});

	it("that is not answered in 8 s is a failed attempt", async () => {
		bench.make().start();
		await settle();
		FakeSocket.last.open();

		await vi.advanceTimersByTimeAsync(8_000);

		expect(bench.link.state.value).toBe("offline");
		expect(FakeSocket.last.ended).toBe(true);
	});
});

describe("commands", () => {
	it("are answered by their ack", async () => {
		const socket = await bench.started();
		const sent = bench.link.send(write("a"));

		socket.say({ type: "ack", id: "a", seq: 4 });

		await expect(sent).resolves.toEqual({ type: "ack", id: "a", seq: 4 });
		expect(bench.link.waiting).toBe(0);
	});

	it("throw the desk's reason when they are rejected", async () => {
		const socket = await bench.started();
		const sent = bench.link.send(write("a"));

		socket.say({ type: "reject", id: "a", code: "too_long", message: "Too long." });

		await expect(sent).rejects.toSatisfy((error) => error instanceof Rejected && error.code === "too_long");
	});

	it("that are given before the start are sent after the welcome", async () => {
		bench.make();
		bench.link.send(write("a"));
		bench.link.start();
		await settle();
		expect(FakeSocket.last.open().commands).toEqual([]);

		FakeSocket.last.say({ type: "welcome" });

		expect(FakeSocket.last.commands).toEqual([write("a")]);
	});

	it("go one at a time, so that their order is kept", async () => {
		const socket = await bench.started();
		bench.link.send(write("a"));
		bench.link.send(write("b"));
		expect(socket.commands).toEqual([write("a")]);

		socket.say({ type: "ack", id: "a", seq: 1 });

		expect(socket.commands).toEqual([write("a"), write("b")]);
	});

	it("without an answer are sent again after a reconnect, with the same id, and those with one are not", async () => {
		const first = await bench.started();
		bench.link.send(write("a"));
		bench.link.send(write("b"));
		first.say({ type: "ack", id: "a", seq: 1 });

		first.break();
		await vi.advanceTimersByTimeAsync(500);
		FakeSocket.last.welcome();

		expect(FakeSocket.last.commands).toEqual([write("b")]);
	});

	it("wait as long as the desk asks, and the order stays", async () => {
		const socket = await bench.started();
		bench.link.send(write("a"));
		bench.link.send(write("b"));
		socket.say({ type: "reject", id: "a", code: "rate_limited", message: "Slowly.", retry_after: 3 });

		await vi.advanceTimersByTimeAsync(2_900);
		expect(socket.commands).toEqual([write("a")]);
		await vi.advanceTimersByTimeAsync(200);

		expect(socket.commands).toEqual([write("a"), write("a")]);
	});

	it("given twice under one id are one command", async () => {
		const socket = await bench.started();
		const both = [bench.link.send(write("a")), bench.link.send(write("a"))];

		socket.say({ type: "ack", id: "a", seq: 1 });

		await Promise.all(both);
		expect(socket.commands).toEqual([write("a")]);
	});

	it("that stay unanswered three times over a living wire are given up, and the next one goes", async () => {
		await bench.started();
		const sent = bench.link.send(write("a"));
		sent.catch(() => {});
		bench.link.send(write("b"));

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
		bench.make();
		bench.link.notify({ type: "typing", on: true });
		bench.link.start();
		await settle();
		const socket = FakeSocket.last.welcome();

		bench.link.notify({ type: "seen", seq: 2 });

		expect(socket.commands).toEqual([{ type: "seen", seq: 2 }]);
	});
});
