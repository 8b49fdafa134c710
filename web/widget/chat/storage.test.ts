import { afterEach, describe, expect, it, vi } from "vitest";
import { loadDraft, loadKept, saveDraft, saveKept } from "./storage";

const nothing = { token: null, seen: 0, pending: [], locale: null };

afterEach(() => {
	vi.restoreAllMocks();
	localStorage.clear();
	sessionStorage.clear();
});

describe("what the browser keeps", () => {
	it("comes back as it was", () => {
		const kept = { ...nothing, token: "t", seen: 4, locale: "et" as const };
		saveKept(kept);

		expect(loadKept()).toEqual(kept);
	});

	it("is nothing at all without a conversation", () => {
		saveKept({ ...nothing, token: "t" });
		saveKept(nothing);

		expect(localStorage.length).toBe(0);
	});

	it.each(["", "{", "null", "7", '{"token":7,"seen":"x","pending":{},"locale":"sv"}'])("survives %j", (text) => {
		localStorage.setItem("aspa-chat", text);

		expect(loadKept()).toEqual(nothing);
	});

	it("is given up without a word where storage is forbidden", () => {
		vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
			throw new DOMException("No.");
		});

		expect(() => saveKept({ ...nothing, token: "t" })).not.toThrow();
	});

	it("holds a draft only while there is one", () => {
		saveDraft("Hei");
		expect(loadDraft()).toBe("Hei");
		saveDraft("");

		expect(sessionStorage.length).toBe(0);
	});
});
