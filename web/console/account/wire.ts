/** What the desk tells of an account (docs/protocol.md, "My account"). Times in milliseconds since 1970. */
export interface Session {
	id: string;
	device: string;
	created_at: number;
	seen_at: number;
	current: boolean;
}

export interface Account {
	sessions: Session[];
	second_step: boolean;
	/** The shop asks this role for it. */
	second_step_asked: boolean;
	recovery_left: number;
	shortest_password: number;
}

export interface Begun {
	secret: string;
	address: string;
	/** A row of the QR code each: "1" is dark. */
	picture: string[];
}

export interface Confirmed {
	recovery: string[];
}
