/** State that tells who listens when it changes. Twenty lines instead of a library: the first load has no room for one. */
export class Store<State extends object> {
	private readonly listeners = new Set<(now: State, before: State) => void>();

	constructor(private current: State) {}

	get state(): Readonly<State> {
		return this.current;
	}

	/** Listeners may set in their turn; each is told of every change, in order. */
	set(patch: Partial<State>): void {
		const before = this.current;
		this.current = { ...before, ...patch };
		const now = this.current;
		for (const listener of this.listeners) listener(now, before);
	}

	/** Returns the undoing. */
	listen(listener: (now: State, before: State) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}
}
