import type { JSX } from "preact";

/** One quiet line drawing for each department; the hue makes each product its own. */
const DRAWINGS: Record<string, JSX.Element> = {
	Clothing: <path d="M38 34l14-8q8 8 16 0l14 8 12 20-11 6-5-7v43H42V53l-5 7-11-6z" />,
	Shoes: <path d="M28 44h22v16q12 12 34 14 10 2 10 14v4H28zM28 80h66M54 62l6-5M61 67l6-5" />,
	Electronics: <path d="M34 66a26 26 0 0 1 52 0v20H74V66h12M34 66v20h12V66H34" />,
	Home: <path d="M60 26v10M42 60l10-24h16l10 24zM60 60v34M46 94h28" />,
	Kitchen: <path d="M36 46h40v26q0 18-20 18T36 72zM76 52h8q8 0 8 9t-8 9h-8M48 38q-4-5 0-10M60 38q-4-5 0-10" />,
	Outdoors: <path d="M60 30l36 60H24zM60 30v60M60 58l16 32M60 58L44 90" />,
	Children: <path d="M34 66h24v24H34zM62 66h24v24H62zM48 38h24v24H48zM42 78h8M70 78h8M56 50h8" />,
	Tools: <path d="M30 44h44q10 0 10 9t-10 9H56l4 26H46l-6-26h-10zM84 53h12M40 53h16" />,
	Pets: <path d="M26 76q0-22 34-22t34 22v8q0 6-6 6H32q-6 0-6-6zM38 72q4-8 22-8t22 8" />,
	Beauty: <path d="M42 54h36v34q0 4-4 4H46q-4 0-4-4zM46 42h28v12H46zM42 68h36" />,
};

const OTHER = <path d="M32 48l28-14 28 14v34L60 96 32 82zM32 48l28 14 28-14M60 62v34" />;

interface Props {
	/** 0 to 359. */
	hue: number;
	category: string;
	/** Anything that is the product's own: it moves the light a little. */
	seed: string;
}

export function Picture({ hue, category, seed }: Props) {
	const shift = [...seed].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 40;
	return (
		<svg class="picture" viewBox="0 0 120 120" aria-hidden="true">
			<rect width="120" height="120" fill={`hsl(${hue} 26% 90%)`} />
			<circle cx={40 + shift} cy={38 + (shift % 14)} r="34" fill={`hsl(${hue} 42% 82%)`} />
			<path d="M0 96q40-12 70-4t50-6v34H0z" fill={`hsl(${hue} 24% 82%)`} />
			<g
				fill={`hsl(${hue} 36% 96% / .55)`}
				stroke={`hsl(${hue} 45% 26%)`}
				stroke-width="2"
				stroke-linejoin="round"
				stroke-linecap="round"
			>
				{DRAWINGS[category] ?? OTHER}
			</g>
		</svg>
	);
}
