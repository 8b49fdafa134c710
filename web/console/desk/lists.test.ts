import { describe, expect, it } from "vitest";
import { LIISA, mine, NOW, summary } from "../testing";
import { filtered, merge, recount, replaceView, rows } from "./lists";

const MINUTE = 60_000;
const all = (...list: ReturnType<typeof summary>[]) => new Map(list.map((item) => [item.id, item]));
const ids = (list: { id: string }[]) => list.map(({ id }) => id);

describe("the order of the lists", () => {
	it("puts urgent cases on top of Waiting, then the longest wait", () => {
		const known = all(
			summary("new", { waiting_since: NOW - MINUTE }),
			summary("old", { waiting_since: NOW - 9 * MINUTE }),
			summary("urgent", { waiting_since: NOW, urgent: true }),
		);

		expect(ids(rows("waiting", known, LIISA))).toEqual(["urgent", "old", "new"]);
	});

	it("puts customers who wait for my answer first, the longest on top, and what is on hold last", () => {
		const known = all(
			mine("held", { owner: "hold", last_at: NOW }),
			mine("answered", { last_at: NOW }),
			mine("wrote later", { waiting_since: NOW - MINUTE }),
			mine("wrote first", { waiting_since: NOW - 5 * MINUTE }),
		);

		expect(ids(rows("mine", known, LIISA))).toEqual(["wrote first", "wrote later", "answered", "held"]);
	});

	it("keeps colleagues' cases out of Mine and shows them in Team", () => {
		const known = all(summary("hers", { owner: "agent", agent: { id: "a_kadri", name: "Kadri" } }), mine("mine"));

		expect(ids(rows("mine", known, LIISA))).toEqual(["mine"]);
		expect(ids(rows("team", known, LIISA))).toEqual(["hers", "mine"]);
	});

	it("puts what is meant for others below, and hides nothing", () => {
		const mari = { ...LIISA, languages: ["et"], teams: ["delivery"] };
		const known = all(
			summary("finnish", { queued_at: 1, urgent: true }),
			summary("payments", { queued_at: 2, locale: "et", team: "payments" }),
			summary("hers", { queued_at: 9, locale: "et", team: "delivery" }),
			summary("open", { queued_at: 5, for_everybody: true }),
			summary("promised", { queued_at: 8, locale: "et", promised: true }),
			summary("handed to her", { queued_at: 7, wanted: mari.id }),
			summary("handed on", { queued_at: 0, locale: "et", wanted: "a_kadri" }),
		);

		expect(ids(rows("waiting", known, mari))).toEqual([
			"promised",
			"open",
			"handed to her",
			"hers",
			"finnish",
			"handed on",
			"payments",
		]);
	});

	it("never moves equal rows by itself", () => {
		expect(ids(rows("bot", all(summary("b", { owner: "bot" }), summary("a", { owner: "bot" })), LIISA))).toEqual([
			"a",
			"b",
		]);
	});
});

describe("the filter", () => {
	const list = [
		summary("c_1", { customer: { name: "Maija Virtanen", email: null }, order: "100233" }),
		summary("c_2", { customer: { name: "Mari Tamm", email: "mari@example.ee" }, locale: "et" }),
	];

	it("finds by name, e-mail and order number, all words needed", () => {
		expect(ids(filtered(list, { query: "virt 1002", language: null }))).toEqual(["c_1"]);
		expect(ids(filtered(list, { query: "example.ee", language: null }))).toEqual(["c_2"]);
		expect(filtered(list, { query: "maija tamm", language: null })).toEqual([]);
	});

	it("takes one language", () => {
		expect(ids(filtered(list, { query: "", language: "et" }))).toEqual(["c_2"]);
	});
});

describe("what is known", () => {
	it("is never overwritten by something older", () => {
		const known = all(summary("c", { seq: 9, owner: "agent" }));

		expect(merge(known, [summary("c", { seq: 8 })]).get("c")?.owner).toBe("agent");
		expect(merge(known, [summary("c", { seq: 10 })]).get("c")?.owner).toBe("queue");
	});

	it("loses what a fresh page no longer lists, but not what was pushed meanwhile", () => {
		const known = all(summary("gone"), summary("pushed"), summary("elsewhere", { owner: "bot" }));

		const fresh = replaceView(known, "waiting", [summary("listed")], new Set(["pushed"]), LIISA.id);

		expect([...fresh.keys()].sort()).toEqual(["elsewhere", "listed", "pushed"]);
	});

	it("counts a case from one list to the other", () => {
		const before = { waiting: 3, mine: 1, team: 4, bot: 2 };

		expect(recount(before, summary("c"), mine("c"), LIISA.id)).toEqual({ waiting: 2, mine: 2, team: 5, bot: 2 });
	});
});
