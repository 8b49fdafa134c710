/** Acting in the shop: what can be done to the order now, within the agent's authority or with a supervisor's approval. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ShopKind, ShopOrder } from "../../../shared/protocol";
import { ApiError } from "../../desk/api";
import { refusalText } from "../../desk/refusal";
import { strings } from "../../i18n";
import { wordFor } from "../../i18n/codes";
import { money } from "../../i18n/format";
import { useConsole } from "../../page/ui";
import { ActionForm, Problem, textOf } from "./actionform";

type State = "loading" | "failed" | "unknown" | ShopOrder;

const GIVEN: readonly ShopKind[] = ["refund_made", "compensation_granted"];
const OF_LINES: readonly ShopKind[] = ["item_resent", "return_opened"];
const AMOUNT = /^\d{1,6}([.,]\d{1,2})?$/;

export function ShopDialog({ conversation }: { conversation: string }) {
	const { desk } = useConsole();
	const t = strings.value;
	const summary = desk.summary(conversation);
	const number = useSignal(summary?.order ?? desk.threads.get(conversation)?.packet?.order?.number ?? "");
	const proof = useSignal("");
	const order = useSignal<State>("loading");
	const look = async () => {
		order.value = "loading";
		try {
			order.value = await desk.api.order(conversation, number.peek(), proof.peek());
		} catch (error) {
			order.value = error instanceof ApiError && error.status === 404 ? "unknown" : "failed";
		}
	};
	useEffect(() => void look(), []);

	const state = order.value;
	if (typeof state === "object") {
		return <Acting conversation={conversation} order={state} proof={proof.value} />;
	}
	const find = (data: FormData) => {
		number.value = textOf(data, "number");
		proof.value = textOf(data, "proof");
		void look();
		return false;
	};
	return (
		<ActionForm title={t.shop.title} submit={t.shop.find} onSubmit={find}>
			{state === "loading" ? (
				<p role="status">{t.shop.loading}</p>
			) : (
				<>
					<p class="problem" role="alert">
						{state === "failed" ? t.shop.failed : t.shop.unknown}
					</p>
					<label class="field">
						<span>{t.shop.number}</span>
						<input name="number" defaultValue={number.value} inputMode="numeric" autocomplete="off" />
					</label>
					<label class="field">
						<span>{t.shop.proof}</span>
						<input name="proof" defaultValue={proof.value} autocomplete="off" />
					</label>
				</>
			)}
		</ActionForm>
	);
}

interface ActingProps {
	conversation: string;
	order: ShopOrder;
	proof: string;
}

function Acting({ conversation, order, proof }: ActingProps) {
	const { desk, ui } = useConsole();
	const t = strings.value;
	const kind = useSignal<ShopKind | undefined>(order.kinds[0]);
	const amount = useSignal("");
	const problem = useSignal<string | null>(null);
	const chosen = kind.value;
	if (!chosen) {
		return (
			<ActionForm title={t.card.order(order.card.number)} submit={t.dialog.close} onSubmit={() => true}>
				<p>{t.shop.none}</p>
			</ActionForm>
		);
	}
	const limit = order.limits[chosen];
	const given = GIVEN.includes(chosen);
	const above = given && limit !== undefined && Number(amount.value.replace(",", ".")) > Number(limit);
	const submit = (data: FormData) => {
		const address = chosen === "address_changed" ? addressOf(data, order) : undefined;
		if (given && !AMOUNT.test(textOf(data, "amount"))) problem.value = t.shop.invalid;
		else if (address && Object.values(address).some((part) => !part)) problem.value = t.shop.missing;
		else problem.value = null;
		if (problem.value) return false;
		void desk
			.ask({
				type: "shop",
				conversation,
				kind: chosen,
				number: order.card.number,
				reason: textOf(data, "reason"),
				...(proof ? { proof } : {}),
				...(given ? { amount: textOf(data, "amount").replace(",", ".") } : {}),
				...(OF_LINES.includes(chosen) ? { lines: data.getAll("lines").map(String) } : {}),
				...(address ? { address } : {}),
			})
			.then((refusal) => refusal && ui.toast("bad", refusalText(t, refusal)));
		return true;
	};
	return (
		<ActionForm
			title={t.card.order(order.card.number)}
			submit={above ? t.shop.ask : t.shop.submit}
			onSubmit={submit}
			key={order.card.number}
		>
			<fieldset class="choices">
				<legend>{t.shop.what}</legend>
				{order.kinds.map((each) => (
					<label key={each} class="choice">
						<input
							type="radio"
							name="kind"
							value={each}
							checked={each === chosen}
							onChange={() => {
								kind.value = each;
								problem.value = null;
							}}
						/>
						{wordFor(t.shop.kinds, each)}
					</label>
				))}
			</fieldset>
			{given && (
				<label class="field">
					<span>{t.shop.amount}</span>
					<input
						name="amount"
						inputMode="decimal"
						autocomplete="off"
						aria-invalid={problem.value !== null}
						aria-describedby="shop-limit"
						onInput={(event) => {
							amount.value = event.currentTarget.value;
						}}
					/>
					<small id="shop-limit" class="hint">
						{above ? t.shop.above : limit && t.shop.within(money(t, { amount: limit, currency: "EUR" }))}
					</small>
				</label>
			)}
			{OF_LINES.includes(chosen) && <Lines order={order} />}
			{chosen === "address_changed" && <AddressFields order={order} />}
			<label class="field">
				<span>
					{t.shop.why} <small>({t.dialog.optional})</small>
				</span>
				<input name="reason" maxLength={500} autocomplete="off" />
			</label>
			<Problem text={problem.value} />
		</ActionForm>
	);
}

function Lines({ order }: { order: ShopOrder }) {
	const t = strings.value;
	return (
		<fieldset class="choices">
			<legend>{t.shop.lines}</legend>
			{order.lines.map((line) => (
				<label key={line.id} class="choice">
					<input type="checkbox" name="lines" value={line.id} defaultChecked={order.lines.length === 1} />
					{line.name}
					{line.quantity > 1 && <span class="quantity"> × {line.quantity}</span>}
				</label>
			))}
		</fieldset>
	);
}

function AddressFields({ order }: { order: ShopOrder }) {
	const t = strings.value;
	const { name, street, postal_code, city } = order.address;
	const fields = [
		["name", t.shop.recipient, name],
		["street", t.shop.street, street],
		["postal_code", t.shop.postalCode, postal_code],
		["city", t.shop.city, city],
	] as const;
	return (
		<>
			{fields.map(([key, label, value]) => (
				<label key={key} class="field">
					<span>{label}</span>
					<input name={key} defaultValue={value} maxLength={200} autocomplete="off" />
				</label>
			))}
		</>
	);
}

function addressOf(data: FormData, order: ShopOrder) {
	const of = (name: string) => textOf(data, name);
	const { country } = order.address;
	return { name: of("name"), street: of("street"), postal_code: of("postal_code"), city: of("city"), country };
}
