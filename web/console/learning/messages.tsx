import { strings } from "../i18n";
import { wordFor } from "../i18n/codes";
import { hrefOf } from "../page/route";
import { words } from "./i18n";
import type { Left } from "./labels";
import { keyOfLesson } from "./session";
import type { Group, Lesson } from "./wire";

interface ListProps {
	group: Group;
	left: Left;
	onArticle: (message: Lesson) => void;
}

/** The messages of a group; one that does not belong is unticked, and stays for a label of its own. */
export function Messages({ group, left, onArticle }: ListProps) {
	return (
		<ul class="lesson-messages" aria-label={words.value.messages}>
			{group.messages.map((message) => (
				<Message
					key={keyOfLesson(message)}
					message={message}
					language={group.language}
					alone={group.messages.length === 1}
					left={left}
					onArticle={onArticle}
				/>
			))}
		</ul>
	);
}

/** Intents that say that there is none. */
export const TURNED_AWAY: ReadonlySet<string> = new Set(["nlu_fallback", "out_of_scope"]);

interface Props {
	message: Lesson;
	language: string;
	alone: boolean;
	left: Left;
	onArticle: (message: Lesson) => void;
}

function Message({ message, language, alone, left, onArticle }: Props) {
	const t = strings.value;
	const w = words.value;
	const key = keyOfLesson(message);
	const percent = new Intl.NumberFormat(t.locale, { style: "percent" }).format(message.confidence);
	return (
		<li class="lesson-message">
			{alone ? (
				<p lang={language} class="lesson-text">
					{message.text}
				</p>
			) : (
				<label>
					<input
						type="checkbox"
						checked={!left.value.has(key)}
						onChange={(event) => {
							const next = new Set(left.peek());
							if (event.currentTarget.checked) next.delete(key);
							else next.add(key);
							left.value = next;
						}}
					/>
					<span lang={language} class="lesson-text">
						{message.text}
					</span>
				</label>
			)}
			<p class="hint lesson-facts">
				<span class="chip">{wordFor(w.causes, message.cause)}</span>
				<span>
					{TURNED_AWAY.has(message.intent) ? w.turnedAway : w.taken(wordFor(t.intents, message.intent), percent)}
				</span>
				<a href={hrefOf({ conversation: message.conversation })}>{w.toCase}</a>
			</p>
			{message.reply && (
				<blockquote class="lesson-reply">
					<span class="hint">{w.replied}</span> <span lang={language}>{message.reply}</span>{" "}
					<button type="button" class="link-button" aria-keyshortcuts="A" onClick={() => onArticle(message)}>
						{w.toArticle}
					</button>
				</blockquote>
			)}
		</li>
	);
}
