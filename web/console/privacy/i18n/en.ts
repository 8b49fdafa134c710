/** A customer's data, in English; the shape of the other languages. */
export const en = {
	found: (n: number) => (n === 1 ? "One conversation is this customer's." : `${n} conversations are this customer's.`),
	unproved: (n: number) =>
		`The e-mail address was only told, not proved, in ${n} more. They stay out: somebody else may have written them.`,
	copy: "Make a copy",
	copied: "The copy is on your computer. Hand it to the customer, and to nobody else.",
	first: "Make sure that you speak with the customer before you hand over or erase anything.",
	erase: "Erase…",
	sure: "Everything that this customer wrote and sent is deleted for good, in all of these conversations, and they end. There is no way back. Write to the customer first: afterwards you cannot reach them here.",
	confirm: "Erase for good",
	cancel: "Keep",
	erased: "Erased.",
	left: "The bot is away; it erases its part as soon as it is back.",
	failed: "It did not work. Try again in a moment.",
	forbidden: "This is for whoever has the case, and for supervisors.",
};

export type Strings = typeof en;
