import type { Ack, Command, Reject } from "./protocol";

/** The desk refused a command for good, or never answered it (`no_answer`). */
export class Rejected extends Error {
	constructor(readonly reject: Reject) {
		super(reject.message);
		this.name = "Rejected";
	}

	get code(): string {
		return this.reject.code;
	}
}

interface Item {
	command: Command;
	resolve(ack: Ack): void;
	fail(error: Rejected): void;
	promise: Promise<Ack>;
	/** How often it was sent without an answer over a wire that was alive. */
	unanswered: number;
}

/** How long an answer may take; a desk that is alive answers in milliseconds. */
const ANSWER_MS = 10_000;
const TRIES = 3;

/**
 * Commands that the desk has not answered yet, in the order of the customer's doing. One is under way at a time: so the order
 * on the transcript is that order even when one is refused for now, or when commands go over separate HTTP requests.
 */
export class Outbox {
	private items: Item[] = [];
	private write: ((frame: object) => void) | null = null;
	private timer: ReturnType<typeof setTimeout> | undefined;

	/** `stuck` is called when a command stays without an answer: the wire is not what it seems. */
	constructor(private readonly stuck: () => void) {}

	get size(): number {
		return this.items.length;
	}

	/** Keeps the command until it is answered. The same id again is the same command. */
	add(command: Command): Promise<Ack> {
		const known = this.items.find((item) => item.command.id === command.id);
		if (known) return known.promise;
		const { promise, resolve, reject } = withResolvers<Ack>();
		this.items.push({ command, resolve, fail: reject, promise, unanswered: 0 });
		if (this.items.length === 1) this.sendFirst();
		return promise;
	}

	/** The wire is open: what waits is sent, what was under way is sent again. */
	open(write: (frame: object) => void): void {
		this.write = write;
		this.sendFirst();
	}

	/** The wire is gone: everything waits. */
	close(): void {
		this.write = null;
		clearTimeout(this.timer);
	}

	answered(answer: Ack | Reject): void {
		const item = this.items[0];
		// An answer to an earlier sending of the same command may come twice; only the first counts.
		if (item?.command.id !== answer.id) return;
		clearTimeout(this.timer);
		if (answer.type === "reject" && (answer.code === "unavailable" || answer.code === "rate_limited")) {
			item.unanswered = 0;
			this.timer = setTimeout(() => this.sendFirst(), (answer.retry_after ?? 1) * 1000);
			return;
		}
		this.settle(item, answer);
	}

	private settle(item: Item, answer: Ack | Reject): void {
		this.items.shift();
		if (answer.type === "ack") item.resolve(answer);
		else item.fail(new Rejected(answer));
		this.sendFirst();
	}

	private sendFirst(): void {
		clearTimeout(this.timer);
		const item = this.items[0];
		if (!item || !this.write) return;
		this.timer = setTimeout(() => this.noAnswer(item), ANSWER_MS);
		this.write(item.command);
	}

	private noAnswer(item: Item): void {
		item.unanswered += 1;
		if (item.unanswered < TRIES) this.stuck();
		// One command that the desk cannot answer must not hold up all that comes after it.
		else
			this.settle(item, {
				type: "reject",
				id: item.command.id,
				code: "no_answer",
				message: "The desk gave no answer.",
			});
	}
}

function withResolvers<T>() {
	let resolve!: (value: T) => void;
	let reject!: (reason: Rejected) => void;
	const promise = new Promise<T>((yes, no) => {
		resolve = yes;
		reject = no;
	});
	// Whoever does not look at the result (a language switch, say) must not raise an unhandled rejection.
	promise.catch(() => {});
	return { promise, resolve, reject };
}
