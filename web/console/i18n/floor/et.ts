/** Järjekord eesti keeles: meeskonnad, kelle jaoks juhtum on, teated, mida juht igal pool näeb. */
import type { Floor } from "./en";

export const floor: Floor = {
	supervision: "Ülevaade",
	supervisionHint: "Ülevaade, teenindajad, meeskonnad, lahtiolekuajad, reeglid, tegevuste logi",
	loadFailed: "Vaadet ei õnnestunud laadida. Kontrollige ühendust ja proovige uuesti.",
	foreign: "Kõigepealt teistele",
	forEverybody: "Kõigile",
	escalated: "Oodanud liiga kaua",
	promised: "Lubatud aeg on lähedal",
	given: "Võtke töösse",
	wanted: "Teile",
	team: "Meeskond",
	skill: "Eeldab",
	lacking: {
		colleague: "Kolleeg, kellele juhtum anti, ei ole tööl. Nüüd on juhtum kõigi jaoks.",
		language: "Keegi tööl olijatest ei räägi kliendi keelt. Nüüd on juhtum kõigi jaoks.",
		skill: "Kellelgi tööl olijatest ei ole juhtumiks vajalikke oskusi. Nüüd on juhtum kõigi jaoks.",
		team: "Meeskonnast ei ole kedagi tööl. Nüüd on juhtum kõigi jaoks.",
	},
	skills: { product_safety: "Tooteohutus", complaints: "Kaebused", privacy: "Andmekaitse" },
	waitsFor: "Ootab",
	waits: { customer: "klienti", warehouse: "ladu", carrier: "vedajat", supplier: "tarnijat" },
	reassignTitle: "Andke juhtum edasi",
	reassignText: "Juhtum säilitab oma koha. Teenindaja võtab selle mõne minuti jooksul töösse või läheb see järgmisele.",
	notices: "Teated",
	noNotices: "Uusi teateid ei ole.",
	notice: {
		mention: (who, about) => `${who} küsib Teilt, klient ${about}`,
		assigned: (_who, about) => `Teile anti juhtum, klient ${about}`,
	},
	overload: (waiting, minutes) => `Järjekord on ülekoormatud: ootab ${waiting}, kuni ${minutes} min`,
	offline: "Ei ole kohal",
	mentionHint: "@nimi küsib kolleegilt või meeskonnalt",
};
