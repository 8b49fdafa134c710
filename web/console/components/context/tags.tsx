import type { Summary } from "../../../shared/protocol";
import { refusalText } from "../../desk/refusal";
import { strings } from "../../i18n";
import { useConsole } from "../../page/ui";
import { IconButton } from "../button";
import { Icon } from "../icons";
import { Section } from "./context";

const LONGEST = 32;

/** Words by which agents find and count conversations. */
export function Tags({ summary }: { summary: Summary }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const tags = summary.tags ?? [];
	const set = async (next: string[]) => {
		const refusal = await desk.ask({ type: "tag", conversation: summary.id, tags: next });
		if (refusal) ui.toast("bad", refusalText(t, refusal));
	};
	return (
		<Section title={t.tags.label}>
			<ul class="tags">
				{tags.map((tag) => (
					<li key={tag} class="chip">
						<Icon name="tag" />
						{tag}
						<IconButton
							icon="close"
							class="small"
							label={t.tags.remove(tag)}
							onClick={() => void set(tags.filter((other) => other !== tag))}
						/>
					</li>
				))}
			</ul>
			<form
				onSubmit={(event) => {
					event.preventDefault();
					const field = event.currentTarget.elements.namedItem("tag") as HTMLInputElement;
					const tag = field.value.trim();
					if (tag) void set([...tags, tag]);
					field.value = "";
				}}
			>
				<input
					id="tag"
					name="tag"
					maxLength={LONGEST}
					placeholder={t.tags.add}
					aria-label={t.tags.add}
					autocomplete="off"
				/>
			</form>
		</Section>
	);
}
