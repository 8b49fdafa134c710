/** Notices of the desktop, for an agent who looks at another window. Never asked for but by the agent's own button. */

export type Permission = "none" | NotificationPermission;

export function permission(): Permission {
	return "Notification" in globalThis ? Notification.permission : "none";
}

export async function askPermission(): Promise<Permission> {
	return "Notification" in globalThis ? Notification.requestPermission() : "none";
}

/** Shows a notice, one at a time for a conversation. It says who and why, not what was written: others may see the screen. */
export function notify(title: string, body: string, tag: string, onClick: () => void): void {
	if (permission() !== "granted" || !document.hidden) return;
	try {
		const notice = new Notification(title, { body, tag });
		notice.onclick = () => {
			window.focus();
			onClick();
			notice.close();
		};
	} catch {
		// Android's browsers allow notices from service workers only; sound and title count remain.
	}
}
