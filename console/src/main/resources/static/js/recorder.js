// The page #/recorder?at=…&speed=…: the last ten minutes, which are played again or moved through.

import {cut, el, isNarrow, onNarrow, place, setText, time} from './dom.js';
import {get, problemText} from './api.js';
import {messagesPerSecond} from './chart.js';
import {statusBadge} from './status.js';
import {labelEdges, RATE_SECONDS, recordedGraph} from './system.js';

const SPEEDS = [1, 2, 5, 10];
const TICK_MILLIS = 100;
const SHOWN_ORDERS = 50;
const SHOWN_MESSAGES = 8;

export function recorderPage(parameters) {
  const notice = el('p', {id: 'recorder-notice', role: 'status'}, 'Loading…');
  const picture = el('div', {class: 'card', id: 'recorder-chart'});
  const graph = el('div', {id: 'graph'});
  const rows = el('tbody', {id: 'recorded-orders'});
  const nodes = new Map();
  const messages = el('ol', {id: 'recorded-messages', class: 'plain'});
  const count = el('p', {id: 'recorded-count', class: 'quiet'});
  const slider = el('input', {id: 'at', type: 'range', step: 1000, value: 0, 'aria-label': 'Time',
    oninput: () => { stop(); seek(Number(slider.value)); }, onchange: remember});
  const shown = el('output', {id: 'at-text', for: 'at'});
  const play = el('button', {id: 'play', type: 'button', class: 'primary', onclick: () => (timer ? stop() : start())}, 'Play');
  const speed = el('select', {id: 'speed', onchange: remember}, SPEEDS.map(each => el('option', {value: each}, '×' + each)));
  const reload = el('button', {id: 'reload', type: 'button', onclick: () => load(true)}, 'To now');
  const mark = el('button', {id: 'mark', type: 'button', onclick: () => { begin = at; show(); }}, 'Begin the file here');
  const file = el('a', {id: 'export', download: ''});
  let recording = null;
  let changes = [];
  let perSecond = [];
  let at = 0;
  let begin = 0;
  let timer = null;
  let drawnFaults = null;

  async function load(toEnd) {
    stop();
    const {ok, status, body} = await get('api/recording');
    if (!ok) {
      setText(notice, problemText({status, body}));
      return;
    }
    recording = body;
    changes = body.orders.flatMap(order => order.changes.map(change => ({...change, order: order.id})))
      .filter(change => change.atMillis >= body.fromMillis)
      .sort((a, b) => a.atMillis - b.atMillis);
    perSecond = new Array(Math.max(1, Math.ceil((body.toMillis - body.fromMillis) / 1000))).fill(0);
    changes.forEach(change => {
      perSecond[Math.min(perSecond.length - 1, Math.floor((change.atMillis - body.fromMillis) / 1000))]++;
    });
    slider.min = body.fromMillis;
    // whole steps, or the last one could not be reached
    slider.max = body.fromMillis + perSecond.length * 1000;
    begin = body.fromMillis;
    drawnFaults = null;
    seekAddress(toEnd ? NaN : at);
    if (toEnd) {
      remember();
    }
  }

  function update(changed) {
    const wanted = Date.parse(changed.get('at') ?? '');
    speed.value = SPEEDS.includes(Number(changed.get('speed'))) ? changed.get('speed') : '1';
    stop();
    at = wanted || 0;
    if (recording) {
      seekAddress(wanted);
    }
  }

  /** @param wanted NaN or 0 for the end */
  function seekAddress(wanted) {
    const isOutside = wanted && (wanted < recording.fromMillis || wanted > recording.toMillis);
    setText(notice, [
      recording.forgotten && `The console has forgotten ${recording.forgotten.toLocaleString()} older orders, so some may be missing.`,
      isOutside && 'The time of the address is not in the recording.'].filter(Boolean).join(' '));
    seek(wanted || recording.toMillis);
  }

  /** The address has the state, without a new entry in the history. */
  function remember() {
    if (!recording) {
      return;
    }
    window.history.replaceState(null, '', `#/recorder?at=${new Date(at).toISOString()}&speed=${speed.value}`);
  }

  function start() {
    if (!recording) {
      return;
    }
    if (at >= recording.toMillis) {
      seek(recording.fromMillis);
    }
    let last = performance.now();
    timer = window.setInterval(() => {
      const now = performance.now();
      seek(at + (now - last) * Number(speed.value));
      last = now;
      if (at >= recording.toMillis) {
        stop();
      }
    }, TICK_MILLIS);
    setText(play, 'Pause');
  }

  function stop() {
    if (timer) {
      window.clearInterval(timer);
      timer = null;
      setText(play, 'Play');
      remember();
    }
  }

  function seek(millis) {
    at = Math.max(recording.fromMillis, Math.min(recording.toMillis, Math.round(millis)));
    slider.value = at;
    show();
  }

  function show() {
    if (!recording) {
      return;
    }
    setText(shown, time(at));
    slider.setAttribute('aria-valuetext', time(at));
    const faults = recording.faults.filter(fault => fault.sinceMillis <= at && (fault.endedMillis ?? Infinity) > at);
    const key = JSON.stringify([faults.map(fault => fault.target), isNarrow()]);
    if (key !== drawnFaults) {
      drawnFaults = key;
      graph.replaceChildren(recordedGraph(faults));
    }
    const end = after(changes, at);
    labelEdges(graph, changes.slice(after(changes, at - RATE_SECONDS * 1000), end).map(change => [change.flow, 1]));
    picture.replaceChildren(messagesPerSecond({
      begin: recording.fromMillis, end: recording.toMillis, now: at, counts: perSecond, faults: recording.faults,
      width: isNarrow() ? 350 : 724, from: time(recording.fromMillis), to: time(recording.toMillis),
    }));
    showOrders();
    messages.replaceChildren(...changes.slice(Math.max(0, end - SHOWN_MESSAGES), end).reverse().map(change => el('li', {},
      `${time(change.atMillis)} · ${cut(change.type || '(no type)', 60)} · ${change.flow.toLowerCase().replace('>', ' → ')} · ${change.order.slice(-8)}`)));
    const [first, last] = [Math.min(begin, at), Math.max(begin, at)];
    file.href = `api/recording/export?from=${first}&to=${last}`;
    setText(file, `Save ${time(first)} to ${time(last)} as a file`);
  }

  function showOrders() {
    const then = recording.orders
      .map(order => ({order, last: order.changes[after(order.changes, at) - 1]}))
      .filter(({last}) => last);
    setText(count, `${then.length} orders at this time` + (then.length > SHOWN_ORDERS ? `; ${SHOWN_ORDERS} are shown` : ''));
    place(rows, then
      .sort((a, b) => (b.last.status === 'PARKED') - (a.last.status === 'PARKED') || (a.order.id < b.order.id ? 1 : -1))
      .slice(0, SHOWN_ORDERS)
      .map(({order, last}) => row(order, last)));
  }

  function row(order, last) {
    const known = nodes.get(order.id);
    if (known?.last === last) {
      return known.node;
    }
    const node = el('tr', {},
      el('td', {}, statusBadge(last)),
      el('th', {scope: 'row'}, el('a', {href: '#/order/' + encodeURIComponent(order.id), class: 'id', title: order.id}, order.id.slice(-8))),
      el('td', {}, cut(order.customer ?? '—', 60)),
      el('td', {class: 'wide'}, cut(last.type, 60)),
      el('td', {class: 'wide'}, cut(last.reason ?? '', 60)));
    nodes.set(order.id, {last, node});
    return node;
  }

  const stay = onNarrow(show);
  update(parameters);
  load(false);
  return {
    title: 'Recorder',
    node: el('article', {'aria-labelledby': 'recorder-title'},
      el('h2', {id: 'recorder-title'}, 'Recorder'),
      el('p', {class: 'quiet'}, 'The last ten minutes, by the hybrid time of the messages. With the focus on the time, the arrow keys move by a second.'),
      notice,
      el('div', {class: 'bar', id: 'transport'}, play, el('label', {}, el('span', {class: 'hidden'}, 'Speed'), speed), slider, shown, reload),
      picture, graph,
      el('div', {class: 'bar'}, mark, file),
      el('div', {class: 'columns even'},
        el('section', {'aria-labelledby': 'recorded-orders-title'}, el('h3', {id: 'recorded-orders-title'}, 'Orders'), count,
          el('table', {}, el('thead', {}, el('tr', {}, ['Status', 'Order', 'Customer'].map(name => el('th', {scope: 'col'}, name)),
            ['Last message', 'Reason'].map(name => el('th', {scope: 'col', class: 'wide'}, name)))), rows)),
        el('section', {'aria-labelledby': 'recorded-messages-title'}, el('h3', {id: 'recorded-messages-title'}, 'Last messages'), messages))),
    update,
    leave: () => {
      window.clearInterval(timer);
      stay();
    },
  };
}

/** How many of the changes, which are sorted by time, are not after a time. */
function after(changes, millis) {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    changes[middle].atMillis <= millis ? low = middle + 1 : high = middle;
  }
  return low;
}
