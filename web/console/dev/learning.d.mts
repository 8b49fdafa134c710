/** What was asked of the fake desk's learning, in order: how many messages or which run, and what of them. */
export function resetLearning(): { calls: [number | string, unknown][]; odd: { conversation: string }[] };
