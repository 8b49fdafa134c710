import { Later } from "./later";

/** The practice room, where no conversation of it is open. */
export function Practice() {
	return <Later load={room} props={{}} />;
}

const room = () => import("../practice/room").then(({ Room }) => Room);
