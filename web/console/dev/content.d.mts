/** What the fake desk's shop says, by kind and key. */
export function resetContent(): Record<string, { stands: Record<string, Record<string, string>> | null }>;
