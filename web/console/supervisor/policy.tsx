import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { duration } from "../i18n/format";
import { teamName } from "../page/names";
import { useConsole } from "../page/ui";
import { words } from "./i18n";
import { Show, useLoaded } from "./loaded";
import type { Policy, RuleName } from "./wire";

/** What the bot may do, and the times of the queue: shown as they stand, set elsewhere. */
export function PolicyPage() {
	const { desk } = useConsole();
	const t = strings.value;
	const w = words.value.policy;
	const policy = useLoaded(() => desk.api.read<Policy>("/policy"));
	return (
		<Show from={policy}>
			{({ text, rules, targets }) => (
				<>
					<p class="hint">{w.source}</p>
					<section class="block" aria-label={w.rules}>
						<h3>{w.rules}</h3>
						<dl class="rules">
							{(Object.entries(rules) as [RuleName, number | string][]).map(([name, value]) => (
								<div key={name}>
									<dt>{wordFor(w.names, name)}</dt>
									<dd>{typeof value === "number" ? duration(t, value) : wordFor(w.assignments, value)}</dd>
								</div>
							))}
							{Object.entries(targets ?? {}).map(([team, { live, deferred }]) => (
								<div key={team}>
									<dt>{`${wordFor(w.names, "target_live")}: ${teamName(t, team)}`}</dt>
									<dd>{`${duration(t, live)} / ${duration(t, deferred)}`}</dd>
								</div>
							))}
						</dl>
					</section>
					<section class="block" aria-labelledby="policy-file">
						<h3 id="policy-file">{w.file}</h3>
						<pre class="file" tabIndex={0} lang="en" aria-labelledby="policy-file">
							{text}
						</pre>
					</section>
				</>
			)}
		</Show>
	);
}
