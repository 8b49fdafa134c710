import { afterEach, beforeEach, vi } from "vitest";
import { Link, socketTransport } from "../link";
import { FakeSocket } from "./fake-socket";

type Message = { type: string };
type Options = ConstructorParameters<typeof Link<Message>>[0];

/** A link on fake sockets and a fake clock, and what it did. Jitter is at its longest, so that waits can be told. */
export class Bench {
	link!: Link<Message>;
	cursor = 0;
	received: Message[] = [];
	refused: string[] = [];

	constructor() {
		beforeEach(() => {
			vi.useFakeTimers();
			vi.stubGlobal("WebSocket", FakeSocket);
			vi.spyOn(Math, "random").mockReturnValue(1);
			FakeSocket.all = [];
			this.cursor = 0;
			this.received = [];
			this.refused = [];
		});
		afterEach(() => {
			this.link.stop();
			vi.useRealTimers();
			vi.unstubAllGlobals();
			vi.restoreAllMocks();
		});
	}

	make(options: Partial<Options> = {}): Link<Message> {
		this.link = new Link<Message>({
			state: { value: "idle" },
			socket: socketTransport("ws://desk/socket"),
			hello: () => ({ type: "hello", after: this.cursor }),
			onMessage: (message) => this.received.push(message),
			onRefused: (code) => this.refused.push(code),
			...options,
		});
		return this.link;
	}

	/** A link that the desk has greeted. */
	async started(): Promise<FakeSocket> {
		this.make().start();
		await settle();
		return FakeSocket.last.welcome();
	}
}

/** Lets promises run, but no timer. */
export const settle = () => vi.advanceTimersByTimeAsync(0);

export const write = (id: string) => ({ type: "write", id, text: id });
