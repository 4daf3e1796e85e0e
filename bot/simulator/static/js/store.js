/** Everything the page knows, kept up to date by the live stream. No elements here. */

/** @typedef {{message_id: number, date: string, sender_id: number, sender: string, from_bot: boolean, kind: string, text: string,
 *   entities: any[], rows: {label: string, data: string, url: string}[][], file: any, edited: string | null, extra: any}} Message */
/** @typedef {{id: number, title: string, blocked: boolean, deactivated: boolean, reply_keyboard: any, commands: any[], action: any,
 *   messages: Map<number, Message>, taps: Map<string, any>, read: number, actionUntil: number}} Chat */
/** @typedef {{id: number, first_name: string, last_name: string, role: string, phone: string}} Person */

export const state = {
  bot: { username: "", name: "", description: "", instance: "", connected: false },
  clock: { now: new Date(0), running: false, jumping: false, zone: "Asia/Jakarta", since: 0 },
  /** @type {Map<number, Person>} */ people: new Map(),
  /** @type {Map<number, Chat>} */ chats: new Map(),
  /** @type {any} */ tour: null,
  connected: true,
};

const TYPING_MS = 5000;
/** @type {Map<string, Set<(event: any) => void>>} */
const listeners = new Map();

/** @param {string} kind @param {(event: any) => void} listener */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind)?.add(listener);
}

/** @param {any} event */
export function tell(event) {
  for (const listener of listeners.get(event.kind) ?? []) listener(event);
}

/** @param {any} event one event of the stream */
export function apply(event) {
  if (event.kind === "bot") state.bot = { ...state.bot, ...event };
  if (event.kind === "clock") state.clock = { ...event, now: new Date(event.now), since: performance.now() };
  if (event.kind === "people") state.people = new Map(event.people.map((/** @type {Person} */ one) => [one.id, one]));
  if (event.kind === "tour") state.tour = event.tour;
  if (event.kind === "chat") mergeChat(event);
  tell(event);
}

/** @param {any} event */
function mergeChat(event) {
  const known = state.chats.get(event.id);
  // After a lost connection all is told again: what was deleted meanwhile must not stay.
  const messages = event.whole ? new Map() : known?.messages ?? new Map();
  for (const message of event.messages) messages.set(message.message_id, message);
  for (const id of event.gone) messages.delete(id);
  const taps = known?.taps ?? new Map();
  for (const tap of event.taps) taps.set(tap.query_id, tap);
  const newest = Math.max(0, ...messages.keys());
  const actionUntil = event.action ? performance.now() + TYPING_MS : 0;
  // What was there before the page was opened counts as read.
  state.chats.set(event.id, { ...event, messages, taps, read: known ? known.read : newest, actionUntil });
}

/** @param {number} id */
export function unread(id) {
  const chat = state.chats.get(id);
  if (!chat) return 0;
  return [...chat.messages.values()].filter((one) => one.from_bot && one.message_id > chat.read).length;
}

/** @param {number} id @returns {boolean} whether that changed anything */
export function markRead(id) {
  const chat = state.chats.get(id);
  const newest = Math.max(0, ...(chat?.messages.keys() ?? []));
  if (!chat || chat.read >= newest) return false;
  chat.read = newest;
  return true;
}

export function newestMessage() {
  return Math.max(0, ...[...state.chats.values()].flatMap((chat) => [...chat.messages.keys()]));
}

/** @param {number} id */
export function nameOf(id) {
  const person = state.people.get(id);
  return person ? `${person.first_name} ${person.last_name}`.trim() : state.chats.get(id)?.title ?? String(id);
}

/** The time of the simulator, which may run. */
export function now() {
  const { now: base, running, since } = state.clock;
  return running ? new Date(base.getTime() + performance.now() - since) : base;
}
