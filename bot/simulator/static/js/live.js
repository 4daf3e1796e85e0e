/** The live stream of the simulator: every event goes into the store; a lost connection is seen and made again. */

import { apply, forget, state, tell } from "./store.js";

export function follow() {
  const stream = new EventSource("/control/events");
  let lost = false;
  stream.onopen = () => {
    if (lost) forget();
    lost = false;
    connected(true);
  };
  stream.onerror = () => {
    lost = true;
    connected(false);
  };
  stream.onmessage = (message) => apply(JSON.parse(message.data));
}

/** @param {boolean} is */
function connected(is) {
  if (state.connected === is) return;
  state.connected = is;
  tell({ kind: "connection", connected: is });
}
