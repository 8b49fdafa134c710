/** Jono suomeksi: tiimit, kenelle tapaus kuuluu, ilmoitukset, mitä esihenkilö näkee kaikkialla. */
import type { Floor } from "./en";

export const floor: Floor = {
	supervision: "Tilanne",
	supervisionHint: "Tilannekuva, asiakaspalvelijat, tiimit, aukioloajat, säännöt, tapahtumaloki",
	loadFailed: "Näkymää ei saatu ladattua. Tarkista yhteys ja yritä uudelleen.",
	foreign: "Ensin muille",
	forEverybody: "Kaikille",
	escalated: "Odottanut liian kauan",
	promised: "Luvattu aika lähellä",
	given: "Ota hoitoon",
	wanted: "Sinulle",
	team: "Tiimi",
	skill: "Edellyttää",
	lacking: {
		colleague: "Kollega, jolle tapaus siirrettiin, ei ole töissä. Tapaus kuuluu nyt kaikille.",
		language: "Kukaan töissä olevista ei puhu asiakkaan kieltä. Tapaus kuuluu nyt kaikille.",
		skill: "Kenelläkään töissä olevista ei ole tapauksen edellyttämää osaamista. Tapaus kuuluu nyt kaikille.",
		team: "Tiimistä ei ole ketään töissä. Tapaus kuuluu nyt kaikille.",
	},
	skills: { product_safety: "Tuoteturvallisuus", complaints: "Valitukset", privacy: "Tietosuoja" },
	waitsFor: "Odottaa",
	waits: { customer: "asiakasta", warehouse: "varastoa", carrier: "kuljetusyhtiötä", supplier: "toimittajaa" },
	reassignTitle: "Siirrä tapaus",
	reassignText:
		"Tapaus säilyttää paikkansa. Asiakaspalvelija ottaa sen hoitoon muutamassa minuutissa, tai se siirtyy seuraavalle.",
	notices: "Ilmoitukset",
	noNotices: "Ei uusia ilmoituksia.",
	notice: {
		mention: (who, about) => `${who} kysyy sinulta, asiakas ${about}`,
		assigned: (_who, about) => `Sinulle annettiin tapaus, asiakas ${about}`,
	},
	overload: (waiting, minutes) => `Jono on ruuhkautunut: ${waiting} odottaa, enintään ${minutes} min`,
	offline: "Ei paikalla",
	mentionHint: "@nimi kysyy kollegalta tai tiimiltä",
};
