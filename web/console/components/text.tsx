/** A customer's words: text, never HTML. Web addresses become links; nothing is ever loaded from them. */

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** Belongs to the sentence around the address, not to the address. */
const TRAILING = /[.,;:!?)\]}»”’]+$/;

export type Part = string | { href: string; label: string };

/** Splits text into plain parts and addresses. Only http and https are ever linked. */
export function parts(text: string): Part[] {
	const found: Part[] = [];
	let end = 0;
	for (const match of text.matchAll(ADDRESS)) {
		const label = match[0].replace(TRAILING, "");
		const href = safeHref(label);
		if (!href) continue;
		found.push(text.slice(end, match.index), { href, label });
		end = match.index + label.length;
	}
	return [...found, text.slice(end)].filter((part) => part !== "");
}

export function Text({ text, lang }: { text: string; lang?: string | null }) {
	return (
		<p class="text" dir="auto" lang={lang ?? undefined}>
			{parts(text).map((part) =>
				typeof part === "string" ? (
					part
				) : (
					<a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
						{part.label}
					</a>
				),
			)}
		</p>
	);
}

function safeHref(label: string): string | null {
	try {
		const url = new URL(label);
		return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
	} catch {
		return null;
	}
}
