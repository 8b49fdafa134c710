/** Going on in another channel, with all that was said. */
import type { WidgetLinks } from "../../shared/protocol";
import type { Chat } from "./chat";

/** A link that is good for half an hour. Throws when there is none just now. */
export async function askForLink(chat: Chat): Promise<string> {
	const response = await fetch(`${chat.origin}/api/widget/go_on`, {
		method: "POST",
		credentials: "omit",
		headers: { Authorization: `Bearer ${chat.token}` },
	});
	if (!response.ok) throw new Error(`The desk gave no link: ${response.status}.`);
	const { links }: WidgetLinks = await response.json();
	// The address comes from our own desk; still, nothing but a web address is ever made a link.
	if (!links.telegram?.startsWith("https://")) throw new Error("The desk has no link now.");
	return links.telegram;
}
