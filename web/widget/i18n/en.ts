import type { Strings } from "./strings";

const en: Strings = {
	language: "English",
	customerService: "Customer service",
	launcher: "Ask us",
	unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
	minimise: "Minimise the chat",
	chooseLanguage: "Language",
	greeting:
		"Hello! I am an automated assistant and can help with orders, deliveries and returns. If you would rather talk to a person, press “Talk to a person” at any time.",
	starters: "Often asked",
	log: "Conversation",
	privacy: "How we handle your data",

	talkToPerson: "Talk to a person",
	personCalled: "A colleague of ours has already been asked to join.",
	personIsHere: (name) => `You are already talking to ${name} from our customer service.`,
	answers: {
		bot: "Automated assistant",
		queue: "You are waiting for a person",
		agent: (name) => `${name}, customer service`,
		hold: "We are looking into your case",
	},
	roles: { customer: "customer", bot: "automated", agent: "customer service", system: "notice" },
	authors: { customer: "You", bot: "Assistant", agent: "Customer service", system: "Customer service" },
	typing: (name) => `${name} is writing`,

	queuePlace: (place) => (place === 1 ? "You are next in the queue." : `You are number ${place} in the queue.`),
	offline: "The connection is lost. Your messages are kept and will be sent as soon as it is back.",
	newMessages: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
	chosen: "chosen",

	placeholder: "Write a message…",
	message: "Message",
	send: "Send",
	tooLong: (over) =>
		over === 1 ? "The message is 1 character too long." : `The message is ${over} characters too long.`,
	left: (count) => (count === 1 ? "1 character left" : `${count} characters left`),
	delivery: {
		sending: "Sending",
		waiting: "Waiting for the connection",
		stored: "Sent",
		sent: "Sent",
		delivered: "Delivered",
		failed: "Not sent",
	},
	failures: {
		too_long: "The message is too long. Please shorten it and send it again.",
		empty: "The message is empty.",
		rate_limited: "Many messages came in a row. Please send this one again in a moment.",
		not_possible: "This choice is no longer available. Please write what you would like to do.",
		no_answer: "The message did not get through. Please send it again.",
		other: "The message did not get through. Please send it again.",
	},
	retry: "Send again",
	edit: "Edit",
};

export default en;
