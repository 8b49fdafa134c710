/**
 * A desk in miniature for looking at the clients and for the browser checks: it speaks the widget's half of docs/protocol.md
 * from memory and plays a small scene. It is no reference: that is the desk itself.
 */
import { randomBytes } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { play } from "./dev-scene.mjs";

const DIST = new URL("../dist/", import.meta.url);
const TYPES = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript",
	".css": "text/css",
	".svg": "image/svg+xml",
};
const PAGES = { "/": "demo/index.html", "/console": "console/index.html" };
/** As the desk sends it: a build that breaks it must be seen here. */
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'";
const GREETINGS = {
	fi: "Hei! Olen Kaamoksen automaattinen avustaja. Autan tilauksissa, toimituksissa ja palautuksissa. Asiakaspalvelijan saat milloin tahansa yläreunan painikkeesta.",
	et: "Tere! Olen Kaamose automaatne abiline. Aitan tellimuste, tarnete ja tagastustega. Klienditeenindaja saate igal ajal kutsuda ülemise nupuga.",
	en: "Hello! I am the automated assistant of Kaamos. I help with orders, deliveries and returns. You can call a person at any time with the button above.",
};
const STARTERS = {
	fi: ["Missä tilaukseni on?", "Haluan palauttaa tuotteen", "Takuu ja viat"],
	et: ["Kus mu tellimus on?", "Soovin kaupa tagastada", "Garantii ja vead"],
	en: ["Where is my order?", "I want to return an item", "Warranty and faults"],
};

/**
 * @typedef {{ type: string, id: string, text?: string }} Command
 * @typedef {{ say: (role: string, name: string | null, text: string, more?: object) => object, become: (change: object) => void,
 *   tell: (message: object) => void, entries: object[], seq: number, done: Map<string, object>, wires: Set<object>,
 *   state: Record<string, unknown> }} Session
 * @typedef {{ sessions: Map<string, Session>, sockets: boolean, up: boolean, log: Command[],
 *   requests: string[], origin: string, wires: Set<object>, drop: () => void, stop: () => Promise<void> }} Desk
 */

/**
 * Starts a desk on `port` (0: any) that serves the build in `dist` (an URL). What the checks use: `sessions` (token → session), `sockets` (false: they are cut off),
 * `up` (false: nothing answers), `drop()` (cuts every wire), `log` (commands in the order they came).
 */
export async function startDesk({ port = 0, dist = DIST, pace = 1 } = {}) {
	const folder = fileURLToPath(dist);
	const scene = (session, command) => play(session, command, pace);
	/** @type {Desk} */
	const desk = { sessions: new Map(), sockets: true, up: true, log: [], requests: [], origin: "", wires: new Set() };
	const server = createServer((request, response) => answer(desk, request, response, { scene, folder }));
	const sockets = new WebSocketServer({ noServer: true });
	server.on("upgrade", (request, socket, head) => {
		if (!desk.up || !desk.sockets) return socket.destroy();
		sockets.handleUpgrade(request, socket, head, (wire) => greet(desk, wire, scene));
	});
	desk.drop = () => {
		for (const wire of desk.wires) wire.end();
	};
	desk.stop = () => {
		desk.drop();
		server.closeAllConnections();
		return new Promise((done) => server.close(done));
	};
	await new Promise((done) => server.listen(port, "127.0.0.1", done));
	desk.origin = `http://127.0.0.1:${server.address().port}`;
	return desk;
}

// ---- a session: its transcript, and those who listen to it ----

/** @returns {Session} */
function newSession(locale) {
	/** @type {any} */
	const session = {
		entries: [],
		seq: 0,
		done: new Map(),
		wires: new Set(),
		state: { owner: "bot", agent: null, queue: null, survey: null, locale, seq: 0 },
	};
	const tell = (message) => {
		for (const wire of session.wires) wire.send(message);
	};
	session.tell = tell;
	session.say = (role, name, text, more = {}) => {
		session.seq += 1;
		const author = { role, name };
		const entry = {
			seq: session.seq,
			at: Date.now(),
			kind: "message",
			author,
			text,
			lang: session.state.locale,
			...more,
		};
		session.entries.push(entry);
		tell({ type: "entries", entries: [entry], more: false });
		return entry;
	};
	session.become = (change) => {
		Object.assign(session.state, change);
		tell({ type: "state", state: session.state });
	};
	return session;
}

