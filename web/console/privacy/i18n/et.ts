import type { Strings } from "./en";

export const et: Strings = {
	found: (n) => (n === 1 ? "Kliendil on üks vestlus." : `Kliendil on ${n} vestlust.`),
	unproved: (n) =>
		`E-posti aadressi on nimetatud veel ${n} vestluses, kuid see pole seal kinnitatud. Need jäävad välja: kirjutaja võis olla keegi teine.`,
	copy: "Tee koopia",
	copied: "Koopia on Teie arvutis. Andke see ainult kliendile endale.",
	first: "Enne andmete väljastamist või kustutamist veenduge, et vestlete kliendi endaga.",
	erase: "Kustuta andmed…",
	sure: "Kõik, mida klient on neis vestlustes kirjutanud ja saatnud, kustutatakse jäädavalt ning vestlused lõpevad. Tagasiteed ei ole. Kirjutage kliendile enne: pärast ei saa teda siit enam kätte.",
	confirm: "Kustuta jäädavalt",
	cancel: "Jäta alles",
	erased: "Andmed on kustutatud.",
	left: "Bot ei vasta; ta kustutab oma osa kohe, kui on tagasi.",
	failed: "See ei õnnestunud. Proovige hetke pärast uuesti.",
	forbidden: "See on juhtumi käsitlejale ja juhendajatele.",
};
