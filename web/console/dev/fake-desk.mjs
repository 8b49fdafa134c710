/**
 * A desk for looking at the console: the console's side of docs/protocol.md in memory, with an ordinary afternoon's data.
 *
 *     npm run build && node console/dev/fake-desk.mjs        then http://127.0.0.1:8199/console, any name, password "kaamos"
 *
 * Tests start it by `startFakeDesk({ live: false })` and drive it by what that returns. It keeps to the desk's real policy for
 * scripts and styles, so that what would break there breaks here.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { WebSocketServer } from "ws";
import { handlers, Refused } from "./commands.mjs";
import { CONTENT, draftOf } from "./content.mjs";
import { COLLEAGUES, conversations, LINES, ME } from "./data.mjs";
import { FIGURES } from "./figures.mjs";
import { LEARNING } from "./learning.mjs";
import { PRACTICE } from "./practice.mjs";
import { dataOf } from "./privacy.mjs";
import { REPLIES } from "./replies.mjs";
import { SUPERVISION } from "./supervision.mjs";

const DIST = join(dirname(fileURLToPath(import.meta.url)), "../../dist");
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const CSP =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const CSRF = "fake-csrf";
const PAGE = 50;
const WRONG_BEFORE_THROTTLE = 3;

const BELONGS = {
	waiting: ({ owner }) => owner === "queue",
	mine: ({ owner, agent }) => (owner === "agent" || owner === "hold") && agent?.id === ME.id,
	team: ({ owner }) => owner === "agent" || owner === "hold",
	bot: ({ owner }) => owner === "bot",
	resolved: ({ owner }) => owner === "closed",
	practice: ({ practice }) => practice === true,
};

/** The play: conversations, consoles that listen, and what happens in them. */
export class FakeDesk {
	me = { ...ME };
	conversations = conversations(Date.now());
	sockets = new Set();
	signedIn = false;
	wrongPasswords = 0;
	/** Commands by id that were done: the same again changes nothing. */
	done = new Map();
	/** Tests: refuse the next command of this type with this code. */
	refuseNext = null;

	counts() {
		const all = [...this.conversations.values()].map(({ summary }) => summary);
		const count = (view) => all.filter(BELONGS[view]).length;
		return { waiting: count("waiting"), mine: count("mine"), team: count("team"), bot: count("bot") };
	}

	send(message, only = () => true) {
		for (const socket of this.sockets) if (only(socket)) socket.send(JSON.stringify(message));
	}

	/** Adds an entry and tells everybody who may know. */
	add(id, entry, change = {}) {
		const item = this.conversations.get(id);
		const full = { seq: (item.entries.at(-1)?.seq ?? 0) + 2, at: Date.now(), ...entry };
		item.entries.push(full);
		const said =
			full.kind === "message"
				? { preview: { role: full.author.role, text: full.text.slice(0, 120) }, last_at: full.at }
				: {};
		item.summary = { ...item.summary, ...said, ...change, seq: full.seq };
		this.send({ type: "entries", conversation: id, entries: [full] }, (socket) => socket.open === id);
		this.send({ type: "summary", summary: item.summary });
		return full;
	}

	customerSays(id, text) {
		const { summary } = this.conversations.get(id);
		const author = { role: "customer", name: summary.customer.name };
		this.add(
			id,
			{ kind: "message", author, text, lang: summary.locale, delivery: "delivered" },
			{ unread: summary.unread + 1, waiting_since: summary.waiting_since ?? Date.now() },
		);
		this.send({ type: "alert", what: "message", conversation: id });
	}

	/** The bot gives a conversation up: it enters the queue. */
	handOff(id, reasons = ["asked_for_person"]) {
		const change = { owner: "queue", waiting_since: Date.now(), reasons };
		this.add(
			id,
			{ kind: "change", event: "HandedOff", author: { role: "system", name: null }, data: { reasons } },
			change,
		);
		this.send({ type: "alert", what: "waiting", conversation: id });
	}

	/** A colleague asks the agent about a conversation. */
	ask(id, who = "Kadri") {
		const notice = { number: 1, at: Date.now(), what: "mention", conversation: id, by_name: who };
		this.send({ type: "me", agent: this.me, notices: [notice] });
		this.send({ type: "alert", what: "mention", conversation: id });
	}

	customerTypes(id, on = true) {
		const { customer } = this.conversations.get(id).summary;
		this.send({ type: "typing", conversation: id, author: { role: "customer", name: customer.name }, on });
	}

	/** Cuts every wire without a goodbye. */
	drop() {
		for (const socket of this.sockets) socket.terminate();
	}
}

function json(response, status, body, headers = {}) {
	response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store", ...headers });
	response.end(body === undefined ? undefined : JSON.stringify(body));
}

const refuse = (response, status, code, headers) => json(response, status, { error: { code, message: code } }, headers);

