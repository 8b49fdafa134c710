import type { Agent, ConversationDetail } from "../../shared/protocol";

/** What a test can do to the desk behind the console. */
export interface FakeDesk {
	conversations: Map<string, ConversationDetail>;
	/** Who signs in; to be set before. */
	me: Agent;
	refuseNext: { type: string; code: string } | null;
	customerSays(id: string, text: string): void;
	customerTypes(id: string, on?: boolean): void;
	handOff(id: string, reasons?: string[]): void;
	ask(id: string, who?: string): void;
	send(message: object): void;
	drop(): void;
}

export interface Running {
	desk: FakeDesk;
	/** The console's address. */
	url: string;
	stop(): Promise<void>;
}

export function startFakeDesk(options?: { port?: number; live?: boolean; dist?: string }): Promise<Running>;
