/** What the shop says, in the fake desk: a banner with a draft, a reply, an article. */

const state = {};

const text = (fi, et, en) => ({ fi: { text: fi }, et: { text: et }, en: { text: en } });

/** Tests: as it was at first. */
export function resetContent() {
	Object.assign(state, {
		"banner/lockers": {
			stands: {
				all: { until: "2026-11-23T12:00", intents: "track_order ask_delivery" },
				...text(
					"Pakettiautomaatit ovat poissa käytöstä maanantaihin klo 12 asti.",
					"Pakiautomaadid ei tööta esmaspäeval kella 12-ni.",
					"Parcel lockers are out of service until noon on Monday.",
				),
			},
			draft: null,
			editions: [
				{ number: 2, at: Date.now() - 3_600_000, by: "Liisa" },
				{ number: 1, at: Date.now() - 90_000_000, by: "Kadri" },
			],
			adds: true,
		},
		"text/moment": {
			stands: text(
				"Tämä kestää hetken. Viestisi on tallessa.",
				"Palun oodake hetk. Teie sõnum on alles.",
				"This is taking a moment.",
			),
			draft: { fields: text("Hetki vielä, kiitos.", "Hetk veel, aitäh.", ""), by: "Liisa", at: Date.now() - 600_000 },
			editions: [],
			adds: false,
		},
		"reply/one_moment": {
			stands: {
				fi: { title: "Hetki, tarkistan", words: "odota", text: "{greeting} Tarkistan asian." },
				et: { title: "Üks hetk, kontrollin", words: "oota", text: "{greeting} Kontrollin." },
				en: { title: "One moment", words: "wait", text: "{greeting} I am checking." },
			},
			draft: null,
			editions: [],
			adds: true,
		},
	});
	return state;
}
resetContent();

const titleOf = ({ stands, draft }) => {
	const { title, text } = (stands ?? draft?.fields)?.fi ?? {};
	return title ?? text ?? "";
};

const pieces = (kind) =>
	Object.entries(state)
		.filter(([name]) => name.startsWith(`${kind}/`))
		.map(([name, piece]) => ({ key: name.split("/")[1], title: titleOf(piece), draft: Boolean(piece.draft) }));

function act(name, body, reply) {
	const piece = state[name] ?? { stands: null, draft: null, editions: [], adds: true };
	const missing = ["fi", "et", "en"].find((locale) => !piece.draft?.fields[locale]?.text);
	const edition = { number: piece.editions.length + 1, at: Date.now(), by: "Liisa" };
	switch (body.what) {
		case "draft":
			state[name] = { ...piece, draft: { fields: body.fields, by: "Liisa", at: Date.now() } };
			break;
		case "drop":
			state[name] = { ...piece, draft: null };
			break;
		case "publish":
			if (missing) {
				const message = `text in ${missing} is missing.`;
				return reply(400, { error: { code: "bad_request", message } });
			}
			state[name] = { ...piece, before: piece.stands, stands: piece.draft.fields, draft: null };
			state[name].editions = [edition, ...piece.editions];
			break;
		default:
			state[name] = { ...piece, stands: piece.before ?? null, before: piece.stands };
			state[name].editions = [edition, ...piece.editions];
	}
	return reply(204, null);
}

const KEYS = ["banner/lockers", "banner/strike", "text/moment", "reply/one_moment"];

/** A draft of any piece, as labelling makes one from an agent's answer. */
export const draftOf = (method, path) => {
	const name = path.replace("/content/", "");
	return method === "POST" && path.startsWith("/content/") ? (_desk, reply, body) => act(name, body, reply) : undefined;
};

export const CONTENT = {
	"GET /content": (_desk, reply) => {
		const adds = { banner: true, article: true, reply: true, text: false };
		const kinds = Object.fromEntries(
			Object.entries(adds).map(([kind, may]) => [kind, { adds: may, pieces: pieces(kind) }]),
		);
		reply(200, { kinds });
	},
	...Object.fromEntries(
		KEYS.flatMap((name) => [
			[
				`GET /content/${name}`,
				(_desk, reply) =>
					state[name]
						? reply(200, state[name])
						: reply(404, { error: { code: "not_found", message: "There is no such text." } }),
			],
			[`POST /content/${name}`, (_desk, reply, body) => act(name, body, reply)],
		]),
	),
};
