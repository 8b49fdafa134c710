import { supervises } from "../desk/permits";
import { strings } from "../i18n";
import type { Page } from "../page/route";
import { useConsole } from "../page/ui";
import { Later } from "./later";

interface Props {
	page: Page;
}

/** The supervisor's pages. They are fetched when a supervisor first looks: agents never load them. */
export function Supervision({ page }: Props) {
	const { desk } = useConsole();
	const t = strings.value;
	if (!supervises(desk.me.value)) return <p class="supervision problem">{t.rejects.forbidden}</p>;
	return <Later load={area} props={{ page }} />;
}

const area = () => import("../supervisor/area").then(({ Area }) => Area);
