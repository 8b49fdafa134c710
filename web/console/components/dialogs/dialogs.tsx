import { route } from "../../page/route";
import { useConsole } from "../../page/ui";
import { AccountDialog } from "./account";
import {
	HoldDialog,
	PromiseDialog,
	ReassignDialog,
	RequeueDialog,
	ResolveDialog,
	ReturnDialog,
	TransferDialog,
} from "./actions";
import { KeySheet } from "./keysheet";
import { Palette } from "./palette";
import { SettingsDialog } from "./settings";
import { ShopDialog } from "./shop";

const ACTION_DIALOGS = {
	resolve: ResolveDialog,
	hold: HoldDialog,
	promise: PromiseDialog,
	requeue: RequeueDialog,
	return_to_bot: ReturnDialog,
	transfer: TransferDialog,
	reassign: ReassignDialog,
};

/** The dialog that is open, if any. */
export function Dialogs() {
	const { ui } = useConsole();
	const { conversation } = route.value;
	const open = ui.dialog.value;
	switch (open) {
		case null:
			return null;
		case "palette":
			return <Palette />;
		case "keys":
			return <KeySheet />;
		case "settings":
			return <SettingsDialog />;
		case "account":
			return <AccountDialog />;
		case "shop":
			return conversation ? <ShopDialog key={conversation} conversation={conversation} /> : null;
		default: {
			const Form = ACTION_DIALOGS[open];
			return conversation ? <Form key={conversation} conversation={conversation} /> : null;
		}
	}
}
