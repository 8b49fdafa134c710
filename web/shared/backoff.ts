/** Waits between attempts: exponential with full jitter, so that a thousand widgets do not come back in the same instant. */

const BASE_MS = 500;
const CAP_MS = 30_000;

/** Milliseconds to wait before attempt `attempt` (0, 1, 2 …). */
export function backoff(attempt: number, random: () => number = Math.random): number {
	return random() * Math.min(CAP_MS, BASE_MS * 2 ** attempt);
}
