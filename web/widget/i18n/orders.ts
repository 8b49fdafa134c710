import type { Locale, OrderStatus } from "../../shared/protocol";

/** The words of an order's card, apart from the rest because few conversations need them at once. */
export interface OrderStrings {
	title: (number: string) => string;
	status: Record<OrderStatus, string>;
	items: string;
	total: string;
	ordered: (day: string) => string;
	promised: (day: string) => string;
	expected: (day: string) => string;
	steps: Record<"processing" | "shipped" | "pickup" | "delivered", string>;
	/** The line of steps as one sentence. */
	progress: (step: string, number: number, of: number) => string;
	events: string;
	tracking: (carrier: string, code: string) => string;
	codes: Record<string, string>;
}

export const orders: Record<Locale, OrderStrings> = {
	fi: {
		title: (number) => `Tilaus ${number}`,
		status: {
			processing: "Käsittelyssä",
			shipped: "Matkalla",
			late: "Myöhässä",
			pickup: "Noudettavissa",
			delivered: "Toimitettu",
			returned: "Palautettu",
			cancelled: "Peruttu",
		},
		items: "Tuotteet",
		total: "Yhteensä",
		ordered: (day) => `Tilattu ${day}`,
		promised: (day) => `Luvattu ${day}`,
		expected: (day) => `Arvioitu saapuminen ${day}`,
		steps: { processing: "Tilattu", shipped: "Matkalla", pickup: "Noudetta\u00advissa", delivered: "Toimitettu" },
		progress: (step, number, of) => `Tilauksen vaihe ${number}/${of}: ${step}`,
		events: "Seurantatapahtumat",
		tracking: (carrier, code) => `${carrier}, seurantatunnus ${code}`,
		codes: {
			registered: "Lähetyksen tiedot vastaanotettu",
			accepted: "Otettu kuljetettavaksi",
			picked_up: "Noudettu lähettäjältä",
			in_transit: "Kuljetuksessa",
			sorting: "Lajiteltu",
			delayed: "Viivästynyt",
			customs: "Tullikäsittelyssä",
			out_for_delivery: "Jakelussa",
			ready_for_pickup: "Noudettavissa",
			delivered: "Luovutettu",
			delivery_failed: "Toimitusta yritetty",
			returning: "Palautumassa lähettäjälle",
			lost: "Kadoksissa",
			returned: "Palautettu lähettäjälle",
		},
	},
	et: {
		title: (number) => `Tellimus ${number}`,
		status: {
			processing: "Töötlemisel",
			shipped: "Teel",
			late: "Hilineb",
			pickup: "Ootab järeletulemist",
			delivered: "Kätte toimetatud",
			returned: "Tagastatud",
			cancelled: "Tühistatud",
		},
		items: "Tooted",
		total: "Kokku",
		ordered: (day) => `Tellitud ${day}`,
		promised: (day) => `Lubatud ${day}`,
		expected: (day) => `Eeldatav saabumine ${day}`,
		steps: { processing: "Tellitud", shipped: "Teel", pickup: "Pakipunktis", delivered: "Kohal" },
		progress: (step, number, of) => `Tellimuse etapp ${number}/${of}: ${step}`,
		events: "Saadetise teekond",
		tracking: (carrier, code) => `${carrier}, saadetise kood ${code}`,
		codes: {
			registered: "Saadetise andmed vastu võetud",
			accepted: "Vedajale üle antud",
			picked_up: "Saatjalt kätte saadud",
			in_transit: "Teel",
			sorting: "Sorteeritud",
			delayed: "Hilineb",
			customs: "Tollis",
			out_for_delivery: "Kulleriga teel",
			ready_for_pickup: "Ootab järeletulemist",
			delivered: "Kätte antud",
			delivery_failed: "Kättetoimetamine ei õnnestunud",
			returning: "Teel tagasi saatjale",
			lost: "Kadunud",
			returned: "Saatjale tagastatud",
		},
	},
	en: {
		title: (number) => `Order ${number}`,
		status: {
			processing: "Being prepared",
			shipped: "On its way",
			late: "Late",
			pickup: "Ready for pick-up",
			delivered: "Delivered",
			returned: "Returned",
			cancelled: "Cancelled",
		},
		items: "Items",
		total: "Total",
		ordered: (day) => `Ordered ${day}`,
		promised: (day) => `Promised by ${day}`,
		expected: (day) => `Expected ${day}`,
		steps: { processing: "Ordered", shipped: "On its way", pickup: "Pick-up", delivered: "Delivered" },
		progress: (step, number, of) => `Order step ${number} of ${of}: ${step}`,
		events: "Tracking events",
		tracking: (carrier, code) => `${carrier}, tracking code ${code}`,
		codes: {
			registered: "Shipment details received",
			accepted: "Handed to the carrier",
			picked_up: "Collected from the sender",
			in_transit: "In transit",
			sorting: "Sorted",
			delayed: "Delayed",
			customs: "In customs",
			out_for_delivery: "Out for delivery",
			ready_for_pickup: "Ready for pick-up",
			delivered: "Delivered",
			delivery_failed: "Delivery attempted",
			returning: "On its way back to the sender",
			lost: "Lost",
			returned: "Returned to the sender",
		},
	},
};
