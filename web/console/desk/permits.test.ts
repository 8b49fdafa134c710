import { describe, expect, it } from "vitest";
import { LIISA, mine, summary } from "../testing";
import { permitted, replyBlock } from "./permits";

describe("what an agent may do", () => {
	it("follows from who owns the case", () => {
		const hers = summary("c", { owner: "agent", agent: { id: "a_kadri", name: "Kadri" } });
		const firsts = [
			summary("c"),
			summary("c", { owner: "hold" }),
			summary("c", { owner: "bot" }),
			summary("c", { owner: "closed" }),
			mine("c"),
			hers,
		].map((item) => permitted(item, LIISA)[0]);

		expect(firsts).toEqual(["claim", "claim", "take_over", "reopen", "resolve", undefined]);
	});

	it("is to reply in one's own cases only", () => {
		expect(replyBlock(mine("c"), LIISA)).toBeNull();
		expect(replyBlock(mine("c", { owner: "hold" }), LIISA)).toBe("hold");
		expect(replyBlock(summary("c", { owner: "agent", agent: { id: "a_kadri", name: "Kadri" } }), LIISA)).toBe("agent");
	});
});
