/** The live stream of the simulator: every event goes into the store; a lost connection is seen and made again. */

import { apply, state, tell } from "./store.js";

const AGAIN_MS = 1000;

export function follow() {
  const stream = new EventSource("/control/events");
  stream.onopen = () => connected(true);
  stream.onerror = () => {
    connected(false);
    // A browser tries again by itself, but not after every kind of failure.
    if (stream.readyState === EventSource.CLOSED) setTimeout(follow, AGAIN_MS);
  };
  stream.onmessage = (message) => receive(JSON.parse(message.data));
}

/** @param {any} event */
function receive(event) {
  // Another simulator answers at this address: what is on the page is of a world that is gone.
  if (event.kind === "bot" && state.bot.instance && state.bot.instance !== event.instance) location.reload();
  else apply(event);
}

/** @param {boolean} is */
function connected(is) {
  if (state.connected === is) return;
  state.connected = is;
  tell({ kind: "connection", connected: is });
}
