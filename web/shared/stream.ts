import type { Command, ErrorBody } from "./protocol";
import { type OpenTransport, parse, type TransportEvents } from "./transport";

export interface StreamAddresses {
	/** GET, server-sent events: what the socket would bring, beginning with `welcome`. */
	events: string;
	/** POST, one command. */
	command: string;
}

/**
 * Server-sent events and POST, for networks that cut sockets off. Read with fetch, not with EventSource: the token belongs
 * into a header, never into an address that proxies write down. The desk's comment lines are its signs of life.
 */
export function streamTransport(addresses: StreamAddresses): OpenTransport {
	return (hello, events) => {
		const { token, after, locale, customer } = hello as Record<"token" | "locale" | "customer", string> & {
			after: number;
		};
		const abort = new AbortController();
		const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
		if (customer) headers["X-Aspa-Customer"] = customer;
		const query = new URLSearchParams({ after: String(after), locale });
		listen(`${addresses.events}?${query}`, { headers, signal: abort.signal, cache: "no-store" }, events);
		return {
			pings: false,
			send: (frame) => post(addresses.command, frame, { headers, signal: abort.signal }, events),
			close: () => abort.abort(),
		};
	};
}

async function listen(url: string, init: RequestInit, events: TransportEvents): Promise<void> {
	try {
		const response = await fetch(url, init);
		if (response.status === 401) return events.received({ type: "error", code: "session_unknown" });
		if (!response.ok || !response.body) return events.closed();
		events.opened();
		const read = reader(events);
		for (const body = response.body.pipeThrough(new TextDecoderStream()).getReader(); ; ) {
			const { done, value } = await body.read();
			if (done) break;
			read(value);
		}
		events.closed();
	} catch {
		if (!init.signal?.aborted) events.closed();
	}
}

/** Cuts a stream's text into messages, however it was cut on the way. */
export function reader(events: Pick<TransportEvents, "received" | "alive">): (chunk: string) => void {
	let rest = "";
	return (chunk) => {
		events.alive();
		const blocks = (rest + chunk).replace(/\r\n?/g, "\n").split("\n\n");
		rest = blocks.pop() ?? "";
		for (const block of blocks) {
			const data = block
				.split("\n")
				.filter((line) => line.startsWith("data:"))
				.map((line) => line.slice(5));
			const message = data.length > 0 && parse(data.join("\n"));
			if (message) events.received(message);
		}
	};
}

async function post(url: string, frame: object, init: RequestInit, events: TransportEvents): Promise<void> {
	try {
		const response = await fetch(url, {
			...init,
			method: "POST",
			headers: { ...init.headers, "Content-Type": "application/json" },
			body: JSON.stringify(frame),
		});
		if (response.status === 401) return events.received({ type: "error", code: "session_unknown" });
		const answer = parse(await response.text());
		if (answer && "type" in answer) events.received(answer);
		else if (!response.ok) events.received(rejectOf(response, (frame as Command).id, answer as ErrorBody | null));
	} catch {
		if (!init.signal?.aborted) events.closed();
	}
}

/** What a proxy or a guard before the desk's commands answered, as a reject: 5xx and 429 may be tried again. */
function rejectOf(response: Response, id: string, body: ErrorBody | null): object {
	const again = response.status >= 500 || response.status === 429;
	return {
		type: "reject",
		id,
		code: again ? "unavailable" : (body?.error?.code ?? "bad_request"),
		message: body?.error?.message ?? response.statusText,
		retry_after: Number(response.headers.get("Retry-After")) || 2,
	};
}
