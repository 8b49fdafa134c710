import { backoff } from "./backoff";
import { Heartbeat } from "./heartbeat";
import { Outbox } from "./outbox";
import type { Ack, Command, Pong, Refusal, Reject } from "./protocol";
import type { OpenTransport, Transport } from "./transport";

export { Rejected } from "./outbox";
export { socketTransport, socketUrl } from "./transport";

/**
 * idle: not started, or stopped · connecting: the first attempt after the start or a loss · open: greeted by the desk ·
 * offline: an attempt has failed, or the browser says that there is no network; attempts go on.
 */
export type LinkState = "idle" | "connecting" | "open" | "offline";

export interface LinkOptions<Message> {
	/** Where the link writes its state: a signal where one watches (`signal<LinkState>("idle")`), or anything with a value. */
	state: { value: LinkState };
	/** The first wire to try. */
	socket: OpenTransport;
	/** Another wire for networks that cut sockets off, loaded only when it is needed. */
	fallback?: () => Promise<OpenTransport>;
	/** The greeting, asked for at every attempt so that it carries the newest cursor. May first make a session; may throw. */
	hello: () => object | Promise<object>;
	/** Everything that is not the link's own business, `welcome` included (before what waits in the outbox is sent). */
	onMessage: (message: Message) => void;
	/** The desk refuses the session (`code` of its error, or "policy" for close code 1008). The link is idle until `start()`. */
	onRefused?: (code: string) => void;
}

/** How long a wire may take from its opening to the desk's `welcome`. */
const WELCOME_MS = 8_000;
/** A wire that failed twice before the welcome gives way to the other kind. */
const FAILURES_BEFORE_SWITCH = 2;
const CLOSED_BY_POLICY = 1008;

/**
 * One connection to the desk that heals itself. Commands are kept until they are answered and sent again after a loss; what
 * was missed meanwhile comes after the greeting's cursor, so a lost wire costs time and nothing else.
 *
 *     const link = new Link({ state: signal("idle"), socket: socketTransport(url), hello: () => ({ type: "hello", … }), onMessage });
 *     link.start();
 *     await link.send({ type: "claim", id: newId(), conversation });   // throws Rejected
 */
export class Link<Message extends { type: string }, Cmd extends Command = Command, Signal extends object = object> {
	readonly state: { readonly value: LinkState };
	private readonly current: { value: LinkState };
	private readonly outbox = new Outbox(() => this.lost());
	private transport: Transport | null = null;
	private heartbeat: Heartbeat | null = null;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private attempt = 0;
	private failures = 0;
	private useFallback = false;
	/** An attempt is under way. */
	private dialling = false;
	/** Rises with every attempt and stop: what an earlier attempt still brings is ignored. */
	private generation = 0;

	constructor(private readonly options: LinkOptions<Message>) {
		this.state = this.current = options.state;
	}

	/** Commands not answered yet. */
	get waiting(): number {
		return this.outbox.size;
	}

	start(): void {
		if (this.current.value !== "idle") return;
		addEventListener("online", this.onOnline);
		addEventListener("offline", this.onOffline);
		document.addEventListener("visibilitychange", this.onVisibility);
		this.current.value = "connecting";
		// After a refusal the next attempt waits its turn like any other.
		if (this.attempt === 0) this.connect();
		else this.retry();
	}

	/** Ends the connection; what was not answered is kept for the next `start()`. */
	stop(): void {
		removeEventListener("online", this.onOnline);
		removeEventListener("offline", this.onOffline);
		document.removeEventListener("visibilitychange", this.onVisibility);
		this.drop();
		this.current.value = "idle";
	}

	/** Keeps the command until the desk answers. Throws Rejected when the answer is no. May be called before `start()`. */
	send(command: Cmd): Promise<Ack> {
		return this.outbox.add(command);
	}

	/** Sent if the link is open, forgotten if not: typing, seen. */
	notify(frame: Signal): void {
		if (this.current.value === "open") this.transport?.send(frame);
	}

	private async connect(): Promise<void> {
		this.drop();
		this.dialling = true;
		const generation = this.generation;
		const own = () => generation === this.generation;
		this.timer = setTimeout(() => this.failed(), WELCOME_MS);
		try {
			const hello = await this.options.hello();
			const open = await this.chooseTransport();
			if (!own()) return;
			this.transport = open(hello, {
				opened: () => {},
				received: (message) => own() && this.received(message),
				alive: () => own() && this.alive(),
				closed: (code) => own() && this.closed(code),
			});
		} catch {
			if (own()) this.failed();
		}
	}

	private chooseTransport(): OpenTransport | Promise<OpenTransport> {
		const { socket, fallback } = this.options;
		return this.useFallback && fallback ? fallback() : socket;
	}

	/** A pong or its like: this wire has stood for a while. */
	private alive(): void {
		// Not the welcome: a desk that greets and then drops must not be hammered.
		this.attempt = 0;
		this.heartbeat?.alive();
	}

	private received(message: object): void {
		const known = message as Message | Ack | Reject | Pong | Refusal;
		this.heartbeat?.alive();
		switch (known.type) {
			case "pong":
				return this.alive();
			case "ack":
			case "reject":
				return this.outbox.answered(known as Ack | Reject);
			case "error":
				return this.refused((known as Refusal).code);
			case "welcome":
				this.options.onMessage(known as Message);
				return this.welcomed();
			default:
				this.options.onMessage(known as Message);
		}
	}

	private welcomed(): void {
		const transport = this.transport;
		if (!transport || this.current.value === "open") return;
		clearTimeout(this.timer);
		this.dialling = false;
		this.failures = 0;
		const ping = transport.pings ? () => transport.send({ type: "ping" }) : null;
		this.heartbeat = new Heartbeat(ping, () => this.lost());
		this.heartbeat.alive();
		this.current.value = "open";
		this.outbox.open((frame) => transport.send(frame));
	}

	private closed(code: number | undefined): void {
		if (code === CLOSED_BY_POLICY) this.refused("policy");
		else if (this.current.value === "open") this.lost();
		else this.failed();
	}

	private refused(code: string): void {
		this.stop();
		this.attempt += 1;
		this.options.onRefused?.(code);
	}

	/** An open wire broke: try again soon, and say so only if that fails. */
	private lost(): void {
		this.current.value = "connecting";
		this.retry();
	}

	/** An attempt came to nothing. */
	private failed(): void {
		this.current.value = "offline";
		this.failures += 1;
		if (this.failures >= FAILURES_BEFORE_SWITCH && this.options.fallback) {
			this.failures = 0;
			this.useFallback = !this.useFallback;
		}
		this.retry();
	}

	private retry(): void {
		this.drop();
		this.timer = setTimeout(() => this.connect(), backoff(this.attempt++));
	}

	private drop(): void {
		this.generation += 1;
		clearTimeout(this.timer);
		this.heartbeat?.stop();
		this.heartbeat = null;
		this.dialling = false;
		this.outbox.close();
		this.transport?.close();
		this.transport = null;
	}

	private readonly onOnline = () => this.hurry();

	private readonly onOffline = () => {
		this.current.value = "offline";
		// Browsers err here (a desk on this machine, a VPN): attempts go on, only slower.
		this.retry();
	};

	private readonly onVisibility = () => {
		if (document.visibilityState === "visible") this.hurry();
	};

	/** Something has changed for the better: ask the wire, or stop waiting for the next attempt. */
	private hurry(): void {
		if (this.heartbeat) return this.heartbeat.probe();
		if (this.dialling) return;
		this.attempt = 0;
		this.connect();
	}
}
