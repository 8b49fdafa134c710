import { signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Desk } from "../desk/desk";
import type { Action } from "../desk/permits";
import type { Mode } from "./drafts";

export type DialogName =
	| "palette"
	| "keys"
	| "settings"
	| "account"
	| "shop"
	| Exclude<Action, "claim" | "take_over" | "reopen">;

export interface Toast {
	id: number;
	tone: "good" | "bad";
	text: string;
}

/** A message that all went well may pass by; one that something failed stays until it is dismissed. */
const TOAST_MS = 4_000;

/** What is on the screen besides the conversations: dialogs, passing messages, which kind of text is written. */
export class Ui {
	readonly dialog = signal<DialogName | null>(null);
	readonly mode = signal<Mode>("reply");
	readonly toasts = signal<readonly Toast[]>([]);
	/** Told to screen readers; what others see in the lists and hear. */
	readonly announcement = signal("");
	/** The composer takes the focus as soon as it can be written in. */
	readonly composerWanted = signal(false);
	/** What the palette begins to look for. */
	sought = "";
	private lastToast = 0;

	toast(tone: Toast["tone"], text: string): void {
		const id = ++this.lastToast;
		this.toasts.value = [...this.toasts.peek().filter((toast) => toast.text !== text), { id, tone, text }];
		if (tone === "good") setTimeout(() => this.dismiss(id), TOAST_MS);
	}

	dismiss(id: number): void {
		this.toasts.value = this.toasts.peek().filter((toast) => toast.id !== id);
	}

	/** Opens the palette, which looks for these words in everything that was said. */
	search(words: string): void {
		this.sought = words;
		this.dialog.value = "palette";
	}

	write(mode: Mode): void {
		this.mode.value = mode;
		this.composerWanted.value = true;
	}
}

export interface Console {
	desk: Desk;
	ui: Ui;
	logout: () => void;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
	const console = useContext(ConsoleContext);
	if (!console) throw new Error("Wrap the component in <ConsoleContext.Provider>.");
	return console;
}
