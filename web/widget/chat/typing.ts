import type { Author } from "../../shared/protocol";

/** A "typing" is shown this long unless it is repeated. */
const SHOWN_MS = 6_000;
/** While the customer types, the desk is told again after this long. */
const REPEAT_MS = 4_000;
const PAUSE_MS = 5_000;

/** Who on the other side is writing, forgotten in time even if the end of it is lost on the way. */
export class OthersTyping {
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly show: (author: Author | null) => void) {}

	heard(author: Author, on: boolean): void {
		clearTimeout(this.timer);
		this.show(on ? author : null);
		if (on) this.timer = setTimeout(() => this.show(null), SHOWN_MS);
	}

	stop(): void {
		clearTimeout(this.timer);
		this.show(null);
	}
}

/** Tells the desk that the customer is writing: at once, then every few seconds, and when it ends. */
export class OwnTyping {
	private toldAt = 0;
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(private readonly tell: (on: boolean) => void) {}

	wrote(): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.ended(), PAUSE_MS);
		if (Date.now() - this.toldAt < REPEAT_MS) return;
		this.toldAt = Date.now();
		this.tell(true);
	}

	ended(): void {
		clearTimeout(this.timer);
		if (this.toldAt) this.tell(false);
		this.toldAt = 0;
	}
}
