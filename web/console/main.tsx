import { signal } from "@preact/signals";
import { render } from "preact";
import { Link, type LinkState, socketTransport, socketUrl } from "../shared/link";
import type { ConsoleCommand, ConsoleMessage, ConsoleSignal } from "../shared/protocol";
import { App } from "./app";
import { Api } from "./desk/api";
import { startClock } from "./page/clock";
import { followAddress } from "./page/route";
import { applySettings } from "./page/settings";
import "./styles/index.css";

const socket = socketTransport(socketUrl(location.origin, "/api/console/socket"));

applySettings();
followAddress();
startClock();

const root = document.getElementById("console");
if (!root) throw new Error("console/index.html lacks its element #console.");
render(
	<App
		api={new Api()}
		makeLink={(csrf, onRefused) => (onMessage) =>
			new Link<ConsoleMessage, ConsoleCommand, ConsoleSignal>({
				state: signal<LinkState>("idle"),
				socket,
				hello: () => ({ type: "hello", csrf }),
				onMessage,
				onRefused,
			})
		}
	/>,
	root,
);
