import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Summary } from "../../shared/protocol";
import { ApiError } from "../desk/api";
import { useConsole } from "../page/ui";
import { Show, useLoaded } from "../supervisor/loaded";
import { words } from "./i18n";

interface Found {
	conversations: number;
	unproved: number;
}

interface Props {
	summary: Summary;
}

/** A customer's data: how much there is, a copy for them, erasure. Fetched when an agent first looks. */
export function Data({ summary }: Props) {
	const { desk } = useConsole();
	const path = `/conversations/${encodeURIComponent(summary.id)}/data`;
	const found = useLoaded(() => desk.api.read<Found>(path));
	const said = useSignal("");
	const w = words.value;
	const tell = (error: unknown) => {
		said.value = error instanceof ApiError && error.status === 403 ? w.forbidden : w.failed;
	};
	const copy = async () => {
		save(await desk.api.fetchFile(`${path}/copy`));
		said.value = w.copied;
	};
	const erase = async () => {
		const { left_to_bot: left } = await desk.api.save<{ left_to_bot: number }>(`${path}/erase`, { confirm: "erase" });
		said.value = left > 0 ? `${w.erased} ${w.left}` : w.erased;
	};
	return (
		<Show from={found}>
			{({ conversations, unproved }) => (
				<div class="customer-data">
					<p>{w.found(conversations)}</p>
					{unproved > 0 && <p class="hint">{w.unproved(unproved)}</p>}
					<p class="hint">{w.first}</p>
					<button type="button" class="button" onClick={() => copy().catch(tell)}>
						{w.copy}
					</button>
					<Erase onConfirm={() => erase().catch(tell)} />
					<p role="status">{said.value}</p>
				</div>
			)}
		</Show>
	);
}

/** Asked twice; the focus goes to the way back, and from there to where it came from. */
function Erase({ onConfirm }: { onConfirm: () => void }) {
	const asked = useSignal(false);
	const first = useRef<HTMLButtonElement>(null);
	const back = useRef<HTMLButtonElement>(null);
	const begun = useRef(false);
	const w = words.value;
	useEffect(() => {
		if (asked.value) back.current?.focus();
		else if (begun.current) first.current?.focus();
		begun.current = true;
	}, [asked.value]);
	if (!asked.value) {
		return (
			<button
				type="button"
				class="button"
				ref={first}
				onClick={() => {
					asked.value = true;
				}}
			>
				{w.erase}
			</button>
		);
	}
	const done = () => {
		asked.value = false;
	};
	return (
		<fieldset class="customer-erase">
			<p>{w.sure}</p>
			<button type="button" class="button" ref={back} onClick={done}>
				{w.cancel}
			</button>
			<button
				type="button"
				class="button danger"
				onClick={() => {
					done();
					onConfirm();
				}}
			>
				{w.confirm}
			</button>
		</fieldset>
	);
}

function save(file: Blob) {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(file);
	link.download = "customer.zip";
	link.click();
	URL.revokeObjectURL(link.href);
}
