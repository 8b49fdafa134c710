export type Piece = string | { href: string };

/** Text cut into plain pieces and web addresses. Only http and https become links. */
export function pieces(text: string): Piece[] {
	return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,:;!?)\]'’”])/g).map((piece, index) => {
		const href = index % 2 === 1 && URL.canParse(piece);
		return href ? { href: piece } : piece;
	});
}

/** A message's text: text and nothing else, line breaks kept, web addresses pressable. */
export function Text({ text, links = true }: { text: string; links?: boolean }) {
	if (!links) return <>{text}</>;
	return (
		<>
			{pieces(text).map((piece) =>
				typeof piece === "string" ? (
					piece
				) : (
					<a href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
						{piece.href}
					</a>
				),
			)}
		</>
	);
}
