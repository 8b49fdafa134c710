/** The wire under a link. Two kinds exist: the socket (here) and the stream (stream.ts), where sockets are cut off. */

export interface TransportEvents {
	/** The wire stands: the greeting may be sent. */
	opened(): void;
	/** One message from the desk, parsed. */
	received(message: object): void;
	/** Something came that is not a message: the wire lives. */
	alive(): void;
	/** The wire is gone; nothing follows. `code` is the socket's close code where there is one. */
	closed(code?: number): void;
}

export interface Transport {
	send(frame: object): void;
	/** Ends the wire without a further event. */
	close(): void;
	/** Whether pings keep watch over it; a wire without them brings its own signs of life. */
	readonly pings: boolean;
}

/** Opens a wire. `hello` is the greeting, for wires that need it to open (its token, its cursor). */
export type OpenTransport = (hello: object, events: TransportEvents) => Transport;

/** A native WebSocket to `url` (ws:, wss:). */
export function socketTransport(url: string): OpenTransport {
	return (hello, events) => {
		const socket = new WebSocket(url);
		socket.onopen = () => {
			socket.send(JSON.stringify(hello));
			events.opened();
		};
		socket.onmessage = ({ data }) => {
			const message = parse(data);
			if (message) events.received(message);
		};
		socket.onclose = ({ code }) => events.closed(code);
		return {
			pings: true,
			send: (frame) => socket.send(JSON.stringify(frame)),
			close: () => {
				socket.onopen = socket.onmessage = socket.onclose = null;
				socket.close();
			},
		};
	};
}

/** The desk's message, or null for what is none: a broken frame must not end the conversation. */
export function parse(data: unknown): object | null {
	try {
		const value: unknown = JSON.parse(String(data));
		return typeof value === "object" ? value : null;
	} catch {
		return null;
	}
}

/** "https://desk.example" + path → "wss://desk.example/path". */
export function socketUrl(origin: string, path: string): string {
	return origin.replace(/^http/, "ws") + path;
}
