import type { Author } from "../../shared/protocol";
import type { Strings } from "../i18n/strings";

/** The name above a message. The desk's names only: nobody can call themselves an agent by writing so. */
export function authorOf({ role, name }: Author, t: Strings): string {
	return role === "customer" ? t.authors.customer : (name ?? t.authors[role]);
}
