/** The desk's HTTP calls for the console. Throws ApiError for an answer that says no, Unreachable for none. */
import type {
	Agent,
	Attachment,
	CannedReply,
	Colleagues,
	ConversationDetail,
	ConversationList,
	ErrorBody,
	ShopOrder,
	Summary,
	View,
} from "../../shared/protocol";

export interface Login {
	agent: Agent;
	csrf: string;
	/** The shop's time zone, by its IANA name. */
	zone: string;
	/** The shop asks for a second step, and until it is set up only the account opens. */
	second_step_due?: boolean;
}

export class ApiError extends Error {
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		/** Seconds; 0 when the desk does not say. */
		readonly retryAfter: number,
	) {
		super(message);
		this.name = "ApiError";
	}
}

export class Unreachable extends Error {
	override readonly name = "Unreachable";
}

const BASE = "/api/console";
/** A desk that is alive answers in milliseconds; without a limit a dead proxy would keep the page waiting for minutes. */
const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 120_000;

export class Api {
	/** Sent with everything that changes something; known after log-in. */
	csrf = "";

	/** `code`: of the second step, once the desk has asked for it. */
	async login(name: string, password: string, code = ""): Promise<Login> {
		return this.remember(await this.call<Login>("POST", "/login", { name, password, ...(code ? { code } : {}) }));
	}

	async me(): Promise<Login> {
		return this.remember(await this.call<Login>("GET", "/me"));
	}

	async logout(): Promise<void> {
		await this.call("POST", "/logout");
	}

	conversations(view: View, after: string | null): Promise<ConversationList> {
		const query = new URLSearchParams({ view, ...(after ? { after } : {}) });
		return this.call("GET", `/conversations?${query}`);
	}

	conversation(id: string): Promise<ConversationDetail> {
		return this.call("GET", `/conversations/${encodeURIComponent(id)}`);
	}

	/** Every conversation of the desk in which these words were said, the latest first. */
	async search(words: string): Promise<Summary[]> {
		const query = new URLSearchParams({ q: words });
		return (await this.call<Pick<ConversationList, "conversations">>("GET", `/search?${query}`)).conversations;
	}

	/** The order as the shop has it now. `proof`: the customer's e-mail or phone, where the desk does not know it. */
	order(conversation: string, number: string, proof: string): Promise<ShopOrder> {
		const body = { ...(number ? { number } : {}), ...(proof ? { proof } : {}) };
		return this.call("POST", `/conversations/${encodeURIComponent(conversation)}/order`, body);
	}

	async cannedReplies(): Promise<CannedReply[]> {
		return (await this.call<{ replies: CannedReply[] }>("GET", "/replies")).replies;
	}

	colleagues(): Promise<Colleagues> {
		return this.call("GET", "/colleagues");
	}

	/** Keeps a file for a reply or a note, which then names its id. */
	async keepFile(conversation: string, file: File): Promise<Attachment> {
		const headers = {
			Accept: "application/json",
			"Content-Type": file.type || "application/octet-stream",
			"X-CSRF-Token": this.csrf,
			"X-File-Name": encodeURIComponent(file.name),
		};
		let response: Response;
		try {
			const signal = AbortSignal.timeout(UPLOAD_TIMEOUT_MS);
			response = await fetch(`${BASE}/conversations/${encodeURIComponent(conversation)}/attachments`, {
				method: "POST",
				headers,
				signal,
				body: file,
			});
		} catch {
			throw new Unreachable("the file did not reach the desk");
		}
		if (!response.ok) throw await asError(response);
		return (await response.json()) as Attachment;
	}

	/** What only supervisors may read and set; the desk checks that. */
	read<Answer>(path: string): Promise<Answer> {
		return this.call("GET", path);
	}

	/** The figures have doors of their own: they are for programs, too. `query`: what follows `/api/figures`. */
	figures<Answer>(query: string): Promise<Answer> {
		return this.call("GET", query, undefined, "/api/figures");
	}

	save<Answer>(path: string, body: object): Promise<Answer> {
		return this.call("POST", path, body);
	}

	/** A file that is made on request, and noted on the audit log. */
	async fetchFile(path: string): Promise<Blob> {
		return (await this.send("POST", path, {})).blob();
	}

	private remember(login: Login): Login {
		this.csrf = login.csrf;
		return login;
	}

	private async call<Answer>(method: "GET" | "POST", path: string, body?: object, base = BASE): Promise<Answer> {
		const response = await this.send(method, path, body, base);
		return (response.status === 204 ? undefined : await response.json()) as Answer;
	}

	private async send(method: "GET" | "POST", path: string, body?: object, base = BASE): Promise<Response> {
		const headers: Record<string, string> = { Accept: "application/json" };
		if (body) headers["Content-Type"] = "application/json";
		if (method === "POST" && this.csrf) headers["X-CSRF-Token"] = this.csrf;
		const signal = AbortSignal.timeout(TIMEOUT_MS);
		let response: Response;
		try {
			response = await fetch(base + path, { method, headers, signal, ...(body ? { body: JSON.stringify(body) } : {}) });
		} catch {
			throw new Unreachable(`${method} ${base}${path}: no answer`);
		}
		if (!response.ok) throw await asError(response);
		return response;
	}
}

async function asError(response: Response): Promise<ApiError> {
	const body = (await response.json().catch(() => null)) as ErrorBody | null;
	const retryAfter = Number(response.headers.get("Retry-After")) || 0;
	return new ApiError(response.status, body?.error?.code ?? "unknown", body?.error?.message ?? "", retryAfter);
}
