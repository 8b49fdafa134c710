import { afterEach, describe, expect, it } from "vitest";
import { followAddress, formatRoute, go, parseRoute, route } from "./route";

describe("the address", () => {
	it("holds view, conversation, details and filters, and gives them back", () => {
		const place = {
			page: null,
			view: "mine",
			conversation: "c_å/1",
			details: true,
			language: "et",
			query: "must jope",
		} as const;

		expect(parseRoute(formatRoute(place))).toEqual(place);
	});

	it("that makes no sense leads to Waiting", () => {
		expect(parseRoute("#/nowhere?lang=xx")).toEqual({
			page: null,
			view: "waiting",
			conversation: null,
			details: false,
			language: null,
			query: "",
		});
		expect(parseRoute("#/mine/%E0%A4%A").conversation).toBe("%E0%A4%A");
	});

	describe("while it is followed", () => {
		let stop = () => {};
		afterEach(() => stop());

		it("changes with the route", () => {
			stop = followAddress();

			go({ view: "bot", conversation: "c_1" });

			expect(location.hash).toBe("#/bot/c_1");
			expect(route.value.conversation).toBe("c_1");
		});
	});
});
