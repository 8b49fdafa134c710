import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OthersTyping, OwnTyping } from "./typing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the others' typing", () => {
	it("is forgotten after 6 s unless it is repeated", () => {
		const show = vi.fn();
		const typing = new OthersTyping(show);
		const liisa = { role: "agent", name: "Liisa" } as const;

		typing.heard(liisa, true);
		vi.advanceTimersByTime(5_000);
		typing.heard(liisa, true);
		vi.advanceTimersByTime(5_000);
		expect(show).toHaveBeenLastCalledWith(liisa);
		vi.advanceTimersByTime(1_000);

		expect(show).toHaveBeenLastCalledWith(null);
	});
});

describe("the customer's typing", () => {
	it("is told at once, again every few seconds, and its end", () => {
		const tell = vi.fn();
		const typing = new OwnTyping(tell);

		for (let second = 0; second < 5; second++) {
			typing.wrote();
			vi.advanceTimersByTime(1_000);
		}
		expect(tell.mock.calls).toEqual([[true], [true]]);
		vi.advanceTimersByTime(5_000);

		expect(tell).toHaveBeenLastCalledWith(false);
	});

	it("ends with the message, and says nothing if it had not begun", () => {
		const tell = vi.fn();
		new OwnTyping(tell).ended();

		expect(tell).not.toHaveBeenCalled();
	});
});
