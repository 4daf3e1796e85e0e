/** Taps that wait for the bot: the button shows it, and the answer is a line or a dialog. An answer may come before we know its number. */

const TELEGRAM_GIVES_UP_MS = 20000;

/** @param {{line: (text: string) => void, dialog: (text: string) => void, answerOf: (query: string) => any}} told */
export function waitingTaps(told) {
  /** @type {Map<string, HTMLElement>} */
  const waiting = new Map();

  /** @param {string} query @param {HTMLElement} button */
  function wait(query, button) {
    waiting.set(query, button);
    setTimeout(() => end(query), TELEGRAM_GIVES_UP_MS);
    const answer = told.answerOf(query);
    if (answer) answered(answer);
  }

  /** @param {any} tap */
  function answered(tap) {
    if (!tap.answered || !end(tap.query_id) || !tap.text) return;
    (tap.alert ? told.dialog : told.line)(tap.text);
  }

  /** @param {string} query @returns {boolean} whether it was ours */
  function end(query) {
    const button = waiting.get(query);
    const ours = waiting.delete(query);
    if (![...waiting.values()].includes(/** @type {HTMLElement} */ (button))) button?.classList.remove("waiting");
    return ours;
  }

  return { wait, answered, clear: () => waiting.clear() };
}
