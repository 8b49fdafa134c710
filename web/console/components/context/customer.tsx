import { useSignal } from "@preact/signals";
import type { Summary } from "../../../shared/protocol";
import type { Thread } from "../../desk/thread";
import { strings } from "../../i18n";
import { wordFor } from "../../i18n/codes";
import { IconButton } from "../button";
import { Icon } from "../icons";
import { Later } from "../later";
import { Section } from "./context";

/** Who the customer is, as far as they have told: from the desk, else from the bot's packet. */
export function CustomerSection({ summary, thread }: { summary: Summary; thread: Thread | null }) {
	const t = strings.value;
	const told = thread?.packet?.customer;
	const known = thread?.customer;
	const details = {
		name: known?.name ?? told?.name ?? summary.customer.name,
		email: known?.email ?? told?.email ?? summary.customer.email,
		phone: known?.phone ?? told?.phone ?? null,
	};
	const anybody = details.name ?? details.email ?? details.phone;
	return (
		<Section title={t.context.customer}>
			{!anybody && <p class="hint">{t.context.unknownCustomer}</p>}
			<dl class="facts">
				{(["name", "email", "phone"] as const).map((key) => {
					const value = details[key];
					return value && <Detail key={key} label={t.context[key]} value={value} />;
				})}
				<div>
					<dt>{t.context.languageLabel}</dt>
					<dd>{wordFor(t.languages, summary.locale)}</dd>
				</div>
				<div>
					<dt>{t.context.channel}</dt>
					<dd>{wordFor(t.channels, summary.channel)}</dd>
				</div>
			</dl>
			{known && anybody && (
				<p class={`identity ${known.verified ? "verified" : ""}`}>
					<Icon name={known.verified ? "verified" : "system"} />
					{known.verified ? t.context.verified : t.context.unverified}
				</p>
			)}
			<DataOf key={summary.id} summary={summary} />
		</Section>
	);
}

/** A copy of the customer's data, or its erasure: fetched when it is wanted. */
function DataOf({ summary }: { summary: Summary }) {
	const open = useSignal(false);
	return (
		<>
			<button
				type="button"
				class="button"
				aria-expanded={open.value}
				onClick={() => {
					open.value = !open.value;
				}}
			>
				{strings.value.context.data}
			</button>
			{open.value && <Later load={data} props={{ summary }} />}
		</>
	);
}

const data = () => import("../../privacy/block").then(({ Data }) => Data);

const COPIED_MS = 2_000;

function Detail({ label, value }: { label: string; value: string }) {
	const t = strings.value;
	const copied = useSignal(false);
	const copy = async () => {
		await navigator.clipboard.writeText(value);
		copied.value = true;
		setTimeout(() => {
			copied.value = false;
		}, COPIED_MS);
	};
	return (
		<div>
			<dt>{label}</dt>
			<dd class="copyable">
				<span>{value}</span>
				<IconButton
					icon={copied.value ? "tick" : "copy"}
					class="small"
					label={copied.value ? t.context.copied : t.context.copy(label)}
					onClick={() => copy().catch(() => {})}
				/>
			</dd>
		</div>
	);
}
