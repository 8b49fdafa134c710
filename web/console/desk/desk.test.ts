import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeApi, FakeLink, LIISA, message, mine, settle, summary } from "../testing";
import { type AlertMessage, Desk } from "./desk";

function aDesk() {
	const api = new FakeApi();
	const alerts: AlertMessage[] = [];
	let link!: FakeLink;
	const desk = new Desk({
		api,
		me: LIISA,
		makeLink: (onMessage) => {
			link = new FakeLink(onMessage);
			return link;
		},
		onAlert: (alert) => alerts.push(alert),
	});
	const welcome = () =>
		link.receive({ type: "welcome", agent: LIISA, counts: { waiting: 0, mine: 0, team: 0, bot: 0 } });
	return { api, desk, link, alerts, welcome };
}

afterEach(() => vi.useRealTimers());

describe("a case that starts waiting", () => {
	it("is in the list and in the count at once", () => {
		const { desk, link, alerts } = aDesk();

		link.receive({ type: "summary", summary: summary("c_1") });
		link.receive({ type: "alert", what: "waiting", conversation: "c_1" });

		expect(desk.inbox.rows("waiting").map(({ id }) => id)).toEqual(["c_1"]);
		expect(desk.inbox.counts.value.waiting).toBe(1);
		expect(alerts).toHaveLength(1);
		desk.stop();
	});
});

describe("a reply", () => {
	it("is shown at once and replaced by the desk's entry", async () => {
		const { api, desk, link } = aDesk();
		api.summaries = [mine("c_1")];
		desk.threads.select("c_1");
		await settle();

		desk.threads.write("c_1", "reply", "Hei!");
		const pending = desk.threads.get("c_1")?.pending[0];
		expect(pending).toMatchObject({ text: "Hei!", refused: null });

		const entry = message(9, "Hei!", "agent", { id: pending?.id ?? "" });
		link.receive({ type: "entries", conversation: "c_1", entries: [entry] });
		expect(desk.threads.get("c_1")).toMatchObject({ pending: [], entries: [{ seq: 9 }] });
	});

	it("stays with the reason when it is refused, and goes under a new id when tried again", async () => {
		const { desk, link } = aDesk();
		desk.threads.select("c_1");
		await settle();
		link.refuse = { type: "reply", code: "not_owner" };

		desk.threads.write("c_1", "reply", "Hei!");
		await settle();
		const refused = desk.threads.get("c_1")?.pending[0];
		expect(refused?.refused).toBe("not_owner");

		link.refuse = null;
		if (refused) desk.threads.retry("c_1", refused);
		const [first, second] = link.commands("reply");
		expect(second).toMatchObject({ text: "Hei!" });
		expect(second?.id).not.toBe(first?.id);
	});
});

describe("after a time without connection", () => {
	it("the open conversation goes on after its cursor, and the shown lists are asked for again", async () => {
		const { api, desk, link, welcome } = aDesk();
		welcome();
		api.summaries = [mine("c_1")];
		await desk.inbox.show("mine");
		desk.view = "mine";
		desk.threads.select("c_1");
		await settle();
		link.receive({ type: "entries", conversation: "c_1", entries: [message(41, "Hei")] });
		api.asked = [];

		welcome();
		await settle();

		expect(link.commands("open").at(-1)).toMatchObject({ conversation: "c_1", after: 41 });
		expect(api.asked).toEqual(expect.arrayContaining(["waiting", "mine"]));
	});

	it("a case that a colleague took meanwhile leaves the list", async () => {
		const { api, desk, welcome } = aDesk();
		welcome();
		api.summaries = [summary("c_1"), summary("c_2")];
		await desk.inbox.show("waiting");

		api.summaries = [summary("c_2")];
		welcome();
		await settle();

		expect(desk.inbox.rows("waiting").map(({ id }) => id)).toEqual(["c_2"]);
	});
});

describe("an action", () => {
	it("tells who was faster", async () => {
		const { desk, link } = aDesk();
		link.refuse = { type: "claim", code: "already_claimed", agent: "Kadri" };

		expect(await desk.act({ type: "claim", conversation: "c_1" })).toEqual({ code: "already_claimed", agent: "Kadri" });
		expect(desk.busy.value.size).toBe(0);
	});

	it("is sent once, however often its button is pressed", async () => {
		const { desk, link } = aDesk();

		await Promise.all([1, 2, 3].map(() => desk.act({ type: "claim", conversation: "c_1" })));

		expect(link.commands("claim")).toHaveLength(1);
	});

	it("that fails leaves my presence as it was", async () => {
		const { desk, link } = aDesk();
		link.refuse = { type: "presence", code: "unavailable" };

		const result = desk.setPresence("away");
		expect(desk.me.value.presence).toBe("away");
		await result;

		expect(desk.me.value.presence).toBe("online");
	});
});

describe("is writing", () => {
	it("is told every three seconds at most, and its end once", () => {
		vi.useFakeTimers();
		const { desk, link } = aDesk();

		desk.setTyping("c_1", true);
		desk.setTyping("c_1", true);
		vi.advanceTimersByTime(3_100);
		desk.setTyping("c_1", true);
		desk.setTyping("c_1", false);
		desk.setTyping("c_1", false);

		expect(link.notified.map((frame) => (frame as { on: boolean }).on)).toEqual([true, true, false]);
	});
});

describe("going from one conversation to another", () => {
	it("leaves the one before, keeps its messages, and asks only for what is new on return", async () => {
		const { desk, link } = aDesk();
		desk.threads.select("c_1");
		await settle();
		link.receive({ type: "entries", conversation: "c_1", entries: [message(7, "Hei")] });

		desk.threads.select("c_2");
		desk.threads.select("c_1");

		expect(link.commands("close")).toMatchObject([{ conversation: "c_1" }, { conversation: "c_2" }]);
		expect(link.commands("open").at(-1)).toMatchObject({ conversation: "c_1", after: 7 });
		expect(desk.threads.get("c_1")?.entries).toHaveLength(1);
	});
});
