// The page #/side-by-side?arm=…: the same order through the saga and through an anti-pattern, with what each did.

import {cut, el, setText} from './dom.js';
import {get, newKey, post, problemText} from './api.js';
import {currentSystem, subscribe} from './stream.js';
import {orderOf} from './orders.js';
import {statusBadge} from './status.js';

const ARMS = {'distributed-transaction': 'Two-phase commit', 'in-memory-compensation': 'Compensation in memory'};
const POLL_MILLIS = 500;
const ENDED = ['CONFIRMED', 'REJECTED', 'CANCELLED'];

export function sideBySidePage(parameters) {
  const notice = el('p', {id: 'patterns-only', class: 'problem', hidden: true}, 'This system runs without the anti-patterns. To have them, start it with ',
    el('code', {}, './run'), ' without ', el('code', {}, '--only-patterns'), ', or docker-compose without ', el('code', {}, 'docker/only-patterns.yml'), '.');
  const customer = el('input', {id: 'both-customer', list: 'both-customers', value: 'ada', required: true, autocomplete: 'off'});
  const sku = el('input', {id: 'both-sku', value: 'PENCIL-HB', required: true, autocomplete: 'off'});
  const quantity = el('input', {id: 'both-quantity', type: 'number', min: 1, value: 1, required: true});
  const arm = el('select', {id: 'arm', onchange: () => { window.location.hash = '#/side-by-side?arm=' + arm.value; }},
    Object.entries(ARMS).map(([value, label]) => el('option', {value}, label)));
  const button = el('button', {id: 'place-both', class: 'primary'}, 'Place both');
  const doubt = el('p', {id: 'in-doubt', role: 'status'});
  const violations = el('ul', {id: 'violations', class: 'plain'});
  const saga = lane('saga-lane', 'Saga');
  const other = lane('arm-lane', '');

  function update(changed) {
    arm.value = ARMS[changed.get('arm')] ? changed.get('arm') : Object.keys(ARMS)[0];
    other.name(ARMS[arm.value]);
    showDoubt();
  }

  async function submit(event) {
    event.preventDefault();
    const order = orderOf(customer.value, sku.value, Number(quantity.value));
    button.disabled = true;
    await Promise.all([saga.place('api/orders', order), other.place(`api/anti-patterns/${arm.value}/orders`, order)]);
    button.disabled = false;
    showDoubt();
  }

  /** Of all orders: which transaction belongs to an order is known only when it has ended. */
  async function showDoubt() {
    const {ok, status, body} = await get('api/anti-patterns/in-doubt');
    notice.hidden = status !== 404;
    setText(doubt, ok ? doubtText(body) : status === 404 ? '' : 'In doubt: unknown. ' + problemText({status, body}));
  }

  function showViolations() {
    const audit = currentSystem()?.audit;
    const violated = (audit?.checks ?? []).filter(check => check.verdict === 'VIOLATED');
    const texts = !audit?.runs ? ['not audited yet']
      : violated.length ? violated.map(check => `✗ ${check.invariant}: ${cut(check.detail, 300)}`) : ['none that the last audit found'];
    const shown = texts.join('\n');
    if (violations.dataset.shown !== shown) {
      violations.dataset.shown = shown;
      violations.replaceChildren(...texts.map(text => el('li', {class: violated.length ? 'problem' : ''}, text)));
    }
  }

  const timer = window.setInterval(() => {
    if (notice.hidden && (button.disabled || other.waits())) {
      showDoubt();
    }
  }, POLL_MILLIS);
  const unsubscribe = subscribe(frame => {
    showViolations();
    saga.changed(frame);
    other.changed(frame);
  });
  showViolations();
  update(parameters);
  return {
    title: 'Side by side',
    node: el('article', {'aria-labelledby': 'both-title'},
      el('h2', {id: 'both-title'}, 'Side by side'),
      el('p', {class: 'quiet'}, 'One order is placed twice at the same time: through the saga, and in a way that it replaces. Inject a fault while they are under way, and compare.'),
      notice,
      el('form', {id: 'both-form', class: 'note', onsubmit: submit},
        el('label', {}, 'Customer', customer),
        el('datalist', {id: 'both-customers'}, ['ada', 'broke', 'declined'].map(value => el('option', {value}))),
        el('label', {}, 'Product', sku), el('label', {}, 'Quantity', quantity), el('label', {}, 'Compared with', arm), button),
      el('div', {class: 'columns halves'}, saga.node, other.node),
      el('section', {'aria-labelledby': 'locks-title'}, el('h3', {id: 'locks-title'}, 'Locks of two-phase commit'), doubt),
      el('section', {'aria-labelledby': 'violations-title'}, el('h3', {id: 'violations-title'}, 'Violated invariants'), violations)),
    update,
    leave: () => {
      window.clearInterval(timer);
      unsubscribe();
    },
  };
}

