import { computed } from "@preact/signals";
import type { Locale } from "../../../shared/protocol";
import { locale } from "../../i18n";
import { en, type Strings } from "./en";
import { et } from "./et";
import { fi } from "./fi";

const ALL: Record<Locale, Strings> = { fi, et, en };

/** The words of this page, in the console's language. */
export const words = computed(() => ALL[locale.value]);
