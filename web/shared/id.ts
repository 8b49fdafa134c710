/** A new id for a command: 128 random bits. Not randomUUID, which is missing on shops' pages that are served over plain http. */
export function newId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
