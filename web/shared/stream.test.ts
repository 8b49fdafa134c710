import { afterEach, describe, expect, it, vi } from "vitest";
import { reader, streamTransport } from "./stream";

function collect() {
	const messages: object[] = [];
	let beats = 0;
	const events = {
		opened: () => {},
		received: (message: object) => messages.push(message),
		alive: () => {
			beats += 1;
		},
		closed: vi.fn(),
	};
	return { messages, events, beats: () => beats };
}

const hello = { type: "hello", token: "t", after: 7, locale: "fi" };
const open = (events: ReturnType<typeof collect>["events"]) =>
	streamTransport({ events: "https://desk/events", command: "https://desk/command" })(hello, events);

function answerWith(...responses: Response[]) {
	const fetch = vi.fn<typeof globalThis.fetch>(async () => responses.shift() ?? new Response(null, { status: 500 }));
	vi.stubGlobal("fetch", fetch);
	return fetch;
}

const never = () => new Response(new ReadableStream(), { status: 200 });

afterEach(() => vi.unstubAllGlobals());

describe("the reader", () => {
	it("puts messages together however they were cut", () => {
		const text =
			'id: 3\nevent: message\ndata: {"type":"entries","text":"ä"}\n\n: beat\n\ndata: {"type":\ndata: "state"}\r\n\r\n';
		for (const size of [1, 2, 7, 1000]) {
			const { messages, events } = collect();
			const read = reader(events);
			for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
			expect(messages).toEqual([{ type: "entries", text: "ä" }, { type: "state" }]);
		}
	});

	it("takes comments as signs of life only", () => {
		const { messages, events, beats } = collect();
		reader(events)(": beat\n\n");

		expect([messages, beats()]).toEqual([[], 1]);
	});
});

describe("the stream", () => {
	it("asks for what comes after the cursor, with the token in a header and not in the address", async () => {
		const fetch = answerWith(never());
		open(collect().events).close();

		const [url, init] = fetch.mock.calls[0] ?? [];
		expect(url).toBe("https://desk/events?after=7&locale=fi");
		expect(init?.headers).toEqual({ Authorization: "Bearer t" });
	});

	it("that is refused with 401 is an unknown session", async () => {
		answerWith(new Response(null, { status: 401 }));
		const { messages, events } = collect();
		open(events);

		await vi.waitFor(() => expect(messages).toEqual([{ type: "error", code: "session_unknown" }]));
	});

	it("that ends is a closed wire", async () => {
		answerWith(new Response('data: {"type":"welcome"}\n\n'));
		const { messages, events } = collect();
		open(events);

		await vi.waitFor(() => expect(events.closed).toHaveBeenCalled());
		expect(messages).toEqual([{ type: "welcome" }]);
	});

	it("posts a command and brings its answer", async () => {
		answerWith(never(), Response.json({ type: "ack", id: "a", seq: 8 }));
		const { messages, events } = collect();
		open(events).send({ type: "write", id: "a", text: "Hei" });

		await vi.waitFor(() => expect(messages).toEqual([{ type: "ack", id: "a", seq: 8 }]));
	});

	it("takes 503 for 'try again', and a guard's 413 for a reject", async () => {
		const tooLong = Response.json({ error: { code: "too_long", message: "Too long." } }, { status: 413 });
		answerWith(never(), new Response("oops", { status: 503, headers: { "Retry-After": "9" } }), tooLong);
		const { messages, events } = collect();
		const wire = open(events);
		wire.send({ type: "write", id: "a", text: "Hei" });
		wire.send({ type: "write", id: "b", text: "Hei" });

		await vi.waitFor(() => expect(messages).toHaveLength(2));
		expect(messages).toMatchObject([
			{ type: "reject", id: "a", code: "unavailable", retry_after: 9 },
			{ type: "reject", id: "b", code: "too_long", message: "Too long." },
		]);
	});
});
