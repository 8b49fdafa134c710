import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { strings } from "../i18n";
import { useConsole } from "../page/ui";
import { Icon } from "./icons";

/** A short hiccup that heals itself is not worth a word; the link itself finds a dead wire within 9 s. */
const PATIENCE_MS = 800;
const BACK_MS = 4_000;

/** Says when the desk is out of reach, and when it is back. Nothing while all is well. */
export function LinkState() {
	const { desk } = useConsole();
	const t = strings.value;
	const shown = useSignal<"none" | "lost" | "back">("none");
	const state = desk.link.state.value;

	useEffect(() => {
		if (state === "open") {
			if (shown.value !== "lost") return;
			shown.value = "back";
			const timer = setTimeout(() => {
				shown.value = "none";
			}, BACK_MS);
			return () => clearTimeout(timer);
		}
		const lost = () => {
			shown.value = "lost";
		};
		if (state === "offline") return lost();
		const timer = setTimeout(lost, PATIENCE_MS);
		return () => clearTimeout(timer);
	}, [state, shown]);

	return (
		<div class="link-state" role="status">
			{shown.value === "lost" && (
				<span class="link-lost">
					<Icon name="offline" />
					<strong>{t.link.offline}</strong>
					<span class="link-hint">{t.link.offlineHint}</span>
				</span>
			)}
			{shown.value === "back" && (
				<span class="link-back">
					<Icon name="tick" />
					{t.link.back}
				</span>
			)}
		</div>
	);
}