const ROUTES = {
	"POST /login": (desk, response, _url, body) => {
		if (desk.wrongPasswords >= WRONG_BEFORE_THROTTLE)
			return refuse(response, 429, "rate_limited", { "Retry-After": "30" });
		if (body.password !== "kaamos") {
			desk.wrongPasswords += 1;
			return refuse(response, 401, "bad_credentials");
		}
		desk.wrongPasswords = 0;
		desk.signedIn = true;
		json(response, 200, { agent: desk.me, csrf: CSRF, zone: "Europe/Helsinki" });
	},
	"GET /me": (desk, response) => json(response, 200, { agent: desk.me, csrf: CSRF, zone: "Europe/Helsinki" }),
	"POST /logout": (desk, response) => {
		desk.signedIn = false;
		desk.drop();
		json(response, 204);
	},
	"GET /replies": (_desk, response) => json(response, 200, { replies: REPLIES }),
	"GET /colleagues": (_desk, response) => json(response, 200, COLLEAGUES),
	"GET /search": (desk, response, url) => {
		const words = (url.searchParams.get("q") ?? "").toLowerCase().split(/\s+/);
		const said = ({ summary, entries }) => JSON.stringify([summary, entries]).toLowerCase();
		const found = [...desk.conversations.values()].filter((item) => words.every((word) => said(item).includes(word)));
		json(response, 200, { conversations: found.map(({ summary }) => summary) });
	},
	"GET /conversations": (desk, response, url) => {
		const belongs = BELONGS[url.searchParams.get("view")];
		const from = Number(url.searchParams.get("after") ?? 0);
		const all = [...desk.conversations.values()].map(({ summary }) => summary).filter(belongs);
		const next = from + PAGE < all.length ? String(from + PAGE) : null;
		json(response, 200, { conversations: all.slice(from, from + PAGE), next, counts: desk.counts() });
	},
};

async function figures(desk, response, url) {
	if (!desk.signedIn) return refuse(response, 401, "bad_credentials");
	if (desk.me.role === "agent") return refuse(response, 403, "forbidden");
	const route = FIGURES[url.pathname.replace("/api/figures", "")];
	return route ? json(response, 200, await route(url.searchParams)) : refuse(response, 404, "not_found");
}

function api(desk, request, response, url, body) {
	const path = url.pathname.replace("/api/console", "");
	const route = ROUTES[`${request.method} ${path}`];
	if (path !== "/login" && !desk.signedIn) return refuse(response, 401, "bad_credentials");
	if (route) return route(desk, response, url, body);
	const practice = PRACTICE[`${request.method} ${path}`] ?? dataOf(request.method, path);
	if (practice) return practice(desk, (status, answer) => json(response, status, answer), body);
	const supervision =
		{ ...SUPERVISION, ...LEARNING, ...CONTENT }[`${request.method} ${path}`] ?? draftOf(request.method, path);
	if (supervision && desk.me.role === "agent") return refuse(response, 403, "forbidden");
	if (supervision) return supervision(desk, (status, answer) => json(response, status, answer), body, url);
	const found = desk.conversations.get(decodeURIComponent(path.replace("/conversations/", "")));
	return found ? json(response, 200, found) : refuse(response, 404, "not_found");
}

async function file(dist, response, path) {
	const name = path === "/console" ? "/console/index.html" : path;
	try {
		const content = await readFile(join(dist, normalize(name)));
		const type = TYPES[extname(name)] ?? "application/octet-stream";
		response.writeHead(200, { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": CSP });
		response.end(content);
	} catch {
		refuse(response, 404, "not_found");
	}
}

function onSocket(desk, socket) {
	socket.on("message", (data) => {
		const message = JSON.parse(data);
		const reply = (answer) => socket.send(JSON.stringify(answer));
		if (message.type === "hello") {
			if (message.csrf !== CSRF || !desk.signedIn) return reply({ type: "error", code: "session_unknown" });
			desk.sockets.add(socket);
			return reply({ type: "welcome", agent: desk.me, counts: desk.counts() });
		}
		if (message.type === "ping") return reply({ type: "pong" });
		if (message.type === "typing" || message.type === "active") return;
		reply(answerTo(desk, socket, message));
	});
	socket.on("close", () => desk.sockets.delete(socket));
}

function answerTo(desk, socket, { id, ...command }) {
	if (desk.done.has(id)) return desk.done.get(id);
	try {
		if (desk.refuseNext?.type === command.type) {
			const { code } = desk.refuseNext;
			desk.refuseNext = null;
			throw new Refused(code);
		}
		handlers[command.type](desk, command, socket, id);
		const answer = { type: "ack", id, seq: 0 };
		desk.done.set(id, answer);
		return answer;
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		return { type: "reject", id, code: error.code, message: error.code, ...error.fields };
	}
}

/** Somebody writes, types or is handed over every few seconds. */
function play(desk) {
	const pick = (list) => list[Math.floor(Math.random() * list.length)];
	return setInterval(() => {
		const all = [...desk.conversations.values()].map(({ summary }) => summary);
		const open = pick(all.filter(({ owner }) => owner === "agent" || owner === "queue"));
		if (!open) return;
		desk.customerTypes(open.id);
		setTimeout(() => desk.customerSays(open.id, pick(LINES[open.locale])), 2_500);
		const withBot = all.filter(({ owner }) => owner === "bot");
		if (withBot.length > 0 && Math.random() < 0.25) desk.handOff(pick(withBot).id);
	}, 9_000);
}

/** Starts the desk on the port (0: any free one), with the build in `dist`. `live`: customers write by themselves. */
export async function startFakeDesk({ port = 0, live = false, dist = DIST } = {}) {
	const desk = new FakeDesk();
	const server = createServer(async (request, response) => {
		const url = new URL(request.url, "http://desk");
		if (url.pathname.startsWith("/api/figures")) return figures(desk, response, url);
		if (!url.pathname.startsWith("/api/console")) return file(dist, response, url.pathname);
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : {};
		api(desk, request, response, url, body);
	});
	const sockets = new WebSocketServer({ server, path: "/api/console/socket" });
	sockets.on("connection", (socket) => onSocket(desk, socket));
	await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
	const timer = live ? play(desk) : undefined;
	const stop = async () => {
		clearInterval(timer);
		for (const socket of sockets.clients) socket.terminate();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { desk, url: `http://127.0.0.1:${server.address().port}/console`, stop };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	const { url } = await startFakeDesk({ port: Number(process.env.PORT ?? 8199), live: true });
	console.log(`The console with a fake desk: ${url} (any name, password "kaamos")`);
}
