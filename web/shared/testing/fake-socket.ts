/** A WebSocket whose other end is the test. */
export class FakeSocket {
	static all: FakeSocket[] = [];
	static get last(): FakeSocket {
		const socket = FakeSocket.all.at(-1);
		if (!socket) throw new Error("No socket was opened.");
		return socket;
	}

	onopen: (() => void) | null = null;
	onmessage: ((event: { data: string }) => void) | null = null;
	onclose: ((event: { code: number }) => void) | null = null;
	readonly frames: Record<string, unknown>[] = [];
	ended = false;

	constructor(readonly url: string) {
		FakeSocket.all.push(this);
	}

	send(frame: string): void {
		this.frames.push(JSON.parse(frame));
	}

	close(): void {
		this.ended = true;
	}

	// ---- what the desk does ----

	open(): this {
		this.onopen?.();
		return this;
	}

	say(message: object): this {
		this.onmessage?.({ data: JSON.stringify(message) });
		return this;
	}

	sayRaw(data: string): this {
		this.onmessage?.({ data });
		return this;
	}

	/** The connection ends from the desk's side or on the way. */
	break(code = 1006): this {
		this.onclose?.({ code });
		return this;
	}

	welcome(): this {
		return this.open().say({ type: "welcome" });
	}

	/** The frames that are neither greeting nor ping. */
	get commands(): Record<string, unknown>[] {
		return this.frames.filter(({ type }) => type !== "hello" && type !== "ping");
	}
}
