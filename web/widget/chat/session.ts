import type { WidgetSession } from "../../shared/protocol";
import type { Chat } from "./chat";

let asked: Promise<void> | null = null;

/** Gives the chat its key, once, even if attempts overlap. Throws without an answer. */
export function openSession(chat: Chat): Promise<void> {
	asked ??= ask(chat).finally(() => {
		asked = null;
	});
	return asked;
}

async function ask(chat: Chat): Promise<void> {
	const response = await fetch(`${chat.origin}/api/widget/session`, {
		method: "POST",
		credentials: "omit",
		headers: { "Content-Type": "application/json" },
		body: JSON.stringify({ locale: chat.state.locale }),
	});
	if (!response.ok) throw new Error(`The desk gave no session: ${response.status}.`);
	const { token }: WidgetSession = await response.json();
	chat.token = token;
	chat.keep();
}
