/** The present, for waiting times that count on the screen. One timer for all of them. */
import { signal } from "@preact/signals";

export const now = signal(Date.now());

/** Starts the clock; returns how to stop it. */
export function startClock(): () => void {
	const timer = setInterval(() => {
		now.value = Date.now();
	}, 1_000);
	return () => clearInterval(timer);
}
