/** Line icons, drawn here: nothing is loaded. They stand beside words and are hidden from screen readers. */
const PATHS = {
	bubbles:
		"M4 4h11a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9l-4 3v-3H4a2 2 0 0 1-2-2V6c0-1.1.9-2 2-2ZM20 9a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-1v3l-4-3h-4a2 2 0 0 1-1.7-1",
	waiting: "M12 7v5l3 2M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18Z",
	mine: "M5 20c.6-3.8 3.4-6 7-6s6.4 2.2 7 6M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z",
	team: "M2.5 20c.5-3.6 3-5.5 6.5-5.500s6 1.9 6.5 5.500M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM16 4.300a3.5 3.5 0 0 1 0 6.400M18 15c2 .8 3.2 2.5 3.5 5",
	bot: "M6 9h12a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-6c0-1.1.9-2 2-2ZM12 9V5M12 5a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM9 13v2M15 13v2",
	resolved: "m8 12.5 2.7 2.500L16 9.500M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18Z",
	practice: "m2 9.500 10-5 10 5-10 5zM6 12v5c2.500 2.300 9.500 2.300 12 0v-5M22 9.500V15",
	board: "M4 5h7v8H4zM13 5h7v4h-7zM13 11h7v8h-7zM4 15h7v4H4z",
	bell: "M6 17V11a6 6 0 0 1 12 0v6l1.500 2h-15zM10 21.500h4",
	search: "m20 20-4.5-4.500M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13Z",
	more: "M6 12h.01M12 12h.01M18 12h.01",
	back: "M20 12H4m6-6-6 6 6 6",
	panel: "M4 5h16v14H4zM14.5 5v14",
	send: "M4 12 20 4l-5 16-3.5-6.500zM11.5 13.5 20 4",
	note: "M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z",
	urgent: "M12 3 2.5 20h19zM12 10v4M12 17h.01",
	parcel: "m12 3 8 4v10l-8 4-8-4V7zM4 7l8 4 8-4M12 11v10M8 5l8 4",
	close: "m6 6 12 12M18 6 6 18",
	copy: "M9 9h11v11H9zM5 15H4V4h11v1",
	system: "M12 11v6M12 7.500h.01M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18Z",
	down: "M12 5v14m-6-6 6 6 6-6",
	offline: "M3 3l18 18M8.5 16.500a5 5 0 0 1 7 0M5 13a10 10 0 0 1 5-2.700M14 10.300a10 10 0 0 1 5 2.700M12 20h.01",
	spark: "M12 3l1.8 5.700L19.5 10.500l-5.7 1.800L12 18l-1.8-5.700L4.5 10.500l5.7-1.800z",
	tick: "m5 12.5 4.5 4.500L19 7",
	ticks: "m2 12.5 4.5 4.500L16 7M12 16.200l.8.800L22 7",
	clock: "M12 8v4l2.5 1.500M12 20a8 8 0 1 1 0-16 8 8 0 0 1 0 16Z",
	retry: "M4 12a8 8 0 1 0 2.5-5.800M4 4v4.500h4.5",
	clip: "m20 11-8.200 8.200a5 5 0 0 1-7-7L13 4a3.400 3.400 0 0 1 4.800 4.800l-8.200 8.200a1.700 1.700 0 0 1-2.400-2.400L14.500 7.300",
	file: "M6 3h8l5 5v13H6zM14 3v5h5",
	picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01",
	download: "M12 4v11m-5-5 5 5 5-5M5 20h14",
	tag: "M4 4h8l8 8-8 8-8-8zM8.500 8.500h.01",
	verified: "M12 3l7 3v5c0 5-3 8.3-7 10-4-1.7-7-5-7-10V6zM9 12l2.2 2.200L15 10",
};

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
	return (
		<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
			<path d={PATHS[name]} />
		</svg>
	);
}
