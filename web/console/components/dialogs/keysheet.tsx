import { VIEWS } from "../../desk/lists";
import { type Strings, strings } from "../../i18n";
import { type CommandId, KEYMAP, type KeyGroup } from "../../keys/keymap";
import { settings } from "../../page/settings";
import { Keys, liveKeys } from "../button";
import { Dialog } from "./dialog";

const GROUPS: readonly KeyGroup[] = ["moving", "writing", "handling", "anywhere"];

/** All keys on one sheet, made from the table that they work by. */
export function KeySheet() {
	const t = strings.value;
	return (
		<Dialog title={t.keys.title} class="keysheet">
			{!settings.value.singleKeys && <p class="hint">{t.keys.singleOff}</p>}
			<div class="key-groups">
				{GROUPS.map((group) => (
					<section key={group}>
						<h3>{t.keys[group]}</h3>
						<dl>
							{rowsOf(group).map((id) => (
								<KeyRow key={id} title={titleOf(t, id)} keys={liveKeys(id)} />
							))}
							{group === "writing" && <SendingRows />}
						</dl>
					</section>
				))}
			</div>
		</Dialog>
	);
}

function rowsOf(group: KeyGroup): CommandId[] {
	return (Object.keys(KEYMAP) as CommandId[]).filter((id) => KEYMAP[id].group === group && liveKeys(id).length > 0);
}

function titleOf(t: Strings, id: CommandId): string {
	const view = id.startsWith("view") ? VIEWS[Number(id.slice(4)) - 1] : undefined;
	return view ? t.actions.view(t.views[view]) : (t.actions[id as keyof typeof t.actions] as string);
}

function KeyRow({ title, keys }: { title: string; keys: readonly string[] }) {
	return (
		<div>
			<dt>{title}</dt>
			<dd>
				{keys.map((combo, index) => (
					<span key={combo}>
						{index > 0 && ` ${strings.value.keys.or} `}
						<Keys combo={combo} />
					</span>
				))}
			</dd>
		</div>
	);
}

function SendingRows() {
	const t = strings.value;
	const enter = settings.value.sendKey === "enter";
	return (
		<>
			<KeyRow title={t.keys.sendNow} keys={enter ? ["Enter", "Mod+Enter"] : ["Mod+Enter"]} />
			<KeyRow title={t.keys.newline} keys={enter ? ["Shift+Enter"] : ["Enter"]} />
		</>
	);
}
