// The page #/order/{id}: the saga of an order as a map of its steps, and its messages between the lanes of the services.

import {cut, el, isNarrow, onNarrow, place, setText, time} from './dom.js';
import {get, isUncertain, newKey, post, problemText} from './api.js';
import {currentSystem, subscribe} from './stream.js';
import {allFaults, faultName} from './fault-names.js';
import {statusBadge} from './status.js';
import {awaitedLine} from './awaited.js';
import {curl, curlDetails} from './curl.js';
import {noteFields} from './note.js';
import {sagaMap} from './saga-map.js';

const LANES = ['ORDER', 'INVENTORY', 'PAYMENT', 'SHIPPING'];

const SORTS = {
  hybrid: {label: 'hybrid', key: m => m.hybrid, shown: m => time(Date.parse(m.hybrid.split('#')[0])) + '#' + (m.hybrid.split('#')[1] ?? '')},
  lamport: {label: 'Lamport', key: m => m.lamport ?? Number.MAX_SAFE_INTEGER, shown: m => m.lamport === null ? '—' : 'L ' + m.lamport},
  wall: {label: 'wall clock', key: m => m.wallMillis, shown: m => time(m.wallMillis)},
};

/** The time of day of a message, in milliseconds. Lamport time has none. */
const AT = {hybrid: m => Date.parse(m.hybrid.split('#')[0]), wall: m => m.wallMillis};

/** W3C Trace Context; an id of zeros only is not valid. */
const TRACE_PARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

const ACTIONS = [
  ['cancel', 'Cancel', ['PENDING', 'UNKNOWN'], 'as the customer: possible until the pivot'],
  ['park', 'Park', ['PENDING', 'UNKNOWN'], 'stops the saga where it is'],
  ['retry', 'Retry', ['PARKED'], 'sends the awaited command again'],
  ['compensate', 'Compensate', ['PENDING', 'PARKED', 'UNKNOWN'], 'rejects the order and undoes its steps'],
];

