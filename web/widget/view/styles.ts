const given = new WeakMap<ShadowRoot, Set<string>>();

/** Gives a style sheet to a shadow root, once. Constructed, because a page's policy may forbid <style>. */
export function giveStyles(root: ShadowRoot, css: string): void {
	const has = given.get(root) ?? new Set();
	given.set(root, has);
	if (has.has(css)) return;
	has.add(css);
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(css);
	root.adoptedStyleSheets.push(sheet);
}
