// The page #/operator: parked orders and dead letters, with their reasons, and what became of each that an operator acted on.

import {cut, el, place, setText, time} from './dom.js';
import {get, isUncertain, post, problemText, send} from './api.js';
import {orders, subscribe} from './stream.js';
import {statusBadge} from './status.js';
import {noteFields} from './note.js';

const SERVICES = ['order-service', 'inventory-service', 'payment-service', 'shipping-service'];
const REFRESH_MILLIS = 5000;
const MAX_RESULTS = 100;
const ORDER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const OUTCOMES = {
  DONE: '✓ done',
  NOT_FOUND: '○ it is no longer there',
  NOT_THE_OLDEST: '✗ not done: an older letter of its key has to be handled first',
  FAILED_AGAIN: '✗ failed again',
  NOT_TRIED: '✗ not tried',
};

export function operatorPage() {
  const note = noteFields('operator');
  const parked = list('parked', ['Order', 'Customer', 'Why it is parked', 'Waits for', 'Since'], [['retry', 'Retry'], ['compensate', 'Compensate']], actOnOrders);
  const letters = list('letters', ['Letter', 'Service and topic', 'Cause', 'Key', 'Attempts', 'Since'], [['replay', 'Replay'], ['discard', 'Discard']], actOnLetters);
  const problems = el('div', {id: 'operator-problems', class: 'problem', role: 'status'});
  const results = el('ol', {id: 'results', class: 'plain', 'aria-live': 'polite'});
  const none = el('p', {class: 'quiet'}, 'Nothing yet.');
  const shownResults = [];
  let version = 0;

  async function load() {
    const asked = ++version;
    const [sagas, ...services] = await Promise.all([get('api/parked'),
      ...SERVICES.map(service => get(`api/services/${service}/dead-letters`))]);
    if (asked !== version) {
      return;
    }
    problems.replaceChildren(...[['order-service', sagas], ...SERVICES.map((service, i) => [service, services[i]])]
      .filter(([, answer]) => !answer.ok).map(([service, answer]) => el('p', {}, `${service}: ${problemText(answer)}`)));
    if (sagas.ok) {
      parked.show((sagas.body.sagas ?? []).map(saga => ({
        id: saga.orderId,
        row: 'parked-' + saga.orderId,
        key: saga.orderId,
        cells: [orderLink(saga.orderId), cut(saga.customer ?? '', 60),
          el('span', {}, el('b', {}, saga.parked?.reason ?? ''), ' ', cut(saga.parked?.detail ?? '', 300)),
          saga.awaiting ? `${saga.awaiting.step}, attempt ${saga.awaiting.attempt}` : '', when(saga.parked?.since)],
      })));
    }
    letters.show(services.flatMap((answer, i) => (answer.ok ? answer.body.deadLetters ?? [] : []).map(letter => ({
      id: letter.id,
      row: `letter-${SERVICES[i]}-${letter.id}`,
      key: letter.key,
      service: SERVICES[i],
      cells: [letterMessage(SERVICES[i], letter), el('span', {}, SERVICES[i], el('br'), letter.topic),
        letter.cause, letter.key && ORDER.test(letter.key) ? orderLink(letter.key) : cut(letter.key ?? '(none)', 60),
        String(letter.attempts), when(letter.parkedAt)],
    }))));
  }

  async function actOnOrders(action, chosen, filled) {
    for (const {id, key} of chosen) {
      const answer = await post(`api/orders/${encodeURIComponent(id)}/${action}`, crypto.randomUUID?.() ?? String(Date.now()) + Math.random(), filled);
      report(`${action} order ${id.slice(-8)}`, answer.ok ? '✓ accepted; the order goes on' : failed(answer), key);
    }
  }

  async function actOnLetters(action, chosen, filled) {
    for (const service of SERVICES) {
      const own = chosen.filter(each => each.service === service);
      for (let from = 0; from < own.length; from += 100) {
        const batch = own.slice(from, from + 100);
        const answer = await send('POST', `api/services/${service}/dead-letters/${action}`, {ids: batch.map(each => each.id), ...filled});
        const found = new Map((answer.ok ? answer.body.letters ?? [] : []).map(result => [result.id, result]));
        batch.forEach(each => report(`${action} letter ${each.id.slice(-8)} of the ${service}`,
          answer.ok ? outcome(found.get(each.id)) : failed(answer), each.key));
      }
    }
  }

  function report(what, became, key) {
    const badge = el('span');
    const node = el('li', {}, el('b', {}, what), ': ', became, ' ', badge);
    shownResults.push({node, key, badge, shown: null});
    if (shownResults.length > MAX_RESULTS) {
      shownResults.shift();
    }
    place(results, shownResults.map(each => each.node));
    none.hidden = true;
    showOrders();
  }

  /** What becomes of an order after an operator has acted shows in its status. */
  function showOrders() {
    for (const each of shownResults) {
      const order = each.key ? orders.get(each.key) : null;
      if (order && order !== each.shown) {
        each.shown = order;
        each.badge.replaceChildren('order ', orderLink(order.id), ' ', statusBadge(order));
      }
    }
  }

  function list(id, columns, actions, act) {
    const rows = new Map();
    const chosen = new Set();
    const body = el('tbody', {id});
    const empty = el('p', {class: 'quiet'}, 'Asking…');
    const all = el('input', {type: 'checkbox', 'aria-label': 'Select all', onchange: () => {
      body.querySelectorAll('input').forEach(box => { box.checked = all.checked; });
      rows.forEach((_, key) => (all.checked ? chosen.add(key) : chosen.delete(key)));
      enable();
    }});
    const buttons = actions.map(([action, label]) => el('button', {id: action, type: 'button', disabled: true, onclick: () =>
      run(action, [...chosen].map(key => rows.get(key).item))}, label + ' selected'));

    function enable() {
      buttons.forEach(button => { button.disabled = chosen.size === 0; });
    }

    async function run(action, items) {
      const filled = note.read();
      if (!filled || !items.length) {
        return;
      }
      buttons.forEach(button => { button.disabled = true; });
      await act(action, items, filled);
      enable();
      await load();
    }

    function row(item) {
      const known = rows.get(item.row);
      const text = JSON.stringify(item.cells.map(cell => cell.textContent ?? cell));
      if (known?.text === text) {
        return known.node;
      }
      const box = el('input', {type: 'checkbox', 'aria-label': 'Select ' + item.id, onchange: event => {
        event.target.checked ? chosen.add(item.row) : chosen.delete(item.row);
        enable();
      }});
      box.checked = chosen.has(item.row);
      const [first, ...cells] = item.cells;
      const node = el('tr', {id: item.row}, el('td', {}, box), el('th', {scope: 'row'}, first), cells.map(cell => el('td', {}, cell)),
        el('td', {}, el('div', {class: 'actions'}, actions.map(([action, label]) => el('button', {
          type: 'button', 'data-action': action, 'aria-label': `${label} ${item.id}`, onclick: () => run(action, [item])}, label)))));
      rows.set(item.row, {item, text, node});
      return node;
    }

    return {
      show: items => {
        const there = new Set(items.map(item => item.row));
        [...rows.keys()].filter(key => !there.has(key)).forEach(key => {
          rows.delete(key);
          chosen.delete(key);
        });
        place(body, items.map(row));
        empty.hidden = items.length > 0;
        setText(empty, 'There are none.');
        all.checked = items.length > 0 && chosen.size === items.length;
        all.disabled = items.length === 0;
        enable();
      },
      node: title => el('section', {class: 'scroll', 'aria-labelledby': id + '-title'},
        el('div', {class: 'bar'}, el('h3', {id: id + '-title'}, title), el('div', {class: 'actions'}, buttons)),
        el('table', {},
          el('thead', {}, el('tr', {}, el('th', {scope: 'col'}, all), columns.map(name => el('th', {scope: 'col'}, name)),
            el('th', {scope: 'col'}, el('span', {class: 'hidden'}, 'Actions')))),
          body),
        empty),
    };
  }

  const timer = window.setInterval(() => document.hidden || load(), REFRESH_MILLIS);
  const unsubscribe = subscribe(showOrders);
  load();
  return {
    title: 'Operator',
    node: el('article', {'aria-labelledby': 'operator-title'},
      el('h2', {id: 'operator-title'}, 'What waits for an operator'),
      el('p', {class: 'quiet'}, 'Who acts and why is kept: in the timeline of the order, or in the log of the service that has the dead letter.'),
      note.node, problems, parked.node('Parked orders'), letters.node('Dead letters'),
      el('section', {'aria-labelledby': 'results-title'}, el('h3', {id: 'results-title'}, 'What came of it'), none, results)),
    update: () => {},
    leave: () => {
      window.clearInterval(timer);
      unsubscribe();
    },
  };
}

