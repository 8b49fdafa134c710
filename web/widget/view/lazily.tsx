import { Component, type ComponentType, h } from "preact";

const AGAIN_MS = 3_000;

/** A part that is fetched when it is first drawn. Until it is here its place is empty; without a network it is asked for again. */
export function lazily<Props extends object>(
	load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
	let part: ComponentType<Props> | undefined;
	return class extends Component<Props> {
		override componentDidMount() {
			if (part) return;
			load().then(
				(module) => {
					part = module.default;
					this.forceUpdate();
				},
				() => setTimeout(() => this.componentDidMount(), AGAIN_MS),
			);
		}

		override render() {
			return part ? h(part, this.props) : null;
		}
	};
}
