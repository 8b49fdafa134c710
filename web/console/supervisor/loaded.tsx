import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { strings } from "../i18n";

export interface Loaded<Value> {
	value: Signal<Value | null>;
	failed: Signal<boolean>;
	again: () => void;
}

/** What the desk tells, asked for at once and then every `everyMs`; what was there stays while it is asked anew. */
export function useLoaded<Value>(load: () => Promise<Value>, everyMs?: number): Loaded<Value> {
	const value = useSignal<Value | null>(null);
	const failed = useSignal(false);
	const again = () => {
		load().then(
			(found) => {
				value.value = found;
				failed.value = false;
			},
			() => {
				failed.value = true;
			},
		);
	};
	useEffect(() => {
		again();
		if (!everyMs) return;
		const timer = setInterval(again, everyMs);
		return () => clearInterval(timer);
	}, []);
	return { value, failed, again };
}

interface Props<Value> {
	from: Loaded<Value>;
	children: (value: Value) => ComponentChildren;
}

/** Draws what was loaded, or says that it is loading or could not be. */
export function Show<Value>({ from, children }: Props<Value>) {
	const t = strings.value;
	const value = from.value.value;
	return (
		<>
			{from.failed.value && (
				<p class="problem" role="alert">
					{t.floor.loadFailed}{" "}
					<button type="button" class="button" onClick={from.again}>
						{t.list.again}
					</button>
				</p>
			)}
			{value === null ? !from.failed.value && <p class="hint">{t.list.loading}</p> : children(value)}
		</>
	);
}
