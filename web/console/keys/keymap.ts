/** Every command that has a key. The sheet of keys, the palette and the buttons' hints are made from this table. */
import type { Action } from "../desk/permits";
import { isSingle, isTyping, type KeyPress, matches } from "./combo";

export type CommandId =
	| Action
	| "next"
	| "previous"
	| "claimNext"
	| "reply"
	| "note"
	| "insert"
	| "attach"
	| "shop"
	| "approve"
	| "tag"
	| "palette"
	| "keys"
	| "filter"
	| "details"
	| "settings"
	| "escape"
	| `view${1 | 2 | 3 | 4 | 5 | 6}`;

export type KeyGroup = "moving" | "writing" | "handling" | "anywhere";

export const KEYMAP: Record<CommandId, { group: KeyGroup; keys: readonly string[] }> = {
	next: { group: "moving", keys: ["Alt+J", "J"] },
	previous: { group: "moving", keys: ["Alt+K", "K"] },
	view1: { group: "moving", keys: ["1"] },
	view2: { group: "moving", keys: ["2"] },
	view3: { group: "moving", keys: ["3"] },
	view4: { group: "moving", keys: ["4"] },
	view5: { group: "moving", keys: ["5"] },
	view6: { group: "moving", keys: ["6"] },
	filter: { group: "moving", keys: ["/"] },
	details: { group: "moving", keys: ["Alt+A", "D"] },
	reply: { group: "writing", keys: ["Alt+L", "R"] },
	note: { group: "writing", keys: ["Alt+P", "N"] },
	insert: { group: "writing", keys: ["Alt+I", "I"] },
	attach: { group: "writing", keys: ["Alt+G"] },
	shop: { group: "handling", keys: ["Alt+R", "O"] },
	approve: { group: "handling", keys: ["Alt+Y"] },
	tag: { group: "handling", keys: ["Alt+X"] },
	claimNext: { group: "handling", keys: ["Alt+N"] },
	claim: { group: "handling", keys: ["Alt+C", "C"] },
	take_over: { group: "handling", keys: ["Alt+T", "T"] },
	resolve: { group: "handling", keys: ["Alt+E", "E"] },
	hold: { group: "handling", keys: ["Alt+M", "H"] },
	transfer: { group: "handling", keys: ["Alt+S"] },
	promise: { group: "handling", keys: ["Alt+U"] },
	return_to_bot: { group: "handling", keys: ["Alt+B"] },
	requeue: { group: "handling", keys: ["Alt+Q"] },
	reassign: { group: "handling", keys: ["Alt+W"] },
	reopen: { group: "handling", keys: ["Alt+O"] },
	palette: { group: "anywhere", keys: ["Mod+K"] },
	keys: { group: "anywhere", keys: ["?"] },
	settings: { group: "anywhere", keys: ["Mod+,"] },
	escape: { group: "anywhere", keys: ["Escape"] },
};

/** The command of a key press, or null. Single keys never count while text is written, and may be turned off. */
export function commandFor(event: KeyPress & { target: EventTarget | null }, singleKeys: boolean): CommandId | null {
	const typing = isTyping(event.target);
	for (const [id, { keys }] of Object.entries(KEYMAP) as [CommandId, { keys: readonly string[] }][]) {
		const live = keys.filter((combo) => !isSingle(combo) || (singleKeys && !typing));
		if (live.some((combo) => matches(event, combo))) return id;
	}
	return null;
}
