/** The practice room of the fake desk: some customers, one case with its review. All people are made up. */

const MINUTE = 60_000;
const script = (locale) => (id, title, problem, level, done) => ({ id, locale, title, problem, level, done });
const fi = script("fi");
const SCRIPTS = [
	fi("late", "Paketti myöhässä, lahja jo sunnuntaina", "late_delivery", 1, true),
	fi("wrong_item", "Väärä väri ja koko", "wrong_item", 1, false),
	fi("missing_parcel", "Merkitty toimitetuksi, paketti kadoksissa", "missing_parcel", 2, false),
	fi("privacy", "Haluaa tietonsa pois", "privacy_request", 2, false),
	fi("angry", "Kolmas yhteydenotto, lupaukset pettäneet", "refund_status", 3, false),
	script("en")("late", "Late parcel, moving house on Monday", "late_delivery", 1, false),
	script("et")("late", "Pakk hilineb, reis juba reedel", "late_delivery", 1, false),
];

const NEW_REVIEW = { finished: false, ended: null, first_reply: null, lasted: null, replies: 0, wants: [], deed: null };
const REVIEW = {
	finished: true,
	ended: "solved",
	first_reply: 2 * MINUTE,
	lasted: 9 * MINUTE,
	replies: 3,
	wants: [
		{ turn: 0, want: "apology", given: "at_once" },
		{ turn: 0, want: "time", given: "when_pressed" },
		{ turn: 1, want: "choice", given: "never" },
	],
	deed: { kind: "inquiry_opened", done: true },
};

/** A case of the room, like the first one that waits. */
function practised(desk, id, name, owner) {
	const [like] = desk.conversations.values();
	const summary = { ...like.summary, id, owner, practice: true, channel: "practice", agent: null, unread: 0 };
	const customer = { ...like.customer, name, earlier: [] };
	return { ...like, summary: { ...summary, customer: { name, email: "riitta.kallio@example.fi" } }, customer };
}

export const PRACTICE = {
	"GET /practice": (desk, answer) => {
		if (!desk.conversations.has("c_done"))
			desk.conversations.set("c_done", practised(desk, "c_done", "Riitta Kallio", "closed"));
		const own = [...desk.conversations.values()].map(({ summary }) => summary).filter(({ practice }) => practice);
		const mine = own.map((summary) => ({ summary, review: summary.id === "c_done" ? REVIEW : NEW_REVIEW }));
		answer(200, { scripts: SCRIPTS, mine });
	},
	"POST /practice": (desk, answer, body) => {
		const found = SCRIPTS.find(({ id, locale }) => id === body.script && locale === body.locale);
		if (!found) return answer(400, { error: { code: "bad_request", message: "no such customer" } });
		const item = practised(desk, "c_practice", "Riitta Kallio", "queue");
		desk.conversations.set("c_practice", item);
		desk.send({ type: "summary", summary: item.summary });
		answer(201, { conversation: "c_practice" });
	},
};
