import { hrefOf, PAGES, type Page } from "../page/route";
import { AuditPage } from "./audit";
import { BoardPage } from "./board";
import { HoursPage } from "./hours";
import { words } from "./i18n";
import { lazily } from "./lazily";
import { PolicyPage } from "./policy";
import { StaffPage } from "./staff";
import "./supervisor.css";

const CONTENT = {
	board: BoardPage,
	figures: lazily(async () => (await import("../figures/page")).FiguresPage),
	learning: lazily(async () => (await import("../learning/labels")).LabelsPage),
	models: lazily(async () => (await import("../learning/models")).ModelsPage),
	content: lazily(async () => (await import("../content/page")).ContentPage),
	staff: StaffPage,
	hours: HoursPage,
	policy: PolicyPage,
	audit: AuditPage,
};

/** The supervisor's pages: one at a time, with the way to the others. */
export function Area({ page }: { page: Page }) {
	const w = words.value;
	const Content = CONTENT[page];
	return (
		<div class="supervision">
			<header class="supervision-head">
				<h2 id="supervision-title">{w.pages[page]}</h2>
				<nav class="supervision-nav" aria-label={w.title}>
					<ul>
						{PAGES.map((each) => (
							<li key={each}>
								<a href={hrefOf({ page: each })} aria-current={each === page ? "page" : undefined}>
									{w.pages[each]}
								</a>
							</li>
						))}
					</ul>
				</nav>
			</header>
			<section class="supervision-body" aria-labelledby="supervision-title" tabIndex={0}>
				<Content key={page} />
			</section>
		</div>
	);
}
