/** Times as people in the simulator's zone read them. */

import { state } from "./store.js";
import { locale, say } from "./words.js";

const ABBREVIATIONS = { "Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT" };

/** @param {Intl.DateTimeFormatOptions} options */
const format = (options) => new Intl.DateTimeFormat(locale(), { ...options, timeZone: state.clock.zone });

export const zoneName = () => /** @type {any} */ (ABBREVIATIONS)[state.clock.zone] ?? state.clock.zone;
export const clockTime = (/** @type {Date} */ at) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
export const longDay = (/** @type {Date} */ at) => format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(at);
export const shortDay = (/** @type {Date} */ at) => format({ weekday: "short", day: "numeric", month: "short" }).format(at);
export const dayKey = (/** @type {Date} */ at) => new Intl.DateTimeFormat("en-CA", { timeZone: state.clock.zone }).format(at);

/** @param {Date} at @param {Date} today */
export const separator = (at, today) => (dayKey(at) === dayKey(today) ? say("today") : longDay(at));
