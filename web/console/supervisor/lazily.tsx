import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { strings } from "../i18n";

/** A page that is fetched when somebody first looks at it. */
export function lazily(load: () => Promise<ComponentType>): ComponentType {
	return function Lazily() {
		const t = strings.value;
		const page = useSignal<{ Page: ComponentType } | "failed" | null>(null);
		useEffect(() => {
			load().then(
				(Page) => {
					page.value = { Page };
				},
				() => {
					page.value = "failed";
				},
			);
		}, []);
		if (page.value === "failed") {
			return (
				<p class="problem" role="alert">
					{t.floor.loadFailed}
				</p>
			);
		}
		return page.value ? <page.value.Page /> : <p class="hint">{t.list.loading}</p>;
	};
}
