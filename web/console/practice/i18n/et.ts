import type { Strings } from "./en";

/** Harjutusruum eesti keeles. */
export const et: Strings = {
	intro:
		"Väljamõeldud kliendid ainult Teile: miski siit ei jõua kliendini, poodi ega arvudesse. Võtke juhtum, vastake oma sõnadega ja lõpetage see. Siis vaadake siit, mis Teie vastustes oli.",
	customers: "Valige klient",
	language: "Kliendi keel",
	level: { 1: "1. tase: igapäevane", 2: "2. tase: nõuab hoolt", 3: "3. tase: suure surve all" },
	done: "Harjutatud",
	tooMany: "Viis on pooleli: lõpetage enne mõni neist.",
	mine: "Teie viimased harjutused",
	none: "Te ei ole veel harjutanud.",
	state: { going: "Pooleli", left: "Jäi pooleli", solved: "Lõpetatud" },
	firstReply: (time) => `Esimene vastus: ${time}`,
	noReply: "Vastust veel ei ole",
	replies: (n) => (n === 1 ? "1 sõnum" : `${n} sõnumit`),
	given: { at_once: "kohe", when_pressed: "alles siis, kui klient peale käis", never: "puudus" },
	deed: { done: "Poes tehtud", missing: "Poes tegemata" },
	wants: {
		apology: "Vabandus",
		time: "Aeg",
		choice: "Mis saab, kui ei õnnestu",
		replacement: "Uus toode",
		return_free: "Et tagastus on tasuta",
		inquiry: "Kes otsib",
		photo: "Pildi küsimine",
		refund: "Raha",
		proof: "Isiku kindlakstegemine",
		kept: "Mida tuleb alles hoida",
		bank: "Pangaga ühendust",
		cancel: "Tellimuse peatamine",
		password: "Uus parool",
		safety: "Ohutus ees",
		not_ours: "Kas kiri oli meilt",
	},
};
