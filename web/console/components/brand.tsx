import { strings } from "../i18n";

/** The sign: two speech marks that meet, customer's and agent's. */
export function Brand() {
	const t = strings.value;
	return (
		<span class="brand">
			<svg class="brand-sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
				<path
					class="brand-back"
					d="M5 4h15a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4h-8l-6 5v-5.200A4 4 0 0 1 2 15V7a3 3 0 0 1 3-3Z"
				/>
				<path
					class="brand-front"
					d="M15 12h11a4 4 0 0 1 4 4v6a4 4 0 0 1-3 3.900V30l-5-4h-7a4 4 0 0 1-4-4v-6a4 4 0 0 1 4-4Z"
				/>
			</svg>
			<span class="brand-name">{t.product}</span>
			<span class="brand-kind">{t.console}</span>
		</span>
	);
}
