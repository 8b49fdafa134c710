import { describe, expect, it } from "vitest";
import type { CannedReply, OrderCard } from "../../shared/protocol";
import { packet, summary } from "../testing";
import { fillReply, findReplies, GAP, queryOf, suggestReply } from "./canned";

const LATE: CannedReply = {
	id: "late_with_date",
	titles: { fi: "Myöhässä: uusi päivä", et: "Hilineb: uus päev", en: "Late: new date" },
	words: { fi: "viivästys", et: "viivitus", en: "delay" },
	texts: {
		fi: "{greeting} Tilaus {order} on perillä viimeistään {date}.",
		et: "{greeting} Tellimus {order} jõuab kohale hiljemalt {date}.",
		en: "{greeting} Order {order} arrives by {date}. {agent}",
	},
};
const ORDER = { number: "100233", expected_on: "2026-11-24" } as OrderCard;
const TODAY = "2026-11-21";

describe("a canned reply", () => {
	it("is asked for by a slash at the start alone", () => {
		expect(["/", "/late", "/late date"].map(queryOf)).toEqual(["", "late", "late date"]);
		expect(["", "Hei /late", "/a/b", "/x\ny", "//"].map(queryOf)).toEqual([null, null, null, null, null]);
	});

	it("is found by beginnings of words, in the agent's and the customer's language, without dots", () => {
		const other = { ...LATE, id: "x", titles: { fi: "a", et: "b", en: "c" }, words: { fi: "", et: "", en: "" } };
		for (const query of ["", "late", "dat", "myohassa", "uusi pä", "viivä"]) {
			expect(findReplies([LATE, other], query, ["fi", "en"])[0], query).toBe(LATE);
		}
		expect(findReplies([LATE, other], "hilineb", ["fi", "en"])).toEqual([]);
	});

	it("is in the customer's language, whatever the agent's, with name, order and date", () => {
		const finnish = summary("c", { order: "100233", customer: { name: "Maija Virtanen", email: null } });
		const filled = fillReply(LATE, finnish, packet({ order: ORDER }), "Liisa", TODAY);
		expect(filled).toBe("Hei Maija! Tilaus 100233 on perillä viimeistään ti 24.11.");
		const english = summary("c", { locale: "en" });
		expect(fillReply(LATE, english, packet({ order: ORDER }), "Liisa", TODAY)).toMatch(
			/^Hello! Order 100233 arrives by .*24.* Liisa$/,
		);
	});

	it("leaves a gap for what nobody knows, and for a date that has passed", () => {
		const filled = fillReply(LATE, summary("c"), packet({ order: null }), "Liisa", TODAY);
		expect(filled).toBe(`Hei! Tilaus ${GAP} on perillä viimeistään ${GAP}.`);
		expect(fillReply(LATE, summary("c"), packet({ order: ORDER }), "Liisa", "2026-11-24")).toContain(
			`viimeistään ${GAP}`,
		);
	});
});

describe("the suggestion for what the customer has just written", () => {
	const reply = (id: string, intents: Record<string, number>): CannedReply => ({ ...LATE, id, intents });
	const replies = [reply("second", { late_delivery: 1 }), reply("first", { late_delivery: 0 }), reply("other", {})];

	it("is the first for this matter whose text is whole", () => {
		expect(suggestReply(replies, "late_delivery", ({ id }) => id)).toBe("first");
		expect(suggestReply(replies, "late_delivery", ({ id }) => (id === "first" ? GAP : id))).toBe("second");
		expect(suggestReply(replies, "late_delivery", () => GAP)).toBe(GAP);
	});

	it("is none where nothing is set for the matter", () => {
		expect(suggestReply(replies, "refund_status", ({ id }) => id)).toBeNull();
	});
});
