/** Files on their way to the desk and back. The token travels in a header, never in an address. */
import type { Attachment, ErrorBody } from "../../shared/protocol";
import type { Chat } from "./chat";
import { openSession } from "./session";

const UPLOAD_MS = 120_000;

/** The desk's reason why it did not take a file. */
export class Unfit extends Error {
	constructor(readonly code: string) {
		super(code);
	}
}

/** Throws Unfit for what the desk refuses, anything else when it cannot be reached. */
export async function keepFile(chat: Chat, file: File): Promise<Attachment> {
	if (!chat.token) await openSession(chat);
	const response = await fetch(`${chat.origin}/api/widget/attachments`, {
		method: "POST",
		credentials: "omit",
		signal: AbortSignal.timeout(UPLOAD_MS),
		headers: {
			Authorization: `Bearer ${chat.token}`,
			"Content-Type": file.type || "application/octet-stream",
			"X-File-Name": encodeURIComponent(file.name),
		},
		body: file,
	});
	if (response.ok) return response.json();
	const body: ErrorBody | null = await response.json().catch(() => null);
	throw new Unfit(body?.error.code ?? "other");
}

export async function fetchFile(chat: Chat, { id }: Attachment): Promise<Blob> {
	const response = await fetch(`${chat.origin}/api/widget/attachments/${id}`, {
		credentials: "omit",
		headers: { Authorization: `Bearer ${chat.token}` },
	});
	if (!response.ok) throw new Unfit("other");
	return response.blob();
}

/** As an address that a page's policy allows for pictures, as far as it allows any. */
export function asDataUrl(blob: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(blob);
	});
}
