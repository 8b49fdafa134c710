import type { Page } from "playwright-core";

/** What Chromium hands to a screen reader, in the order in which it is read. */
export interface Heard {
	role: string;
	name: string;
	/** The node's own words and those below it, in order. */
	words: string[];
	live: string;
	focused: boolean;
	within: Heard | undefined;
}

interface Node {
	nodeId: string;
	ignored: boolean;
	role?: { value: string };
	name?: { value: string };
	properties?: { name: string; value: { value?: unknown } }[];
	childIds?: string[];
}

const CONTROLS = new Set(
	"button link textbox searchbox combobox radio checkbox switch option DisclosureTriangle image dialog log".split(" "),
);

/** The whole page's tree, shadow roots included. */
export async function hear(page: Page): Promise<Heard[]> {
	const devtools = await page.context().newCDPSession(page);
	const { nodes } = (await devtools.send("Accessibility.getFullAXTree")) as unknown as { nodes: Node[] };
	await devtools.detach();
	const byId = new Map(nodes.map((node) => [node.nodeId, node]));
	const found: Heard[] = [];
	const read = (node: Node | undefined, within: Heard | undefined): void => {
		if (!node) return;
		const role = node.role?.value ?? "";
		if (role === "InlineTextBox") return;
		let here = within;
		if (!node.ignored) {
			const of = (name: string) => node.properties?.find((one) => one.name === name)?.value.value;
			const name = node.name?.value ?? "";
			here = { role, name, words: [], live: String(of("live") ?? "off"), focused: of("focused") === true, within };
			found.push(here);
			if (role === "StaticText") for (let up = within; up; up = up.within) up.words.push(name);
		}
		for (const child of node.childIds ?? []) read(byId.get(child), here);
	};
	read(nodes[0], undefined);
	return found;
}

export const the = (all: Heard[], role: string, name?: string): Heard => {
	const those = all.filter((one) => one.role === role && (name === undefined || one.name === name));
	if (those.length !== 1) throw new Error(`${those.length} nodes are ${role} ${name ?? ""}`);
	return those[0] as Heard;
};

/** What can be used, or stands for something, and has no name to be called by. */
export const nameless = (all: Heard[]): string[] =>
	all
		.filter(({ role, name }) => CONTROLS.has(role) && !name.trim())
		.map(({ role, within }) => `${role} in ${within?.role} ${within?.words.join(" ")}`);

/** How often the live regions hold these words. */
export const told = (all: Heard[], words: string): number =>
	all
		.filter(({ live, within }) => live !== "off" && (!within || within.live === "off"))
		.reduce((times, { words: said }) => times + said.join(" ").split(words).length - 1, 0);
