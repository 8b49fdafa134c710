import { VIEWS } from "../desk/lists";
import { supervises } from "../desk/permits";
import { strings } from "../i18n";
import { hrefOf, route } from "../page/route";
import { useConsole } from "../page/ui";
import { Icon } from "./icons";

/** The lists, with how many stand in each. */
export function Nav() {
	const { desk } = useConsole();
	const t = strings.value;
	const counts = desk.inbox.counts.value;
	return (
		<nav class="nav" aria-label={t.list.views}>
			<ul>
				{VIEWS.map((view) => {
					const count = view === "resolved" || view === "practice" ? 0 : counts[view];
					return (
						<li key={view}>
							<a
								class="nav-item"
								data-view={view}
								href={hrefOf({ view, conversation: null })}
								aria-current={route.value.view === view && !route.value.page ? "page" : undefined}
								title={t.viewHints[view]}
							>
								<Icon name={view} />
								<span class="nav-name">{t.views[view]}</span>
								{count > 0 && (
									<span class="count">
										<span aria-hidden="true">{count > 999 ? "999+" : count}</span>
										<span class="sr">{t.list.count(count)}</span>
									</span>
								)}
							</a>
						</li>
					);
				})}
				{supervises(desk.me.value) && (
					<li>
						<a
							class="nav-item"
							href={hrefOf({ page: route.value.page ?? "board" })}
							aria-current={route.value.page ? "page" : undefined}
							title={t.floor.supervisionHint}
						>
							<Icon name="board" />
							<span class="nav-name">{t.floor.supervision}</span>
						</a>
					</li>
				)}
			</ul>
		</nav>
	);
}
