import type { Deed, Summary } from "../../../shared/protocol";
import { approvable, isMine } from "../../desk/permits";
import { refusalText } from "../../desk/refusal";
import { strings } from "../../i18n";
import { useConsole } from "../../page/ui";
import { CommandButton, Keys, liveKeys } from "../button";
import { wishText } from "../thread/change";
import { Section } from "./context";

/** What is open in the shop, to approve or decline, and the way to do more. */
export function ShopSection({ summary }: { summary: Summary }) {
	const { desk } = useConsole();
	const t = strings.value;
	const deeds = summary.deeds ?? [];
	if (deeds.length === 0 && !isMine(summary, desk.me.value)) return null;
	return (
		<Section title={deeds.length > 0 ? t.shop.open : t.shop.section}>
			<ul class="deeds">
				{deeds.map((deed) => (
					<DeedItem key={deed.deed} summary={summary} deed={deed} />
				))}
			</ul>
			<CommandButton command="shop">
				{t.actions.shop} <Keys combo={liveKeys("shop")[0] ?? ""} />
			</CommandButton>
		</Section>
	);
}

function DeedItem({ summary, deed }: { summary: Summary; deed: Deed }) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const me = desk.me.value;
	const mayApprove = approvable({ ...summary, deeds: [deed] }, me) !== null;
	const mayDecline = mayApprove || (deed.needs !== null && deed.by === me.id);
	const send = async (type: "approve" | "decline") => {
		const refusal = await desk.ask({ type, conversation: summary.id, deed: deed.deed });
		if (refusal) ui.toast("bad", refusalText(t, refusal));
	};
	const waits = { agent: t.shop.waitsAgent, supervisor: t.shop.waitsSupervisor };
	const [combo] = liveKeys("approve");
	return (
		<li class="deed">
			<p>
				<span class={`chip ${deed.needs ? "warm" : ""}`}>{deed.needs ? waits[deed.needs] : t.shop.waitsShop}</span>
			</p>
			<p>
				<strong>{wishText(t, deed)}</strong>
			</p>
			{(mayApprove || mayDecline) && (
				<p class="deed-ways">
					{mayApprove && (
						<button type="button" class="button primary" onClick={() => void send("approve")}>
							{t.shop.approve} {combo && <Keys combo={combo} />}
						</button>
					)}
					{mayDecline && (
						<button type="button" class="button" onClick={() => void send("decline")}>
							{t.shop.decline}
						</button>
					)}
				</p>
			)}
		</li>
	);
}
