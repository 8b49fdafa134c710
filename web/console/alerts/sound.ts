/** Two short chimes made on the spot: no file to load, and clearly different for a waiting case and for a message. */

export type Chime = "waiting" | "message";

/** Notes as [frequency in Hz, start in s]. */
const NOTES: Record<Chime, readonly (readonly [number, number])[]> = {
	waiting: [
		[587.33, 0],
		[880, 0.14],
	],
	message: [[783.99, 0]],
};
const LENGTH_S = 0.5;
const LOUDNESS = 0.14;

let context: AudioContext | null = null;

/** Browsers let a page sound only after the first touch or key: call it then. Harmless where there is no audio. */
export function unlockSound(): void {
	if (!("AudioContext" in globalThis)) return;
	context ??= new AudioContext();
	if (context.state === "suspended") context.resume().catch(() => {});
}

export function play(chime: Chime): void {
	if (context?.state !== "running") return;
	for (const [frequency, start] of NOTES[chime]) note(context, frequency, context.currentTime + start);
}

function note(audio: AudioContext, frequency: number, at: number): void {
	const tone = audio.createOscillator();
	const volume = audio.createGain();
	tone.type = "sine";
	tone.frequency.value = frequency;
	volume.gain.setValueAtTime(0, at);
	volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
	volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_S);
	tone.connect(volume).connect(audio.destination);
	tone.start(at);
	tone.stop(at + LENGTH_S);
}