function outcome(result) {
  return !result ? '? the answer does not say what became of it'
    : (OUTCOMES[result.outcome] ?? result.outcome) + (result.oldest ? `: ${result.oldest}` : '') + (result.cause ? ': ' + cut(result.cause, 300) : '');
}

function failed(answer) {
  return '✗ ' + problemText(answer) + (isUncertain(answer) && answer.status !== 409 ? ' · Whether it took effect, the list shows.' : '');
}

function orderLink(id) {
  return el('a', {href: '#/order/' + encodeURIComponent(id), class: 'id', title: id}, id.slice(-8));
}

function when(text) {
  return text ? time(Date.parse(text)) : '';
}

/** The message of a letter is read when it is opened. */
function letterMessage(service, letter) {
  const content = el('div');
  return el('details', {ontoggle: async event => {
    if (event.target.open && !content.childElementCount) {
      const {ok, body, status} = await get(`api/services/${service}/dead-letters/${encodeURIComponent(letter.id)}`);
      content.replaceChildren(el('pre', {tabindex: 0, role: 'group', 'aria-label': 'Message'}, ok
        ? [...Object.entries(body.headers ?? {}).map(([name, value]) => `${name}: ${value}`), '', cut(body.body ?? '', 4000)].join('\n')
        : problemText({status, body})));
    }
  }}, el('summary', {}, el('span', {class: 'id', title: letter.id}, letter.id.slice(-8)), ' ', cut(letter.type ?? '(no type)', 80)), content);
}
