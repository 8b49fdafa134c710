/** The queue in English: teams, who a case is for, notices, what supervisors see everywhere. */
export const floor = {
	supervision: "Overview",
	supervisionHint: "Board, agents, teams, hours, policy, who did what",
	loadFailed: "This view could not be loaded. Check the connection and try again.",
	foreign: "For others first",
	forEverybody: "For everybody",
	escalated: "Waited too long",
	promised: "Promised time near",
	given: "Take it up",
	wanted: "For you",
	team: "Team",
	skill: "Asks for",
	lacking: {
		colleague: "The colleague it was handed to is not at work, so the case is for everybody.",
		language: "Nobody at work speaks the customer's language, so the case is for everybody.",
		skill: "Nobody at work has the skill that this case asks for, so it is for everybody.",
		team: "Nobody of the team is at work, so the case is for everybody.",
	},
	skills: { product_safety: "Product safety", complaints: "Complaints", privacy: "Privacy" } as Record<string, string>,
	waitsFor: "Waits for",
	waits: { customer: "the customer", warehouse: "the warehouse", carrier: "the carrier", supplier: "the supplier" },
	reassignTitle: "Move the case",
	reassignText: "The case keeps its place. An agent takes it up within a few minutes, or it goes to the next one.",
	notices: "Notices",
	noNotices: "Nothing to look at.",
	notice: {
		mention: (who: string, about: string) => `${who} asks you about ${about}`,
		assigned: (_who: string, about: string) => `${about} was given to you`,
	} as Record<string, (who: string, about: string) => string>,
	overload: (waiting: number, minutes: number) => `Queue overloaded: ${waiting} waiting, up to ${minutes} min`,
	offline: "Offline",
	mentionHint: "@name asks a colleague or a team",
};

export type Floor = typeof floor;
