import { withPerson } from "../chat/pending";
import { LOCALES, localeOf } from "../i18n/strings";
import { Icon } from "./icons";
import type { OnScreen } from "./screen";

/** The languages by their own names, which are the same in every language. */
const NAMES = { fi: "Suomi", et: "Eesti", en: "English" };

export function Header({ screen }: OnScreen) {
	const { chat } = screen;
	const { t } = screen.state;
	return (
		<div class="head" part="header">
			<div class="bar">
				<h2 id="title">{chat.state.config?.shop ?? t.customerService}</h2>
				<select
					aria-label={t.chooseLanguage}
					value={screen.state.lang}
					onChange={(event) => chat.choose(localeOf(event.currentTarget.value) ?? "en")}
				>
					{LOCALES.map((locale) => (
						<option key={locale} value={locale} lang={locale}>
							{NAMES[locale]}
						</option>
					))}
				</select>
				{!screen.page && (
					<button
						type="button"
						class="plain icon"
						aria-label={t.minimise}
						title={t.minimise}
						onClick={() => screen.hide()}
					>
						<Icon name="close" />
					</button>
				)}
			</div>
			<div class="bar who">
				<WhoAnswers screen={screen} />
				<CallPerson screen={screen} />
			</div>
		</div>
	);
}

function WhoAnswers({ screen }: OnScreen) {
	const { t } = screen.state;
	const { conversation } = screen.chat.state;
	const owner = conversation?.owner ?? "bot";
	const words = {
		bot: t.answers.bot,
		closed: t.answers.bot,
		queue: t.answers.queue,
		hold: t.answers.hold,
		agent: t.answers.agent(conversation?.agent?.name ?? t.authors.agent),
	};
	return <p class={`answers ${owner}`}>{words[owner]}</p>;
}

/** Always in sight. While a person has the case it stays, and says so when it is pressed. */
function CallPerson({ screen }: OnScreen) {
	const { chat } = screen;
	const { t } = screen.state;
	const { conversation } = chat.state;
	const called = chat.isUnderWay("human");
	const done = called || withPerson(conversation);
	const press = () => {
		if (!done) return chat.askForPerson();
		const agent = conversation?.owner === "agent" && conversation.agent;
		screen.say(agent ? t.personIsHere(agent.name) : t.personCalled);
	};
	return (
		<button type="button" part="person" class="person" aria-disabled={done} aria-busy={called} onClick={press}>
			<Icon name="person" size={17} />
			{t.talkToPerson}
		</button>
	);
}
