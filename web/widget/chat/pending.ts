import type { ConversationState, MessageEntry, Owner, WidgetCommand } from "../../shared/protocol";

/** Something that the customer did and the desk has not put on the transcript yet. */
export interface Pending {
	command: WidgetCommand;
	/** What the customer reads meanwhile; empty for commands that are not a message. */
	text: string;
	at: number;
	/** The desk's reason why it did not take it; null while it is on its way. */
	failure: string | null;
}

export const newestSeq = (entries: readonly MessageEntry[]): number => entries.at(-1)?.seq ?? 0;

/** How many messages from others came after `seen`. */
export function unreadAfter(entries: readonly MessageEntry[], seen: number): number {
	return entries.filter(({ seq, author }) => seq > seen && author.role !== "customer").length;
}

/** Whether a person has the conversation or is on the way. */
export function withPerson(conversation: ConversationState | null): boolean {
	const owners: Owner[] = ["queue", "agent", "hold"];
	return conversation !== null && owners.includes(conversation.owner);
}