/** One order: the answer to the client, the messages, and what the participants hold. */
function lane(id, title) {
  const heading = el('h3', {id: id + '-title'}, title);
  const badge = el('span');
  const answer = el('p', {class: 'answer', role: 'status'}, 'Not placed yet.');
  const link = el('p');
  const messages = el('ol', {class: 'plain messages'});
  const effects = el('ul', {class: 'plain effects'});
  let order = null;
  let run = 0;
  let ended = true;

  async function place(path, body) {
    const mine = ++run;
    order = null;
    ended = false;
    [badge, link, messages, effects].forEach(each => each.replaceChildren());
    answer.className = 'answer';
    setText(answer, 'Sent; waits for the answer…');
    const begun = performance.now();
    const result = await post(path, newKey(), body);
    const took = Math.round(performance.now() - begun);
    answer.className = result.ok ? 'answer' : 'answer problem';
    setText(answer, result.ok ? `Answer after ${took} ms: ${result.status} ${result.body.status ?? ''}` : `Answer after ${took} ms: ${problemText(result)}`);
    if (result.ok && typeof result.body.id === 'string' && mine === run) {
      order = result.body.id;
      link.replaceChildren(el('a', {href: '#/order/' + encodeURIComponent(order)}, 'Order ' + order.slice(-8)));
      await load();
    } else {
      ended = true;
    }
  }

  async function load() {
    const mine = run;
    const path = 'api/orders/' + encodeURIComponent(order);
    const [view, held] = await Promise.all([get(path), get(path + '/effects')]);
    if (mine !== run) {
      return;
    }
    if (view.ok) {
      show(view.body);
    }
    effects.replaceChildren(...(held.ok && Array.isArray(held.body) ? held.body : []).map(effect =>
      el('li', {}, `${effect.kind}: ${effect.state === null ? 'unknown' : effect.state.toLowerCase()}`)));
  }

  function show({summary, messages: sent}) {
    ended = ENDED.includes(summary.status);
    badge.replaceChildren(statusBadge(summary), ended ? ` after ${summary.lastMillis - summary.firstMillis} ms` : '');
    messages.replaceChildren(...sent.map(message => el('li', {},
      `+${Date.parse(message.hybrid.split('#')[0]) - summary.firstMillis} ms · ${cut(message.type || '(no type)', 60)}`
      + (message.from === message.to ? '' : ` · ${message.from.toLowerCase()} → ${message.to.toLowerCase()}`))));
  }

  return {
    node: el('section', {id, class: 'card', 'aria-labelledby': id + '-title'},
      el('div', {class: 'bar'}, heading, badge), answer, link,
      el('h4', {}, 'Messages'), messages, el('h4', {}, 'Held by the participants'), effects),
    name: text => setText(heading, text),
    place,
    /** Whether the order has not ended. */
    waits: () => !ended,
    changed: frame => {
      if (order && (frame.reset || frame.orders[order])) {
        load();
      }
    },
  };
}

/** @param report that may have any content */
function doubtText(report) {
  const participants = Array.isArray(report.participants) ? report.participants : [];
  const silent = participants.filter(each => !Array.isArray(each?.inDoubt)).map(each => String(each?.participant));
  const branches = participants.flatMap(each => (Array.isArray(each?.inDoubt) ? each.inDoubt : []));
  const sum = count => branches.reduce((total, branch) => total + count(branch), 0);
  const transactions = new Set(branches.map(branch => branch.transaction)).size;
  return `${transactions} transactions in doubt, of all orders: ${branches.length} prepared branches, `
    + `${sum(branch => (Array.isArray(branch.locks) ? branch.locks.length : 0))} locks, ${sum(branch => Number(branch.waiting) || 0)} sessions wait.`
    + (silent.length ? ` No answer: ${cut(silent.join(', '), 200)}.` : '');
}
