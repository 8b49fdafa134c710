import { useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { strings } from "../i18n";
import { duration } from "../i18n/format";
import { now } from "../page/clock";

interface Props {
	since: number;
	/** The words around the length of time; the bare length without. */
	words?: (time: string) => string;
}

/** A length of time that counts on the screen; only its text changes, not the row around it. */
export function Elapsed({ since, words }: Props) {
	const from = useSignal(since);
	useEffect(() => {
		from.value = since;
	}, [from, since]);
	const text = useComputed(() => {
		const time = duration(strings.value, now.value - from.value);
		return words ? words(time) : time;
	});
	return <>{text}</>;
}

/** Until a due time, or past it: "due in 12 min", "5 min overdue". */
export function Due({ at }: { at: number }) {
	const t = strings.value;
	const left = at - now.value;
	const text = left >= 0 ? t.list.dueIn(duration(t, left)) : t.list.overdue(duration(t, -left));
	return <span class={left < 0 ? "due overdue" : "due"}>{text}</span>;
}
