/** A customer's data at the fake desk: found, copied, erased. */
const PATH = /^\/conversations\/[^/]+\/data(\/copy|\/erase)?$/;
const ANSWERS = {
	"GET ": { conversations: 3, unproved: 1 },
	"POST /copy": "what a ZIP would be",
	"POST /erase": { left_to_bot: 1 },
};

/** Answers what is asked of a customer's data; nothing where it is something else that is asked. */
export function dataOf(method, path) {
	const found = PATH.exec(path);
	const content = found && ANSWERS[`${method} ${found[1] ?? ""}`];
	return content && ((_desk, answer) => answer(200, content));
}
