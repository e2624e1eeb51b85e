// What the saga of an order waits for, and how long. Only the order-service knows it.

import {el, setText} from './dom.js';
import {get} from './api.js';

const ASK_EVERY_SECONDS = 3;

/** A line that counts down, until it is left. */
export function awaitedLine(id) {
  const node = el('p', {id: 'awaited', role: 'timer', hidden: true});
  let known = null;
  let ended = true;
  let version = 0;
  let seconds = 0;
  let isDue = false;

  async function ask() {
    const asked = ++version;
    isDue = false;
    const {ok, body} = await get(`api/orders/${encodeURIComponent(id)}/awaited`);
    if (asked === version) {
      known = ok ? {...body, deadline: performance.now() + body.remainingMillis} : {unknown: true};
      show();
    }
  }

  function show() {
    const text = ended || known === null ? '' : sentence(known);
    node.hidden = !text;
    setText(node, text);
  }

  const timer = window.setInterval(() => {
    seconds++;
    if (!ended && (isDue || seconds % ASK_EVERY_SECONDS === 0)) {
      ask();
    }
    show();
  }, 1000);
  return {
    node,
    /** The order has changed. The service is asked at most every second. */
    update: hasEnded => {
      ended = hasEnded;
      isDue = true;
      show();
    },
    leave: () => window.clearInterval(timer),
  };
}

function sentence({unknown, phase, step, attempt, remainingMillis, deadline}) {
  if (unknown) {
    return 'The order-service does not say what the saga waits for.';
  }
  if (step === null) {
    return '';
  }
  const name = step.toLowerCase().replaceAll('_', ' ');
  if (phase === 'PARKED') {
    return `Parked at “${name}”, without a deadline: an operator decides.`;
  }
  const remaining = Math.ceil((deadline - performance.now()) / 1000);
  return `Waits for the reply to “${name}”` + (attempt > 1 ? `, attempt ${attempt}` : '')
    + (remainingMillis === null ? '.' : remaining > 0 ? ` · ${remaining} s until its deadline` : ` · its deadline passed ${-remaining} s ago`);
}
