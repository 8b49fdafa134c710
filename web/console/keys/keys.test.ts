import { describe, expect, it } from "vitest";
import { ariaKeys, display, isSingle, type KeyPress, matches } from "./combo";
import { type CommandId, commandFor, KEYMAP } from "./keymap";

function press(key: string, fields: Partial<KeyPress> = {}, target: EventTarget | null = document.body) {
	const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : "";
	return { key, code, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, target, ...fields };
}

describe("shortcuts", () => {
	it("never fire for letters while text is written", () => {
		const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789?/"];
		for (const element of ["textarea", "input", "select"]) {
			const target = document.createElement(element);
			expect(letters.map((letter) => commandFor(press(letter, {}, target), true))).toEqual(letters.map(() => null));
		}
	});

	it("with Alt work while text is written", () => {
		const target = document.createElement("textarea");

		expect(commandFor(press("p", { altKey: true }, target), true)).toBe("note");
		expect(commandFor(press("l", { altKey: true }, target), true)).toBe("reply");
	});

	it("of one key can be turned off", () => {
		expect(commandFor(press("j"), true)).toBe("next");
		expect(commandFor(press("j"), false)).toBeNull();
		expect(commandFor(press("j", { altKey: true }), false)).toBe("next");
	});

	it("do not take AltGr, which writes characters", () => {
		expect(commandFor(press("e", { altKey: true, ctrlKey: true }), true)).toBeNull();
	});

	it("with Alt go by the place of the key, as Apple's keyboards write another character", () => {
		expect(matches(press("¬", { altKey: true, code: "KeyL" }), "Alt+L", true)).toBe(true);
	});

	it("with Mod are Ctrl, and Cmd on Apple's keyboards", () => {
		expect(matches(press("k", { ctrlKey: true }), "Mod+K", false)).toBe(true);
		expect(matches(press("k", { metaKey: true }), "Mod+K", true)).toBe(true);
		expect(matches(press("k", { ctrlKey: true }), "Mod+K", true)).toBe(false);
		expect([display("Mod+K", false), display("Mod+K", true)]).toEqual(["Ctrl+K", "⌘K"]);
		expect(ariaKeys(["Mod+K"], false)).toBe("Control+K");
	});

	it("are each of one command only", () => {
		const keys = Object.values(KEYMAP).flatMap((entry) => entry.keys);

		expect(new Set(keys).size).toBe(keys.length);
	});

	it("without a single key exist for every action on a case", () => {
		const actions: CommandId[] = [
			"claim",
			"take_over",
			"resolve",
			"hold",
			"transfer",
			"promise",
			"return_to_bot",
			"requeue",
			"reopen",
		];

		for (const id of actions)
			expect(
				KEYMAP[id].keys.some((combo) => !isSingle(combo)),
				id,
			).toBe(true);
	});
});
