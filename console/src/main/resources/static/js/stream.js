// What the console has sent. EventSource reconnects by itself, with the id of the last frame.

const MAX_ORDERS = 300;

export const orders = new Map();
let system = null;
let skipped = 0;
let live = false;
const listeners = new Set();

export function currentSystem() {
  return system;
}

/** Whether the console is connected. */
export function isLive() {
  return live;
}

export function skippedEvents() {
  return skipped;
}

/** Calls back after each frame, with the frame. */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function open(onState) {
  const source = new EventSource('api/stream');
  source.addEventListener('open', () => {
    live = true;
    onState('live');
  });
  source.addEventListener('error', () => {
    live = false;
    onState(source.readyState === EventSource.CLOSED ? 'closed' : 'reconnecting');
    if (source.readyState === EventSource.CLOSED) {
      // an error status ends an EventSource, as when too many pages are open
      source.close();
      window.setTimeout(() => open(onState), 3000);
    }
  });
  source.addEventListener('frame', event => apply(JSON.parse(event.data)));
}

function apply(frame) {
  if (frame.reset) {
    orders.clear();
  }
  Object.values(frame.orders).forEach(order => orders.set(order.id, order));
  if (orders.size > MAX_ORDERS) {
    // the ids sort by time
    [...orders.keys()].sort().slice(0, orders.size - MAX_ORDERS).forEach(id => orders.delete(id));
  }
  skipped = frame.reset ? frame.skipped : skipped + frame.skipped;
  system = frame.system ?? system;
  listeners.forEach(listener => listener(frame));
}
