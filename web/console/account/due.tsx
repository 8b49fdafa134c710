import { useEffect, useRef } from "preact/hooks";
import type { Api } from "../desk/api";
import { Show, useLoaded } from "../supervisor/loaded";
import "./account.css";
import { useChange } from "./change";
import { words } from "./i18n";
import { SecondStep } from "./secondstep";
import type { Account } from "./wire";

interface Props {
	api: Pick<Api, "read" | "save">;
	onDone: () => void;
	onLeave: () => void;
}

/** Before all work: the shop asks this role for a second step. */
export function SecondStepDue({ api, onDone, onLeave }: Props) {
	const w = words.value;
	const account = useLoaded(() => api.read<Account>("/account"));
	const { problem, change } = useChange(api, () => {});
	const title = useRef<HTMLHeadingElement>(null);
	useEffect(() => title.current?.focus(), []);
	return (
		<>
			<h1 ref={title} tabIndex={-1}>
				{w.dueTitle}
			</h1>
			<p>{w.due}</p>
			<p class="problem" role="alert">
				{problem.value}
			</p>
			<Show from={account}>{(mine) => <SecondStep account={mine} change={change} heading="h2" onKept={onDone} />}</Show>
			<p>
				<button type="button" class="button" onClick={onLeave}>
					{w.leave}
				</button>
			</p>
		</>
	);
}
