/** After this much silence a ping is sent … */
const QUIET_MS = 5_000;
/** … and after this much more the wire is dead. Together under ten seconds. */
const ANSWER_MS = 4_000;

/**
 * Finds wires that are cut without a word (a sleeping laptop, a train in a tunnel). A wire without pings only has to bring
 * some sign of life within the same time.
 */
export class Heartbeat {
	private timer: ReturnType<typeof setTimeout> | undefined;

	constructor(
		private readonly ping: (() => void) | null,
		private readonly dead: () => void,
	) {}

	/** Something was received: the wire lives. */
	alive(): void {
		clearTimeout(this.timer);
		this.timer = this.ping ? setTimeout(() => this.probe(), QUIET_MS) : setTimeout(this.dead, QUIET_MS + ANSWER_MS);
	}

	/** Asks at once, as after the page was hidden: timers of hidden pages sleep. */
	probe(): void {
		if (!this.ping) return;
		clearTimeout(this.timer);
		this.timer = setTimeout(this.dead, ANSWER_MS);
		this.ping();
	}

	stop(): void {
		clearTimeout(this.timer);
	}
}
