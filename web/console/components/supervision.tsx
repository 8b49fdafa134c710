import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { supervises } from "../desk/permits";
import { strings } from "../i18n";
import type { Page } from "../page/route";
import { useConsole } from "../page/ui";

interface Props {
	page: Page;
}

/** The supervisor's pages. They are fetched when a supervisor first looks: agents never load them. */
export function Supervision({ page }: Props) {
	const { desk } = useConsole();
	const t = strings.value;
	const area = useSignal<{ Area: ComponentType<Props> } | "failed" | null>(null);
	const allowed = supervises(desk.me.value);

	useEffect(() => {
		if (!allowed) return;
		import("../supervisor/area").then(
			({ Area }) => {
				area.value = { Area };
			},
			() => {
				area.value = "failed";
			},
		);
	}, [allowed, area]);

	if (!allowed) return <p class="supervision problem">{t.rejects.forbidden}</p>;
	if (area.value === "failed") {
		return (
			<p class="supervision problem" role="alert">
				{t.floor.loadFailed}
			</p>
		);
	}
	return area.value ? <area.value.Area page={page} /> : <p class="supervision hint">{t.list.loading}</p>;
}