export function orderPage(id, parameters) {
  const rows = new Map();
  const faultRows = new Map();
  const head = el('div', {id: 'order-head'});
  const map = el('div', {id: 'saga-map'});
  const list = el('ol', {id: 'messages', class: 'lanes'});
  const notice = el('p', {id: 'order-notice', class: 'quiet', role: 'status'}, 'Waiting for the first message of the order…');
  const result = el('p', {id: 'action-result', role: 'status'});
  const note = noteFields('order');
  note.node.hidden = true;
  const operators = el('ul', {id: 'operators', class: 'plain', 'aria-label': 'What operators did', hidden: true});
  const buttons = ACTIONS.map(([name, label, , title]) =>
    el('button', {id: 'action-' + name, type: 'button', title, disabled: true, onclick: () => act(name, label)}, label));
  const awaited = awaitedLine(id);
  const keys = Object.fromEntries(ACTIONS.map(([name]) => [name, newKey()]));
  const path = name => `api/orders/${encodeURIComponent(id)}/${name}`;
  const commands = curlDetails('order-curl', Object.fromEntries(ACTIONS.map(([name, label]) =>
    [label, () => curl(path(name), keys[name], name === 'cancel' ? {} : note.values())])));
  note.node.addEventListener('input', commands.update);
  let sort = 'hybrid';
  let view = null;
  let version = 0;
  let traceUrl = null;

  const sorts = el('fieldset', {id: 'sort'}, el('legend', {}, 'Sort by'),
    Object.entries(SORTS).map(([name, {label}]) => el('label', {},
      el('input', {type: 'radio', name: 'sort', id: 'sort-' + name, value: name, onchange: () => {
        window.location.hash = `#/order/${encodeURIComponent(id)}?by=${name}`;
      }}), label)));

  function update(changed) {
    sort = SORTS[changed.get('by')] ? changed.get('by') : 'hybrid';
    sorts.querySelector('#sort-' + sort).checked = true;
    show();
  }

  async function load() {
    const asked = ++version;
    const {ok, status, body} = await get('api/orders/' + encodeURIComponent(id));
    if (asked !== version) {
      return;
    }
    if (ok) {
      view = body;
      awaited.update(summaryEnded(view.summary));
      show();
    } else if (view === null && status !== 404) {
      setText(notice, problemText({status, body}));
    }
  }

  function show() {
    if (view === null) {
      return;
    }
    const {summary, messages} = view;
    notice.hidden = true;
    place(head, [
      statusBadge(summary),
      el('dl', {class: 'facts'},
        fact('Customer', summary.customer ?? '—'),
        fact('Total', summary.total ?? '—'),
        fact('Lines', view.lines.map(line => `${line.quantity} × ${line.sku}`).join(', ') || '—'),
        summary.reason ? fact('Reason', summary.reason + (view.detail ? ': ' + view.detail : '')) : null,
        view.dropped ? fact('Not kept', `${view.dropped} further messages`) : null),
    ]);
    buttons.forEach((button, i) => {
      button.disabled = !ACTIONS[i][2].includes(summary.status);
    });
    note.node.hidden = buttons.slice(1).every(button => button.disabled);
    map.replaceChildren(sagaMap(messages, isNarrow()));
    const key = SORTS[sort].key;
    const sorted = messages
      .map((message, i) => ({message, i}))
      .sort((a, b) => (key(a.message) < key(b.message) ? -1 : key(a.message) > key(b.message) ? 1 : a.i - b.i))
      .map(({message}) => message);
    let cause = null;
    const marks = faultMarks(sorted);
    place(list, [heading, ...sorted.flatMap(message => {
      const turns = message.cause !== null && message.cause !== cause;
      cause = message.cause ?? cause;
      const later = marks.findIndex(mark => mark.at > AT[sort](message));
      const before = marks.splice(0, later < 0 ? marks.length : later);
      return [...before.map(mark => mark.node), ...row(message, turns)];
    }), ...marks.map(mark => mark.node)]);
  }

  /** Where faults begin and end among messages that are sorted by a clock which reads the time of day. */
  function faultMarks(sorted) {
    if (!AT[sort] || !sorted.length) {
      return [];
    }
    const first = AT[sort](sorted[0]);
    const last = summaryEnded(view.summary) ? AT[sort](sorted[sorted.length - 1]) : Date.now();
    return allFaults(currentSystem())
      .filter(fault => fault.sinceMillis <= last && (fault.endedMillis ?? last) >= first)
      .flatMap(fault => [
        {at: Math.max(fault.sinceMillis, first), fault, word: fault.sinceMillis < first ? 'is on' : 'begins'},
        ...(fault.endedMillis !== null && fault.endedMillis <= last ? [{at: fault.endedMillis, fault, word: 'ends'}] : []),
      ])
      .sort((a, b) => a.at - b.at)
      .map(({at, fault, word}) => ({at, node: faultRow(fault, word)}));
  }

  function faultRow(fault, word) {
    const id = `fault-${fault.id}-${fault.sinceMillis}-${word === 'ends' ? 'end' : 'begin'}`;
    if (!faultRows.has(id)) {
      faultRows.set(id, el('li', {class: 'fault-mark', id}));
    }
    setText(faultRows.get(id), `⚡ fault ${word} · ${faultName(fault)}`);
    return faultRows.get(id);
  }

  const heading = el('li', {class: 'lane-head', 'aria-hidden': 'true'}, el('span', {class: 'when'}, ''),
    el('span', {class: 'tracks'}, LANES.map(lane => el('span', {}, lane.toLowerCase()))), el('span', {}, ''));

  /** A message, with the line of the pivot after it, or the cause of compensations before the first of them. */
  function row(message, turns) {
    const shown = JSON.stringify([message, sort, turns, traceUrl]);
    const known = rows.get(message.number);
    if (known?.shown === shown) {
      return known.nodes;
    }
    const wasOpen = known?.nodes.some(node => node.querySelector('details')?.open) ?? false;
    const nodes = [
      turns ? el('li', {class: 'cause', id: `cause-${message.number}`}, '↩ turned back · ' + message.cause) : null,
      known ? replaced(known, message) : el('li', {id: `message-${message.number}`, class: classes(message)}, details(message, wasOpen)),
      message.pivot ? el('li', {class: 'pivot', id: 'pivot'}, el('span', {}, 'pivot: from here on the saga only goes forward')) : null,
    ].filter(Boolean);
    rows.set(message.number, {shown, nodes});
    return nodes;
  }

  /** Changes a row in place, so that it stays open and keeps the focus. */
  function replaced(known, message) {
    const node = known.nodes.find(each => each.id === `message-${message.number}`);
    node.className = classes(message);
    const fresh = details(message, false);
    const old = node.firstChild;
    old.querySelector('summary').replaceChildren(...fresh.querySelector('summary').childNodes);
    place(old, [old.querySelector('summary'), fresh.querySelector('.content')]);
    return node;
  }

  function classes(message) {
    return ['message', message.kind.toLowerCase(), message.compensation ? 'back' : '', message.problem ? 'broken' : ''].join(' ').trim();
  }

  function details(message, open) {
    const from = LANES.indexOf(message.from);
    const to = LANES.indexOf(message.to);
    return el('details', {open},
      el('summary', {'aria-label': spoken(message)},
        el('span', {class: 'when'}, SORTS[sort].shown(message)),
        el('span', {class: 'tracks', 'aria-hidden': 'true'},
          LANES.map(() => el('span', {class: 'track'})),
          el('span', {class: from === to ? `mark at-${from}` : `arrow from-${from} to-${to}`})),
        el('span', {class: 'what'},
          el('b', {}, cut(message.type || '(no type)', 60)),
          chips(message).map(([kind, text]) => el('span', {class: 'chip ' + kind}, text)))),
      el('div', {class: 'content'},
        message.problem ? el('p', {class: 'problem'}, 'The message ' + problem(message.problem)) : null,
        message.detail ? el('p', {}, message.detail) : null,
        traceLine(message, traceUrl),
        el('div', {class: 'scroll'}, el('table', {class: 'headers'},
          el('caption', {class: 'hidden'}, 'Headers'),
          el('tbody', {},
            header('position', message.position),
            header('key', message.key ?? '(none)'),
            message.headers.map(({name, value}) => header(name, value))))),
        el('pre', {tabindex: 0, role: 'group', 'aria-label': 'Body'}, pretty(message.body)),
        message.bodyBytes > message.body.length
          ? el('p', {class: 'quiet'}, `${message.bodyBytes.toLocaleString()} bytes in all`) : null));
  }

  async function act(name, label) {
    const filled = name === 'cancel' ? {} : note.read();
    if (!filled) {
      return;
    }
    setText(result, label + '…');
    buttons.forEach(button => button.setAttribute('aria-busy', 'true'));
    const answer = await post(path(name), keys[name], filled);
    keys[name] = newKey();
    commands.update();
    buttons.forEach(button => button.removeAttribute('aria-busy'));
    result.className = answer.ok ? '' : 'problem';
    setText(result, answer.ok ? `${label}: accepted.`
      : `${label}: ${problemText(answer)}${isUncertain(answer) && answer.status !== 409 ? ' · It can be repeated.' : ''}`);
    loadOperators();
  }

  async function loadLinks() {
    const {ok, body} = await get('api/links');
    traceUrl = ok ? body.trace : null;
    show();
  }

  /** What operators did is in the timeline of the order-service, and in no message. */
  async function loadOperators() {
    const {ok, body} = await get(`api/orders/${encodeURIComponent(id)}/timeline`);
    const entries = (ok && Array.isArray(body.entries) ? body.entries : []).filter(entry => entry.kind === 'OPERATOR');
    operators.hidden = entries.length === 0;
    operators.replaceChildren(...entries.map(entry => el('li', {},
      `${time(Date.parse(entry.at))} · ${entry.message ?? ''}${entry.cause ? ' · ' + cut(entry.cause.detail, 700) : ''}`)));
  }

  let scheduled = false;
  const unsubscribe = subscribe(frame => {
    if (frame.system) {
      show();
    }
    if ((frame.reset || frame.orders[id]) && !scheduled) {
      // a frame has at most ten changes of an order per second, so this is as often
      scheduled = true;
      queueMicrotask(() => {
        scheduled = false;
        load();
      });
    }
  });
  const stay = onNarrow(show);
  update(parameters);
  load();
  loadLinks();
  loadOperators();
  return {
    title: 'Order ' + id.slice(-12),
    node: el('article', {'aria-labelledby': 'order-title'},
      el('div', {class: 'bar'},
        el('h2', {id: 'order-title'}, 'Order ', el('code', {}, cut(id, 60))),
        el('a', {id: 'order-export', href: `api/orders/${encodeURIComponent(id)}/export`, download: ''}, 'Save as a file'),
        el('div', {class: 'actions', role: 'group', 'aria-label': 'Actions'}, buttons)),
      note.node, result, commands.node, operators, notice, head, awaited.node, map,
      el('div', {class: 'bar'}, el('h3', {}, 'Messages'), sorts),
      list),
    update,
    leave: () => {
      stay();
      awaited.leave();
      unsubscribe();
    },
  };
}

