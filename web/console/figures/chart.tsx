import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

interface Props {
	label: string;
	/** Names of the points from left to right, as the axis shows them. */
	names: string[];
	values: (number | null)[];
	format: (value: number) => string;
	/** Points that belong together, so that the axis may name every so many: 7 for days. */
	steps?: number[];
}

const HEIGHT = 190;
const FONT = "13px system-ui, sans-serif";

/** One line over the days. The same stands beside it as a sentence and a table, so to the reader it is a picture. */
export function Chart({ label, names, values, format, steps = [1, 2, 7, 14, 28, 91] }: Props) {
	const host = useRef<HTMLDivElement>(null);
	useEffect(() => {
		const element = host.current;
		if (!element) return;
		let plot: uPlot | undefined;
		let gone = false;
		const watch = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: HEIGHT }));
		import("uplot").then(({ default: Plot }) => {
			if (gone) return;
			const data: uPlot.AlignedData = [names.map((_, at) => at), values];
			plot = new Plot(options(Plot, element, names, format, steps), data, element);
			watch.observe(element);
		});
		return () => {
			gone = true;
			watch.disconnect();
			plot?.destroy();
		};
	}, [names, values]);
	return <div class="chart" ref={host} role="img" aria-label={label} />;
}

function options(
	Plot: typeof uPlot,
	element: HTMLElement,
	names: string[],
	format: (value: number) => string,
	steps: number[],
): uPlot.Options {
	const style = getComputedStyle(element);
	const axis: uPlot.Axis = {
		font: FONT,
		stroke: style.color,
		grid: { stroke: style.borderTopColor, width: 1 },
		ticks: { stroke: style.borderTopColor, width: 1, size: 4 },
	};
	const few = names.length < 40;
	return {
		width: element.clientWidth,
		height: HEIGHT,
		legend: { show: false },
		cursor: { show: false },
		padding: [12, 16, 0, 0],
		scales: { x: { time: false }, y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.08 : 1] } },
		axes: [
			{ ...axis, size: 34, space: 62, incrs: steps, values: (_plot, splits) => splits.map((at) => names[at] ?? "") },
			{
				...axis,
				size: (_plot, texts) => 14 + 7.5 * Math.max(3, ...(texts ?? []).map((text) => text.length)),
				values: (_plot, splits) => splits.map(format),
			},
		],
		series: [
			{},
			{
				stroke: style.outlineColor,
				width: 2,
				fill: style.backgroundColor,
				points: { show: few, size: 6, fill: style.outlineColor },
				...(Plot.paths.linear ? { paths: Plot.paths.linear() } : {}),
			},
		],
	};
}
