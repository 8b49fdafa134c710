import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { strings } from "../i18n";

interface Loading<Props> {
	load: () => Promise<ComponentType<Props>>;
	props: Props;
}

/** A page that is fetched when somebody first looks: others never load it. */
export function Later<Props extends object>({ load, props }: Loading<Props>) {
	const t = strings.value;
	const page = useSignal<{ Page: ComponentType<Props> } | "failed" | null>(null);
	useEffect(() => {
		load().then(
			(Page) => {
				page.value = { Page };
			},
			() => {
				page.value = "failed";
			},
		);
	}, [load, page]);
	if (page.value === "failed") {
		return (
			<p class="supervision problem" role="alert">
				{t.floor.loadFailed}
			</p>
		);
	}
	return page.value ? <page.value.Page {...props} /> : <p class="supervision hint">{t.list.loading}</p>;
}
