/** What a client asks of the desk, and the answers to it. */
import type { Owner } from "./words";

/** Kept by the sender until it is answered, and sent again after a reconnect; the same id changes nothing twice. */
export interface Command {
	type: string;
	id: string;
}

export interface Ack {
	type: "ack";
	id: string;
	seq?: number;
}

export type RejectCode =
	| "too_long"
	| "empty"
	| "rate_limited"
	| "not_possible"
	| "bad_request"
	| "unavailable"
	| "already_claimed"
	| "not_owner"
	| "written_meanwhile"
	| "not_found"
	| "forbidden"
	| "agent_absent";

export interface Reject {
	type: "reject";
	id: string;
	code: RejectCode | (string & {});
	message: string;
	/** Seconds, with `rate_limited` and `unavailable`. */
	retry_after?: number;
	/** With `already_claimed`. */
	agent?: string;
	/** With `not_possible`. */
	owner?: Owner;
}

export interface Pong {
	type: "pong";
}

/** The desk refuses the session itself; the connection is over. */
export interface Refusal {
	type: "error";
	code: "session_unknown" | (string & {});
	message?: string;
}

export interface ErrorBody {
	error: { code: string; message: string };
}
