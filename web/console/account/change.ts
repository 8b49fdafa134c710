import { type Signal, useSignal } from "@preact/signals";
import { type Api, ApiError } from "../desk/api";
import { strings } from "../i18n";
import { words } from "./i18n";

export type Change = <Answer>(path: string, body: object, done?: string) => Promise<Answer | null>;

/** Asks the desk to change something of the account. `change` gives null where it said no; `problem` tells why. */
export function useChange(
	api: Pick<Api, "save">,
	changed: (done: string) => void,
): { problem: Signal<string>; change: Change } {
	const problem = useSignal("");
	async function change<Answer>(path: string, body: object, done = ""): Promise<Answer | null> {
		problem.value = "";
		try {
			const answer = await api.save<Answer>(`/account/${path}`, body);
			changed(done);
			return answer ?? ({} as Answer);
		} catch (error) {
			const code = error instanceof ApiError ? error.code : "";
			problem.value = words.peek().problems[code] ?? strings.peek().refused;
			return null;
		}
	}
	return { problem, change };
}