function summaryEnded({status}) {
  return ['CONFIRMED', 'REJECTED', 'CANCELLED'].includes(status);
}

function fact(name, value) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, cut(value, 300)));
}

/** The trace that a message belongs to, with a link if it is known where traces are shown. */
function traceLine(message, url) {
  const id = message.headers.find(({name}) => name === 'traceparent')?.value.match(TRACE_PARENT)?.[1];
  return id ? el('p', {class: 'trace'}, 'Trace ',
    url ? el('a', {href: url.replaceAll('{traceId}', id), target: '_blank', rel: 'noreferrer'}, el('code', {}, id)) : el('code', {}, id)) : null;
}

function header(name, value) {
  return el('tr', {}, el('th', {scope: 'row'}, name), el('td', {}, value));
}

function problem(text) {
  return /^(has|is) /.test(text) ? text + '.' : 'could not be read: ' + text;
}

function chips(message) {
  return [
    message.problem ? ['bad', '⚠ unreadable'] : null,
    message.kind === 'UNKNOWN' ? ['bad', '? unknown type'] : null,
    message.outcome && message.outcome !== 'COMPLETED' ? ['bad', '✗ ' + message.outcome.toLowerCase().replace('_', ' ')] : null,
    message.reason ? ['why', cut(message.reason, 60)] : null,
    message.compensation && message.kind === 'COMMAND' ? ['undo', '↩ compensation'] : null,
    message.attempt > 1 ? ['again', `attempt ${message.attempt}`] : null,
    message.copies > 1 ? ['again', `× ${message.copies} copies`] : null,
  ].filter(Boolean);
}

function spoken(message) {
  const way = message.from === message.to ? `event of the ${message.from.toLowerCase()} service`
    : `${message.kind.toLowerCase()} from ${message.from.toLowerCase()} to ${message.to.toLowerCase()}`;
  return [message.type || 'no type', way, ...chips(message).map(([, text]) => text)].join(', ');
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
