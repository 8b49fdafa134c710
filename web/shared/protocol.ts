/**
 * The messages of docs/protocol.md as types. Times are milliseconds since 1970 UTC unless a name ends in `_on` (an ISO date).
 * Nothing here exists at run time: the desk is trusted to keep to the page, and readers ignore what they do not know.
 */
export type * from "./protocol/commands";
export type * from "./protocol/console";
export type * from "./protocol/widget";
export type * from "./protocol/words";
