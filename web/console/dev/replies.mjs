/** Canned replies, enough for a list. */
const reply = (id, titles, words, texts) => ({
	id,
	titles: { fi: titles[0], et: titles[1], en: titles[2] },
	words: { fi: words[0], et: words[1], en: words[2] },
	texts: { fi: texts[0], et: texts[1], en: texts[2] },
});

export const REPLIES = [
	reply(
		"one_moment",
		["Hetki, tarkistan", "Üks hetk, kontrollin", "One moment"],
		["odota", "oota", "wait"],
		[
			"{greeting} Tarkistan asian ja palaan pian.",
			"{greeting} Kontrollin ja vastan varsti.",
			"{greeting} I am checking.",
		],
	),
	reply(
		"parcel_found",
		["Paketti löytyi", "Pakk on leitud", "Parcel found"],
		["myöhässä löytyi", "hilineb leitud", "late found"],
		[
			"{greeting} Tilauksen {order} paketti löytyi ja tulee {date}.",
			"{greeting} Tellimuse {order} pakk on leitud ja jõuab kohale {date}.",
			"{greeting} The parcel of order {order} has been found and arrives on {date}.",
		],
	),
];
