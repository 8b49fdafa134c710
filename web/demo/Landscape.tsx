/** The blue hour over a lake: drawn, so that the page asks nobody for anything. Colours are demo.css's. */
export function Landscape() {
	return (
		<svg class="landscape" viewBox="0 0 1200 420" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
			<defs>
				<linearGradient id="sky" x2="0" y2="1">
					<stop offset="0" stop-color="#16283c" />
					<stop offset=".45" stop-color="#35587b" />
					<stop offset=".68" stop-color="#8177a6" />
					<stop offset=".84" stop-color="#d0938c" />
					<stop offset="1" stop-color="#efcf9f" />
				</linearGradient>
				<linearGradient id="lake" x2="0" y2="1">
					<stop offset="0" stop-color="#c99591" />
					<stop offset=".25" stop-color="#6d6f9b" />
					<stop offset="1" stop-color="#1c3650" />
				</linearGradient>
			</defs>
			<rect width="1200" height="300" fill="url(#sky)" />
			<g fill="#fff" opacity=".75">
				<circle cx="700" cy="42" r="1.4" />
				<circle cx="760" cy="92" r="1" />
				<circle cx="842" cy="36" r="1.2" />
				<circle cx="905" cy="78" r="1.6" />
				<circle cx="986" cy="48" r="1" />
				<circle cx="1062" cy="104" r="1.3" />
				<circle cx="1130" cy="40" r="1.5" />
			</g>
			<path
				d="M0 268 150 222l96 30 130-64 118 58 140-36 128 44 150-72 120 54 168-28v92H0z"
				fill="#5b5f8b"
				opacity=".75"
			/>
			<path d="M0 286 110 258l140 24 160-40 170 40 150-26 160 28 130-34 180 30v22H0z" fill="#2b4261" />
			<rect y="298" width="1200" height="122" fill="url(#lake)" />
			<g stroke="#f3d9b0" opacity=".5" stroke-width="1.5">
				<path d="M520 320h150M560 338h190M500 360h120M640 384h170" />
			</g>
			<g fill="#0f1f2f">
				<path d="M0 420V300l10-26 9 22 8-58 15 64 9-30 13 40 12-70 17 84 11-34 15 48 14-24 16 36q60 14 170 58z" />
				<path d="M1200 420V286l-12-34-10 40-10-82-19 88-9-38-15 54-12-30-14 44-13-20-20 44q-60 20-180 52z" />
			</g>
			<g>
				<path d="M934 322v-20l22-16 22 16v20z" fill="#172b3d" />
				<path d="M950 308h10v8h-10z" fill="#f5c877" />
			</g>
		</svg>
	);
}
