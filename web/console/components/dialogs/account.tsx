import { strings } from "../../i18n";
import { Later } from "../later";
import { Dialog } from "./dialog";

/** My account, fetched when somebody first looks. */
export function AccountDialog() {
	return (
		<Dialog title={strings.value.user.account} class="account">
			<Later load={page} props={{}} />
		</Dialog>
	);
}

const page = () => import("../../account/account").then(({ AccountPage }) => AccountPage);
