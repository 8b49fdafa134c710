declare module "virtual:shop" {
	type Texts = Record<import("../shared/protocol").Locale, string>;

	export interface Product {
		id: string;
		slug: string;
		/** Euros with VAT, as decimal text. */
		price: string;
		/** 0 to 359. */
		image_hue: number;
		name: Texts;
		description: Texts;
		category: Texts;
	}

	export const products: Product[];
	/** Orders that a visitor can ask the chat about. */
	export const orders: { number: string; email: string }[];
}
