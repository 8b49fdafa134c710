import { describe, expect, it } from "vitest";
import { message, NOW } from "../testing";
import {
	addEntries,
	addPending,
	lastSeq,
	NEW_THREAD,
	pressedButton,
	refusePending,
	setDelivery,
	setTyping,
	storePending,
} from "./thread";

const CUSTOMER = { role: "customer", name: null } as const;

describe("entries", () => {
	it("stand once each and in order, however they come", () => {
		const first = addEntries(NEW_THREAD, [message(5, "c"), message(1, "a")]);

		const thread = addEntries(first, [message(3, "b"), message(5, "c")]);

		expect(thread.entries.map(({ seq }) => seq)).toEqual([1, 3, 5]);
		expect(lastSeq(thread)).toBe(5);
	});

	it("take the place of the pending text with the same id", () => {
		const waiting = addPending(NEW_THREAD, {
			id: "x",
			kind: "reply",
			text: "Hei",
			at: NOW,
			refused: null,
			after: 0,
			stored: false,
		});

		const thread = addEntries(waiting, [message(7, "Hei", "agent", { id: "x" })]);

		expect(thread.pending).toEqual([]);
		expect(thread.entries).toHaveLength(1);
	});

	it("end the writing of who has written", () => {
		const writing = setTyping(NEW_THREAD, CUSTOMER, true, NOW);

		expect(addEntries(writing, [message(1, "Hei")]).typing).toEqual([]);
	});

	it("tell a new delivery without moving", () => {
		const thread = addEntries(NEW_THREAD, [message(1, "Hei", "agent", { delivery: "sent" }), message(3, "Hei")]);

		const delivered = setDelivery(thread, 1, "delivered");

		expect(delivered.entries[0]).toMatchObject({ seq: 1, delivery: "delivered" });
		expect(delivered.entries[1]).toBe(thread.entries[1]);
	});
});

describe("pending text", () => {
	it("goes when the desk has it and its entry, which has no id, stands there: before or after", () => {
		const note = { ...message(7, "muista", "agent"), kind: "note" as const };
		const sent = { id: "x", kind: "note" as const, text: "muista", at: NOW, refused: null, after: 5, stored: false };
		const entryFirst = addEntries(addPending(NEW_THREAD, sent), [note]);
		expect(entryFirst.pending).toHaveLength(1);

		expect(storePending(entryFirst, "x").pending).toEqual([]);
		expect(addEntries(storePending(addPending(NEW_THREAD, sent), "x"), [note]).pending).toEqual([]);
	});

	it("stays with the reason when the desk refuses it", () => {
		const waiting = addPending(NEW_THREAD, {
			id: "x",
			kind: "reply",
			text: "Hei",
			at: NOW,
			refused: null,
			after: 0,
			stored: false,
		});

		expect(refusePending(waiting, "x", "not_owner").pending[0]).toMatchObject({ text: "Hei", refused: "not_owner" });
	});
});

describe("a button", () => {
	it("is known as pressed by the entry that answers it", () => {
		const offer = message(1, "Miten jatketaan?", "bot", { buttons: [{ title: "Odotan" }, { title: "Perun" }] });
		const entries = [offer, message(3, "Perun", "customer", { answers: { seq: 1, index: 1 } })];

		expect(pressedButton(entries, offer)).toBe(1);
		expect(pressedButton([offer], offer)).toBeNull();
	});
});

describe("typing", () => {
	it("ends by itself after six seconds", () => {
		const thread = setTyping(NEW_THREAD, CUSTOMER, true, NOW);

		expect(thread.typing[0]?.until).toBe(NOW + 6_000);
		expect(setTyping(thread, { role: "agent", name: "Kadri" }, true, NOW + 7_000).typing).toHaveLength(1);
	});
});