function welcome(session, after) {
	return { type: "welcome", state: session.state, entries: session.entries.filter(({ seq }) => seq > after) };
}

/** One command: done once, acknowledged as often as it comes. */
function perform(desk, session, command, scene) {
	if (session.done.has(command.id)) return session.done.get(command.id);
	desk.log.push(command);
	if (command.type === "write" && command.text.includes("REJECT")) {
		return { type: "reject", id: command.id, code: "bad_request", message: "Rejected for the check." };
	}
	scene(session, command);
	const ack = { type: "ack", id: command.id, seq: session.seq };
	session.done.set(command.id, ack);
	return ack;
}

// ---- the socket ----

function greet(desk, socket, scene) {
	let session = null;
	const wire = { send: (message) => socket.send(JSON.stringify(message)), end: () => socket.terminate() };
	desk.wires.add(wire);
	socket.on("close", () => {
		desk.wires.delete(wire);
		session?.wires.delete(wire);
	});
	socket.on("message", (data) => {
		const frame = JSON.parse(data);
		if (frame.type === "ping") return wire.send({ type: "pong" });
		if (frame.type === "hello") {
			session = desk.sessions.get(frame.token);
			if (!session) return wire.send({ type: "error", code: "session_unknown" });
			session.wires.add(wire);
			return wire.send(welcome(session, frame.after));
		}
		if (frame.id && session) wire.send(perform(desk, session, frame, scene));
	});
}

// ---- HTTP ----

async function answer(desk, request, response, { scene, folder }) {
	const url = new URL(request.url, desk.origin);
	desk.requests.push(`${request.method} ${url.pathname}`);
	if (!desk.up) return request.socket.destroy();
	response.setHeader("Access-Control-Allow-Origin", "*");
	response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
	if (request.method === "OPTIONS") return response.writeHead(204).end();
	const session = desk.sessions.get((request.headers.authorization ?? "").replace("Bearer ", ""));
	switch (url.pathname) {
		case "/api/widget/config":
			return json(response, 200, config(url.searchParams.get("locale")));
		case "/api/widget/session": {
			const token = randomBytes(18).toString("base64url");
			const { locale } = await body(request);
			desk.sessions.set(token, newSession(locale));
			return json(response, 201, { token, locale });
		}
		case "/api/widget/events":
			if (!session) return json(response, 401, { error: { code: "session_unknown", message: "Unknown token." } });
			return stream(desk, session, Number(url.searchParams.get("after")), response);
		case "/api/widget/command": {
			if (!session) return json(response, 401, { error: { code: "session_unknown", message: "Unknown token." } });
			const command = await body(request);
			if (!command.id) return response.writeHead(204).end();
			const result = perform(desk, session, command, scene);
			return json(response, result.type === "ack" ? 200 : 400, result);
		}
		default:
			return file(folder, url.pathname, response);
	}
}

function config(locale) {
	return {
		shop: "Kaamos",
		locale,
		greeting: GREETINGS[locale],
		privacy_url: "/privacy",
		starters: STARTERS[locale].map((title) => ({ title, text: title })),
		max_length: 16_000,
	};
}

function stream(desk, session, after, response) {
	response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
	const wire = {
		send: (message) => response.write(`id: ${session.seq}\ndata: ${JSON.stringify(message)}\n\n`),
		end: () => response.destroy(),
	};
	const beat = setInterval(() => response.write(": beat\n\n"), 4_000);
	session.wires.add(wire);
	desk.wires.add(wire);
	response.on("close", () => {
		clearInterval(beat);
		session.wires.delete(wire);
		desk.wires.delete(wire);
	});
	wire.send(welcome(session, after));
}

function file(folder, path, response) {
	const name = PAGES[path] ?? normalize(path).replace(/^[/\\]+/, "");
	const full = join(folder, name);
	if (!full.startsWith(folder) || name.startsWith(".") || !existsSync(full))
		return json(response, 404, { error: { code: "not_found" } });
	response.writeHead(200, {
		"Content-Type": TYPES[extname(full)] ?? "application/octet-stream",
		"Content-Security-Policy": POLICY,
		"X-Content-Type-Options": "nosniff",
	});
	createReadStream(full).pipe(response);
}

function json(response, status, value) {
	response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

async function body(request) {
	let text = "";
	for await (const chunk of request) text += chunk;
	return JSON.parse(text);
}
