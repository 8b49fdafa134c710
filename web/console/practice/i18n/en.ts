/** The practice room in English; the shape of the other languages. */
export const en = {
	intro:
		"Simulated customers, for you alone: nothing here reaches a customer, the shop or the figures. Claim the case, answer in your own words, and resolve it. Then look here at what your answers had in them.",
	customers: "Take a customer",
	language: "Customer's language",
	level: { 1: "Level 1: everyday", 2: "Level 2: needs care", 3: "Level 3: under pressure" } as Record<number, string>,
	done: "Done before",
	tooMany: "Five are open: finish one of them first.",
	mine: "Your latest",
	none: "You have not practised yet.",
	state: { going: "Under way", left: "Not finished", solved: "Resolved" },
	firstReply: (time: string) => `First answer after ${time}`,
	noReply: "Not answered yet",
	replies: (n: number) => (n === 1 ? "1 message" : `${n} messages`),
	given: { at_once: "at once", when_pressed: "only after the customer pressed", never: "never" } as Record<
		string,
		string
	>,
	deed: { done: "Done in the shop", missing: "Not done in the shop" },
	wants: {
		apology: "An apology",
		time: "A time",
		choice: "What happens otherwise",
		replacement: "A replacement",
		return_free: "That returning is free",
		inquiry: "Who looks for it",
		photo: "A photo asked for",
		refund: "The money",
		proof: "Making sure who asks",
		kept: "What has to be kept",
		bank: "Call the bank",
		cancel: "The order stopped",
		password: "A new password",
		safety: "Safety first",
		not_ours: "Whether the message was ours",
	} as Record<string, string>,
};

export type Strings = typeof en;
