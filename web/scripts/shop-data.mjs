/**
 * Vite plug-in: `virtual:shop` is the part of data/shop/ that the demo shop's front page shows, read when it is built. The
 * orders to try come from the same files as the demo shop's own, so the page can promise nothing that the bot does not find.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const NAME = "virtual:shop";
const FOLDER = new URL("../../data/shop/", import.meta.url);

export function shopData() {
	return {
		name: "shop-data",
		resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
		load(id) {
			if (id !== `\0${NAME}`) return null;
			for (const file of ["products.yml", "customers.yml", "orders.yml"])
				this.addWatchFile(fileURLToPath(new URL(file, FOLDER)));
			return `export const products = ${JSON.stringify(products())};\nexport const orders = ${JSON.stringify(orders())};`;
		},
	};
}

const read = (file) => parse(readFileSync(new URL(file, FOLDER), "utf8"));

function products() {
	return read("products.yml").products.map(({ id, slug, price, image_hue, name, description, category }) => {
		const product = { id, slug, price, image_hue, name, description, category };
		const missing = Object.keys(product).find((key) => product[key] === undefined);
		if (missing) throw new Error(`data/shop/products.yml: product ${id ?? "without id"} has no ${missing}.`);
		return product;
	});
}

/** The orders that are written out by name, with the e-mail that the bot will ask for. */
function orders() {
	const emails = new Map(read("customers.yml").customers.map(({ id, email }) => [id, email]));
	return read("orders.yml").named.map(({ number, customer }) => {
		if (!emails.has(customer))
			throw new Error(`data/shop/orders.yml: order ${number} is of ${customer}, who is not in customers.yml.`);
		return { number, email: emails.get(customer) };
	});
}
