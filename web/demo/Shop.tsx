import { orders, products } from "virtual:shop";
import { useEffect, useState } from "preact/hooks";
import type { Locale } from "../shared/protocol";
import { Landscape } from "./Landscape";
import { Mailbox } from "./Mailbox";
import { Picture } from "./Picture";
import { texts } from "./texts";

const NAMES: Record<Locale, string> = { fi: "Suomi", et: "Eesti", en: "English" };

/** The front page of the shop. Its language is the page's, which the chat follows as on any other shop's page. */
export function Shop({ locales, first }: { locales: Locale[]; first: Locale }) {
	const [locale, setLocale] = useState(first);
	const t = texts[locale];

	useEffect(() => {
		document.documentElement.lang = locale;
		document.title = t.title;
		document.querySelector("aspa-chat")?.setAttribute("locale", locale);
		history.replaceState(null, "", `?lang=${locale}`);
	}, [locale]);

	return (
		<>
			<header class="top">
				<p class="brand">Kaamos</p>
				<nav aria-label={t.language}>
					{locales.map((next) => (
						<button key={next} type="button" lang={next} aria-pressed={next === locale} onClick={() => setLocale(next)}>
							{NAMES[next]}
						</button>
					))}
				</nav>
			</header>
			<main>
				<section class="hero">
					<Landscape />
					<div>
						<h1>{t.tagline}</h1>
						<p>{t.lead}</p>
					</div>
				</section>
				<ul class="service">
					{t.service.map(({ title, text }) => (
						<li key={title}>
							<strong>{title}</strong> {text}
						</li>
					))}
				</ul>
				<Orders locale={locale} />
				<Mailbox locale={locale} />
				<Goods locale={locale} />
			</main>
			<footer>{t.footer}</footer>
		</>
	);
}

function Orders({ locale }: { locale: Locale }) {
	const t = texts[locale];
	return (
		<section class="orders" aria-labelledby="orders">
			<div>
				<h2 id="orders">{t.tryTitle}</h2>
				<p>{t.tryLead}</p>
			</div>
			<table>
				<thead>
					<tr>
						<th scope="col">{t.number}</th>
						<th scope="col">{t.email}</th>
					</tr>
				</thead>
				<tbody>
					{orders.map(({ number, email }) => (
						<tr key={number}>
							<th scope="row">
								{number} <small>{t.about[number]}</small>
							</th>
							<td>{email}</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function Goods({ locale }: { locale: Locale }) {
	const t = texts[locale];
	// The English name is the same in every language of the page, so a chosen department survives a switch.
	const [department, setDepartment] = useState("");
	const departments = new Map(products.map(({ category }) => [category.en, category[locale]]));
	const shown = products.filter(({ category }) => !department || category.en === department);
	const price = new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" });
	return (
		<section aria-label={t.categories}>
			<div class="departments">
				{[["", t.all] as const, ...departments].map(([key, name]) => (
					<button key={key} type="button" aria-pressed={key === department} onClick={() => setDepartment(key)}>
						{name}
					</button>
				))}
				<p role="status">{t.products(shown.length)}</p>
			</div>
			<ul class="goods">
				{shown.map((product) => (
					<li key={product.id}>
						<Picture hue={product.image_hue} slug={product.slug} category={product.category.en} />
						<p class="department">{product.category[locale]}</p>
						<h3>{product.name[locale]}</h3>
						<p class="description">{product.description[locale]}</p>
						<p class="price">{price.format(Number(product.price))}</p>
					</li>
				))}
			</ul>
		</section>
	);
}
