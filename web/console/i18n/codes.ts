/** What comes over the wire as codes and is shown as words; each language must have a word for every one of them. */
import type { Locale, OrderStatus, Outcome, ReasonCode, RejectCode } from "../../shared/protocol";

export interface Codes {
	reasons: Record<ReasonCode, string>;
	intents: Record<Intent, string>;
	orderStatus: Record<OrderStatus, string>;
	tracking: Record<TrackingCode, string>;
	deeds: Record<Deed, string>;
	facts: Record<Fact, string>;
	outcomes: Record<Outcome, string>;
	rejects: Record<RejectCode | "no_answer" | "unknown_order" | "amount_too_high", string>;
	channels: Record<Channel, string>;
	languages: Record<Locale | "ru" | "sv" | "lv" | "lt" | "de", string>;
	changes: Record<ChangeEvent, (change: Change) => string>;
}

/** What a change line may tell, already in the words and formats of the agent's language. */
export interface Change {
	who: string;
	reasons?: string;
	outcome?: string;
	until?: string;
	due?: string;
	text?: string;
	note?: string;
	to?: string;
	score?: string;
	/** The highest score there is. */
	most?: string;
	effect?: string;
	needs?: string;
	tags?: string;
	language?: string;
	channel?: string;
	/** The case was given, not taken. */
	given?: boolean;
}

/**
 * The word for a code. A newer desk may send codes that this console does not know: they are shown readably
 * ("new_reason" → "new reason") and never break the page.
 */
export function wordFor<Code extends string>(words: Record<Code, string>, code: string): string {
	return Object.hasOwn(words, code) ? words[code as Code] : code.replaceAll("_", " ");
}

type Channel = "widget" | "telegram" | "slack" | "email" | "practice";

export type ChangeEvent =
	| "HandedOff"
	| "HandoffOffered"
	| "OfferAnswered"
	| "QueueLeft"
	| "Claimed"
	| "Accepted"
	| "Widened"
	| "Hurried"
	| "Escalated"
	| "TakenOver"
	| "Transferred"
	| "Requeued"
	| "PutOnHold"
	| "Resolved"
	| "ReturnedToBot"
	| "Reopened"
	| "PromiseMade"
	| "PromiseKept"
	| "PromiseMissed"
	| "PromiseDropped"
	| "CallWanted"
	| "MailWanted"
	| "LetterSent"
	| "LetterFailed"
	| "FollowUpAnswered"
	| "NewsTold"
	| "SurveyExplained"
	| "ActionDone"
	| "ArticleShown"
	| "AnswerRated"
	| "SurveyAnswered"
	| "PersonAsked"
	| "DeedAsked"
	| "AnswerDrafted"
	| "AnswerApproved"
	| "AnswerMarked"
	| "HandoffJudged"
	| "Tagged"
	| "LocaleChanged"
	| "ChannelChanged"
	| "BotFailed"
	| "DeedApproved"
	| "DeedDeclined"
	| "PresenceChanged"
	| "Erased";

type Intent =
	| "track_order"
	| "late_delivery"
	| "missing_parcel"
	| "change_delivery"
	| "ask_delivery"
	| "wrong_item"
	| "missing_item"
	| "defective_item"
	| "not_as_described"
	| "cancel_order"
	| "change_order"
	| "return_item"
	| "exchange_item"
	| "request_refund"
	| "refund_status"
	| "request_compensation"
	| "ask_warranty"
	| "payment_problem"
	| "ask_invoice"
	| "ask_payment_methods"
	| "discount_problem"
	| "ask_availability"
	| "ask_product"
	| "account_problem"
	| "privacy_request"
	| "newsletter"
	| "ask_contact"
	| "speak_to_human"
	| "request_callback"
	| "case_status"
	| "complain_service"
	| "express_frustration"
	| "not_resolved"
	| "resolved"
	| "give_feedback"
	| "greet"
	| "goodbye"
	| "thank"
	| "affirm"
	| "deny"
	| "inform"
	| "bot_challenge"
	| "ask_capabilities"
	| "change_language"
	| "out_of_scope";

type TrackingCode =
	| "registered"
	| "accepted"
	| "in_transit"
	| "sorting"
	| "customs"
	| "delayed"
	| "out_for_delivery"
	| "delivery_failed"
	| "ready_for_pickup"
	| "delivered"
	| "returning"
	| "returned"
	| "lost"
	| "damaged"
	| "unknown";

type Deed =
	| "order_looked_up"
	| "order_cancelled"
	| "order_changed"
	| "address_changed"
	| "compensation_granted"
	| "return_opened"
	| "exchange_opened"
	| "item_resent"
	| "refund_made"
	| "refund_looked_up"
	| "inquiry_opened"
	| "choices_offered"
	| "article_shown"
	| "handoff_offered"
	| "details_asked";

type Fact =
	| "added"
	| "call"
	| "order_number"
	| "tracking_code"
	| "email"
	| "phone"
	| "person"
	| "product"
	| "size"
	| "color"
	| "quantity"
	| "amount"
	| "date"
	| "place"
	| "discount_code"
	| "language";
