import { useSignal } from "@preact/signals";
import type { Change } from "./change";
import { words } from "./i18n";
import { Code, Proof, proofOf } from "./proof";
import type { Account, Begun, Confirmed } from "./wire";

interface Props {
	account: Account;
	change: Change;
	heading?: "h2" | "h3";
	/** The recovery codes have been kept. */
	onKept?: () => void;
}

/** Off, being set up, just switched on with its recovery codes, or on. */
export function SecondStep({ account, change, heading: Heading = "h3", onKept }: Props) {
	const w = words.value;
	const begun = useSignal<Begun | null>(null);
	const recovery = useSignal<string[] | null>(null);

	async function send(event: SubmitEvent): Promise<void> {
		event.preventDefault();
		const form = event.currentTarget as HTMLFormElement;
		if (begun.value) {
			const code = String(new FormData(form).get("code") ?? "");
			const done = await change<Confirmed>("second_step/confirm", { code });
			if (done) {
				begun.value = null;
				recovery.value = done.recovery;
			}
		} else if (account.second_step) {
			await change("second_step/drop", proofOf(form), w.dropped);
		} else {
			begun.value = await change<Begun>("second_step", proofOf(form));
		}
		form.reset();
	}

	function kept(): void {
		recovery.value = null;
		onKept?.();
	}

	if (recovery.value) return <Recovery codes={recovery.value} heading={Heading} onKept={kept} />;
	if (account.second_step && account.second_step_asked) {
		return (
			<section class="account-part" aria-labelledby="account-step">
				<Heading id="account-step">{w.step}</Heading>
				<p class="hint">
					{w.stepOn(account.recovery_left)} {w.asked}
				</p>
			</section>
		);
	}
	return (
		<form class="account-part" aria-labelledby="account-step" onSubmit={send}>
			<Heading id="account-step">{w.step}</Heading>
			{begun.value ? (
				<Setup begun={begun.value} />
			) : (
				<>
					<p class="hint">{account.second_step ? w.stepOn(account.recovery_left) : w.stepOff}</p>
					<Proof second={account.second_step} />
				</>
			)}
			<p>
				<button type="submit" class="button">
					{begun.value ? w.confirm : account.second_step ? w.drop : w.begin}
				</button>
			</p>
		</form>
	);
}

function Setup({ begun }: { begun: Begun }) {
	const w = words.value;
	return (
		<>
			<p>{w.scan}</p>
			<Picture rows={begun.picture} title={w.picture} />
			<p>
				{w.key}: <code class="account-key">{begun.secret.match(/.{1,4}/g)?.join(" ")}</code>
			</p>
			<Code />
		</>
	);
}

const QUIET = 4;

/** A QR code, dark on light whatever the theme: phones read nothing else. */
function Picture({ rows, title }: { rows: string[]; title: string }) {
	const side = rows.length + 2 * QUIET;
	const dark = rows.flatMap((row, y) =>
		[...row].flatMap((bit, x) => (bit === "1" ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
	);
	return (
		<svg
			class="account-picture"
			role="img"
			aria-label={title}
			viewBox={`0 0 ${side} ${side}`}
			shape-rendering="crispEdges"
		>
			<path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
			<path fill="#000" d={dark.join("")} />
		</svg>
	);
}

function Recovery({ codes, heading: Heading, onKept }: { codes: string[]; heading: "h2" | "h3"; onKept: () => void }) {
	const w = words.value;
	return (
		<section class="account-part" aria-labelledby="account-recovery">
			<Heading id="account-recovery">{w.step}</Heading>
			<p role="status">{w.recovery}</p>
			<ul class="account-codes">
				{codes.map((code) => (
					<li key={code}>
						<code>{code}</code>
					</li>
				))}
			</ul>
			<p>
				<button type="button" class="button primary" onClick={onKept}>
					{w.kept}
				</button>
			</p>
		</section>
	);
}
