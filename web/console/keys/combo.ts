/** Key combinations as text ("Alt+J", "Mod+K", "?") and whether a key press is one. Pure. */

/** Mod is Ctrl, on Apple's keyboards Cmd. */
export const onApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

interface Combo {
	alt: boolean;
	mod: boolean;
	key: string;
}

/** Without Alt or Mod: what WCAG 2.1.4 calls a character key shortcut, and what may be turned off. */
export function isSingle(combo: string): boolean {
	const { alt, mod, key } = parse(combo);
	return !alt && !mod && key !== "Escape";
}

export function matches(event: KeyPress, combo: string, apple = onApple): boolean {
	const { alt, mod, key } = parse(combo);
	const modPressed = apple ? event.metaKey : event.ctrlKey;
	const otherPressed = apple ? event.ctrlKey : event.metaKey;
	// AltGr is Ctrl+Alt: it writes characters and must never be a shortcut.
	if (event.altKey !== alt || modPressed !== mod || otherPressed) return false;
	// With Alt the letter's place counts: Apple's keyboards write another character then.
	if (alt && /^[A-Z]$/.test(key)) return event.code === `Key${key}` && !event.shiftKey;
	return event.key.toLowerCase() === key.toLowerCase();
}

/** As it is written on the keyboard. */
export function display(combo: string, apple = onApple): string {
	if (!apple) return combo.replace("Mod", "Ctrl").replace("Escape", "Esc");
	return combo.replace("Mod+", "⌘").replace("Alt+", "⌥").replace("Escape", "Esc");
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(combos: readonly string[], apple = onApple): string {
	return combos.map((combo) => combo.replace("Mod", apple ? "Meta" : "Control")).join(" ");
}

/** Whether keys that are pressed there write text. */
export function isTyping(target: EventTarget | null): boolean {
	if (!(target instanceof HTMLElement)) return false;
	if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
		return true;
	return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

function parse(combo: string): Combo {
	const parts = combo.split("+");
	return { alt: parts.includes("Alt"), mod: parts.includes("Mod"), key: parts.at(-1) || "+" };
}
