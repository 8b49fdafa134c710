import { describe, expect, it } from "vitest";
import { findMentions, mentionable, mentionQuery, withMention } from "./mentions";

const KADRI = { id: "a_kadri", name: "Kadri" };
const PAYMENTS = { id: "payments", name: "Maksut ja laskut" };

describe("a note that asks somebody", () => {
	it("is known by the @ where the text ends, and an address is none", () => {
		expect(mentionQuery("Hei @ka")).toBe("ka");
		expect(mentionQuery("@")).toBe("");
		expect(mentionQuery("kadri@example.ee")).toBeNull();
		expect(mentionQuery("Hei @kadri\nkatso")).toBeNull();
	});

	it("finds colleagues and teams by the beginning of any word of the name, not oneself", () => {
		const names = { fi: "Maksut ja laskut", et: "Maksed", en: "Payments" };
		const agents = [
			{ ...KADRI, presence: "online" as const },
			{ id: "a_liisa", name: "Liisa", presence: "online" as const },
		];
		const all = mentionable({ agents, teams: [{ id: "payments", names }] }, "a_liisa", "fi");

		expect(findMentions(all, "")).toEqual([KADRI, PAYMENTS]);
		expect(findMentions(all, "LASK")).toEqual([PAYMENTS]);
		expect(findMentions(all, "Kadri katsotko")).toEqual([]);
	});

	it("is completed with the whole name", () => {
		expect(withMention("Hei @las", PAYMENTS)).toBe("Hei @Maksut ja laskut ");
	});
});
