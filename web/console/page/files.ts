/** Files that are being attached to a reply or a note. They are on the desk already when the text is sent, for agents only. */
import { signal } from "@preact/signals";
import type { Attachment } from "../../shared/protocol";
import { type Api, ApiError } from "../desk/api";
import type { Mode } from "./drafts";

export interface Upload {
	key: number;
	name: string;
	state: "uploading" | "ready" | "failed";
	attachment: Attachment | null;
	/** The desk's reason, a code; "unreachable" when it did not answer. */
	problem: string | null;
}

const MOST_FILES = 10;
/** What the desk takes; it looks at the content itself. */
export const ACCEPTED = "image/jpeg,image/png,image/gif,image/webp,application/pdf";

const uploads = signal<Readonly<Record<string, readonly Upload[]>>>({});
let last = 0;

export function filesOf(conversation: string, mode: Mode): readonly Upload[] {
	return uploads.value[`${mode}:${conversation}`] ?? [];
}

export function readyFiles(files: readonly Upload[]): Attachment[] {
	return files.flatMap(({ attachment }) => attachment ?? []);
}

/** Uploads each file; one that the desk refuses stays in sight with the reason. */
export async function addFiles(
	api: Pick<Api, "keepFile">,
	conversation: string,
	mode: Mode,
	chosen: File[],
): Promise<void> {
	const room = MOST_FILES - filesOf(conversation, mode).length;
	const begun = chosen.slice(0, Math.max(0, room)).map((file) => ({ file, key: ++last }));
	change(conversation, mode, (files) => [
		...files,
		...begun.map(({ file, key }) => ({
			key,
			name: file.name,
			state: "uploading" as const,
			attachment: null,
			problem: null,
		})),
	]);
	for (const { file, key } of begun) {
		let outcome: Partial<Upload>;
		try {
			outcome = { state: "ready", attachment: await api.keepFile(conversation, file) };
		} catch (error) {
			outcome = { state: "failed", problem: error instanceof ApiError ? error.code : "unreachable" };
		}
		change(conversation, mode, (files) => files.map((one) => (one.key === key ? { ...one, ...outcome } : one)));
	}
}

export function dropFile(conversation: string, mode: Mode, key: number): void {
	change(conversation, mode, (files) => files.filter((one) => one.key !== key));
}

export function dropFiles(conversation: string, mode: Mode): void {
	change(conversation, mode, () => []);
}

function change(conversation: string, mode: Mode, update: (files: readonly Upload[]) => readonly Upload[]): void {
	const key = `${mode}:${conversation}`;
	uploads.value = { ...uploads.peek(), [key]: update(uploads.peek()[key] ?? []) };
}
