/** Line icons of one family, 24 units wide; decoration only, so hidden from screen readers. */
const PATHS = {
	close: "M6 9.500l6 6 6-6",
	send: "M12 19V5.500M6 11l6-6 6 6",
	person: "M12 12.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20q0-4.500 7.500-4.500t7.500 4.500",
	sent: "M6 12.500l4 4 8-9",
	delivered: "M3 12.500l4 4 8-9M11 16l.5.5 8-9",
	waiting: "M12 7.500V12l3 2M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z",
	failed: "M12 8v5M12 16v.3M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z",
	down: "M12 5v13M6 12.500l6 6 6-6",
	dawn: "M3 17.500h18M6.500 17.500a5.500 5.500 0 0 1 11 0M12 5.500v2.500M4.500 9.500l1.800 1.800M19.500 9.500l-1.800 1.800",
};

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
	return (
		<svg
			viewBox="0 0 24 24"
			width={size}
			height={size}
			fill="none"
			stroke="currentColor"
			stroke-width="1.7"
			stroke-linecap="round"
			stroke-linejoin="round"
			aria-hidden="true"
		>
			<path d={PATHS[name]} />
		</svg>
	);
}
