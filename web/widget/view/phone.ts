/** What only a panel that covers the whole screen needs; fetched there. */

/**
 * Keeps the panel exactly over what is visible, also above an on-screen keyboard, which covers the page without making it
 * smaller. The page below does not scroll meanwhile. Returns the undoing.
 */
export function fillScreen(panel: HTMLElement): () => void {
	const page = document.documentElement;
	const overflow = page.style.overflow;
	page.style.overflow = "hidden";
	const viewport = window.visualViewport;
	const cover = () => {
		panel.style.setProperty("--top", `${viewport?.offsetTop ?? 0}px`);
		panel.style.setProperty("--height", `${viewport?.height ?? innerHeight}px`);
	};
	cover();
	viewport?.addEventListener("resize", cover);
	viewport?.addEventListener("scroll", cover);
	return () => {
		page.style.overflow = overflow;
		viewport?.removeEventListener("resize", cover);
		viewport?.removeEventListener("scroll", cover);
	};
}

const FOCUSABLE = "button:enabled, select, textarea, input, summary, a[href], [tabindex='0']";

/** Where the panel hides the page, Tab must not lead into what cannot be seen. */
export function keepFocusIn(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
	const all = [...event.currentTarget.querySelectorAll<HTMLElement>(FOCUSABLE)];
	const shown = all.filter((element) => element.checkVisibility());
	const [first, last] = [shown[0], shown.at(-1)];
	const focused = (event.currentTarget.getRootNode() as ShadowRoot).activeElement;
	if (focused !== (event.shiftKey ? first : last)) return;
	event.preventDefault();
	(event.shiftKey ? last : first)?.focus();
}
