import type { Locale } from "../../shared/protocol";

/** The words of the way to Telegram, apart from the rest because few shops have it. */
export const goOn: Record<Locale, Record<"ask" | "open" | "later", string>> = {
	fi: {
		ask: "Jatka Telegramissa",
		open: "Avaa keskustelu Telegramissa",
		later: "Linkki ei ole juuri nyt saatavilla. Yritä hetken kuluttua uudelleen.",
	},
	et: {
		ask: "Jätka Telegramis",
		open: "Ava vestlus Telegramis",
		later: "Link pole praegu saadaval. Palun proovige hetke pärast uuesti.",
	},
	en: {
		ask: "Continue in Telegram",
		open: "Open the conversation in Telegram",
		later: "The link is not available just now. Please try again in a moment.",
	},
};
