import type { Strings } from "./en";

export const fi: Strings = {
	found: (n) => (n === 1 ? "Asiakkaalla on yksi keskustelu." : `Asiakkaalla on ${n} keskustelua.`),
	unproved: (n) =>
		`Sähköpostiosoite on mainittu vielä ${n} keskustelussa, mutta sitä ei ole niissä varmistettu. Ne jäävät pois: kirjoittaja on voinut olla joku muu.`,
	copy: "Tee kopio",
	copied: "Kopio on tietokoneellasi. Anna se vain asiakkaalle itselleen.",
	first: "Varmista ennen tietojen luovuttamista tai poistamista, että keskustelet asiakkaan itsensä kanssa.",
	erase: "Poista tiedot…",
	sure: "Kaikki, mitä asiakas on näissä keskusteluissa kirjoittanut ja lähettänyt, poistetaan lopullisesti, ja keskustelut päättyvät. Poistoa ei voi perua. Kirjoita asiakkaalle ensin: sen jälkeen häntä ei tavoita täältä.",
	confirm: "Poista lopullisesti",
	cancel: "Säilytä",
	erased: "Tiedot on poistettu.",
	left: "Botti ei vastaa; se poistaa oman osuutensa heti palattuaan.",
	failed: "Tämä ei onnistunut. Yritä hetken kuluttua uudelleen.",
	forbidden: "Tämä on asian käsittelijälle ja esihenkilöille.",
};
