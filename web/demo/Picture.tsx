import { DRAWINGS, type Drawing, OTHER } from "./drawings";

interface Props {
	/** 0 to 359. */
	hue: number;
	/** In English, words joined by hyphens; its last words say what the thing is. */
	slug: string;
	category: string;
}

/** A quiet line drawing of what the product is, on the product's own hue. */
export function Picture({ hue, slug, category }: Props) {
	const shift = [...slug].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 40;
	return (
		<svg class="picture" viewBox="0 0 120 120" aria-hidden="true">
			<rect width="120" height="120" fill={`hsl(${hue} 26% 90%)`} />
			<circle cx={40 + shift} cy={38 + (shift % 14)} r="34" fill={`hsl(${hue} 42% 82%)`} />
			<path d="M0 96q40-12 70-4t50-6v34H0z" fill={`hsl(${hue} 24% 82%)`} />
			<path
				d={drawingOf(slug, category)}
				fill={`hsl(${hue} 36% 96% / .55)`}
				stroke={`hsl(${hue} 45% 26%)`}
				stroke-width="2"
				stroke-linejoin="round"
				stroke-linecap="round"
			/>
		</svg>
	);
}

function drawingOf(slug: string, category: string): Drawing {
	const words = slug.split("-").reverse();
	const known = words.find((word) => Object.hasOwn(DRAWINGS, word)) ?? category;
	return DRAWINGS[known] ?? OTHER;
}
