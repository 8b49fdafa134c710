import { describe, expect, it } from "vitest";
import type { MessageEntry } from "../../shared/protocol";
import { entry, own } from "../testing/desk";
import { type Pending, unreadAfter } from "./pending";
import { lines, merge, stillPending, withDelivery } from "./transcript";

const pending = (id: string, more: Partial<Pending> = {}): Pending => ({
	command: { type: "write", id, text: id },
	text: id,
	at: Date.UTC(2026, 10, 21, 13),
	failure: null,
	...more,
});

describe("the transcript", () => {
	it("has each entry once and in order, however pages overlap", () => {
		const merged = merge([entry(1), entry(4)], [entry(9), entry(4), entry(2)]);

		expect(merged.map(({ seq }) => seq)).toEqual([1, 2, 4, 9]);
	});

	it("never shows what is not a message, even if the desk erred", () => {
		const note = { ...entry(2), kind: "note" } as unknown as MessageEntry;

		expect(merge([entry(1)], [note])).toEqual([entry(1)]);
	});

	it("drops the pending copy when the entry with its id has come", () => {
		expect(stillPending([pending("a"), pending("b")], [own(3, "a")])).toEqual([pending("b")]);
	});

	it("changes the delivery of one entry only", () => {
		const [first, second] = withDelivery([own(1, "a"), own(2, "b")], 2, "delivered");

		expect([first?.delivery, second?.delivery]).toEqual(["stored", "delivered"]);
	});

	it("counts what others wrote after the last that was read", () => {
		expect(unreadAfter([entry(1), own(2, "a"), entry(3), entry(5)], 1)).toBe(2);
	});
});

describe("the lines", () => {
	const kinds = (...args: Parameters<typeof lines>) => lines(...args).map(({ kind }) => kind);

	it("begin each day with a separator, pending messages last", () => {
		const tomorrow = entry(2, { at: Date.UTC(2026, 10, 23, 12) });
		const late = pending("a", { at: Date.UTC(2026, 10, 23, 13) });

		expect(kinds([entry(1), tomorrow], [late])).toEqual(["day", "entry", "day", "entry", "pending"]);
	});

	it("leave out pending commands that are no message", () => {
		expect(kinds([], [pending("a", { command: { type: "human", id: "a" }, text: "" })])).toEqual([]);
	});

	it("keep a message's key when the entry takes the pending copy's place", () => {
		const [, before] = lines([], [pending("a")]);
		const [, after] = lines([own(3, "a")], []);

		expect(after?.key).toBe(before?.key);
	});

	it("mark the chosen button, also while the press is on its way, and not when it failed", () => {
		const asked = entry(1, { buttons: [{ title: "A" }, { title: "B" }] });
		const press = pending("p", { command: { type: "press", id: "p", seq: 1, index: 1 } });
		const chosen = (entries: MessageEntry[], waiting: Pending[]) =>
			lines(entries, waiting).flatMap((line) => (line.kind === "entry" ? [line.chosen] : []))[0];

		expect(chosen([asked, own(2, "x", { answers: { seq: 1, index: 0 } })], [])).toBe(0);
		expect(chosen([asked], [press])).toBe(1);
		expect(chosen([asked], [{ ...press, failure: "not_possible" }])).toBe(null);
	});
});
