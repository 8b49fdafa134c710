import { Rejected } from "../../shared/link";
import type { Strings } from "../i18n";
import { wordFor } from "../i18n/codes";

export interface Refusal {
	code: string;
	/** Who was faster, with `already_claimed`. */
	agent: string | null;
}

/** What the desk's refusal says, whatever was thrown. */
export function refusalOf(error: unknown): Refusal {
	if (!(error instanceof Rejected)) return { code: "unavailable", agent: null };
	return { code: error.code, agent: error.reject.agent ?? null };
}

/** The refusal in words that name the way out. */
export function refusalText(t: Strings, { code, agent }: Refusal): string {
	if (code === "already_claimed" && agent) return t.alreadyClaimedBy(agent);
	return Object.hasOwn(t.rejects, code) ? wordFor(t.rejects, code) : t.refused;
}
