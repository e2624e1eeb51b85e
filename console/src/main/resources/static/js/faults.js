// The page #/faults: injects faults, shows those that are on with their ends, and ends them.

import {cut, el, place, setText, time} from './dom.js';
import {get, problemText, send} from './api.js';
import {currentSystem, subscribe} from './stream.js';
import {activityChart} from './chart.js';
import {faultName} from './fault-names.js';

const DIRECTION = {name: 'direction', label: 'Direction', options: [['', 'both'], ['UP', 'up: from the client'], ['DOWN', 'down: to the client']]};
const SHARE = {name: 'share', label: 'Share, 0 to 1', type: 'number', step: 'any', value: '0.5'};
const DELAY = {name: 'delayMillis', label: 'Delay, ms', type: 'number', value: '200'};
const JITTER = {name: 'jitterMillis', label: 'Jitter, ms', type: 'number', value: '0'};
const PLACE = {name: 'place', label: 'Place', options: [['LISTENER', 'before a batch of records'], ['HTTP_CLIENT', 'before a request leaves']]};
const POINT = {name: 'point', label: 'Crash point', list: 'points', value: ''};
const PASSING = {name: 'passing', label: 'Passing', type: 'number', value: '1'};

const KINDS = {
  cut: {of: 'link', label: 'cut: no data arrives', fields: [DIRECTION]},
  slow: {of: 'link', label: 'slow: a limited bandwidth', fields: [DIRECTION, {name: 'bytesPerSecond', label: 'Bytes per second', type: 'number', value: '20000'}]},
  latency: {of: 'link', label: 'latency: data arrives later', fields: [DIRECTION, DELAY, JITTER]},
  loss: {of: 'link', label: 'loss: packets are lost and sent again', fields: [DIRECTION, SHARE]},
  refuse: {of: 'link', label: 'refuse: no new connections', fields: []},
  reset: {of: 'link', label: 'reset: connections break', fields: []},
  kill: {of: 'process', label: 'kill: SIGKILL; its end starts the process', fields: []},
  pause: {of: 'process', label: 'pause: SIGSTOP; its end continues the process', fields: []},
  restart: {of: 'process', label: 'restart: stopped and started once', fields: []},
  isolation: {of: 'process', label: 'isolation: all its links are cut', fields: []},
  outage: {of: 'process', label: 'outage of the payment provider', fields: [], only: name => name === 'payment-provider'},
  duplicates: {of: 'service', label: 'duplicates: records are delivered twice', fields: [SHARE, {name: 'lateMillis', label: 'Late by, ms', type: 'number', value: '0'}]},
  delays: {of: 'service', label: 'delays: records of some keys are late', fields: [SHARE, DELAY]},
  poison: {of: 'service', label: 'poison: records of some keys cannot be read', fields: [SHARE]},
  'clock-skew': {of: 'service', label: 'clock skew: the wall clock is wrong', fields: [{name: 'offsetMillis', label: 'Offset, ms', type: 'number', value: '-30000'}]},
  crash: {of: 'service', label: 'crash at a crash point', fields: [POINT, PASSING]},
  'pause-at': {of: 'service', label: 'pause at a crash point', fields: [POINT, PASSING]},
  'service-latency': {of: 'service', label: 'latency within a service', fields: [PLACE, DELAY, JITTER]},
  'service-errors': {of: 'service', label: 'errors within a service', fields: [PLACE, SHARE]},
};
const GROUPS = {link: 'Links', process: 'Processes', service: 'Within a service'};
const SERVICE = /^(order|inventory|payment|shipping)-service(-\d+)?$/;

export function faultsPage(parameters) {
  const chart = activityChart();
  const notice = el('p', {id: 'faults-notice', class: 'quiet', role: 'status'}, 'Asking for the faults…');
  const off = el('section', {id: 'faults-off', class: 'card', hidden: true, 'aria-labelledby': 'faults-off-title'},
    el('h3', {id: 'faults-off-title'}, 'This system accepts no faults'),
    el('p', {}, 'It was started without fault injection. To start it with a proxy on every link, and with faults within the services:'),
    el('pre', {tabindex: 0}, './run --faults'),
    el('p', {}, 'With Docker Compose there are no such faults.'));
  const body = el('tbody', {id: 'active-faults'});
  const past = el('tbody', {id: 'ended-faults'});
  const result = el('p', {id: 'fault-result', role: 'status'});
  const rows = new Map();
  const form = faultForm(parameters, result);
  const endAll = el('button', {id: 'end-all', type: 'button', onclick: () => end('', 'All faults')}, 'End all');
  const none = el('p', {id: 'no-faults', class: 'quiet'}, 'No fault is on.');
  const on = el('div', {id: 'faults-on', class: 'columns', hidden: true},
    form.node,
    el('div', {},
      el('section', {class: 'scroll', 'aria-labelledby': 'active-title'},
        el('div', {class: 'bar'}, el('h3', {id: 'active-title'}, 'On now'), endAll),
        el('table', {},
          el('thead', {}, el('tr', {}, ['Fault', 'Since', 'Ends', 'Effect so far', ''].map(name => el('th', {scope: 'col'}, name || el('span', {class: 'hidden'}, 'Action'))))),
          body),
        none),
      el('section', {class: 'scroll', tabindex: 0, 'aria-label': 'Faults that have ended'},
        el('table', {},
          el('caption', {}, 'Ended'),
          el('thead', {}, el('tr', {}, ['Fault', 'From', 'To', 'Effect'].map(name => el('th', {scope: 'col'}, name)))),
          past))));

  async function end(id, name) {
    setText(result, `Ending ${name}… A process that was killed starts again, which takes a while.`);
    result.className = '';
    const answer = await send('DELETE', 'api/faults' + (id && '/' + encodeURIComponent(id)));
    result.className = answer.ok ? '' : 'problem';
    setText(result, answer.ok ? `${name}: ended.` : `${name}: ${problemText(answer)}`);
  }

  function show() {
    const faults = currentSystem()?.faults;
    if (!faults) {
      return;
    }
    notice.hidden = faults.control !== 'AWAY';
    setText(notice, 'What injects faults does not answer. The faults that it has last named are shown.');
    off.hidden = faults.control !== 'OFF';
    on.hidden = faults.control === 'OFF';
    if (faults.control === 'ON') {
      form.load();
    }
    const now = Date.now();
    none.hidden = faults.active.length > 0;
    endAll.disabled = faults.active.length === 0;
    place(body, faults.active.map(fault => row(fault, now)));
    past.replaceChildren(...faults.ended.map(fault => el('tr', {},
      el('th', {scope: 'row'}, faultName(fault)), el('td', {class: 'number'}, time(fault.sinceMillis)),
      el('td', {class: 'number'}, time(fault.endedMillis)), el('td', {}, effect(fault)))));
  }

  function row(fault, now) {
    const key = fault.id + ' ' + fault.sinceMillis;
    if (!rows.has(key)) {
      rows.set(key, el('tr', {id: 'active-' + fault.id},
        el('th', {scope: 'row'}, el('span', {class: 'chip bad'}, '⚡ on'), ' ' + faultName(fault)),
        el('td', {class: 'number'}, time(fault.sinceMillis)), el('td', {class: 'ends'}), el('td', {class: 'effect'}),
        el('td', {}, el('button', {type: 'button', 'aria-label': 'End ' + faultName(fault), onclick: () => end(fault.id, faultName(fault))}, 'End'))));
    }
    const node = rows.get(key);
    setText(node.querySelector('.ends'), ends(fault, now));
    setText(node.querySelector('.effect'), effect(fault));
    return node;
  }

  const timer = window.setInterval(show, 1000);
  const unsubscribe = subscribe(frame => frame.system && show());
  show();
  return {
    title: 'Faults',
    node: el('article', {'aria-labelledby': 'faults-title'},
      el('h2', {id: 'faults-title'}, 'Faults'), notice, off, chart.node, result, on),
    update: form.update,
    leave: () => {
      window.clearInterval(timer);
      chart.leave();
      unsubscribe();
    },
  };
}

function ends({untilMillis}, now) {
  if (untilMillis === null) {
    return 'when it is ended';
  }
  return untilMillis > now ? `in ${Math.ceil((untilMillis - now) / 1000)} s` : 'is ending';
}

function effect({tookEffect, seen}) {
  return (tookEffect ? '✓ ' : '○ none yet: ') + cut(seen, 120);
}

function faultForm(parameters, result) {
  const kind = el('select', {id: 'fault-kind', onchange: showFields}, Object.entries(GROUPS).map(([of, label]) =>
    el('optgroup', {label}, Object.entries(KINDS).filter(([, each]) => each.of === of).map(([name, each]) => el('option', {value: name}, each.label)))));
  const target = el('select', {id: 'fault-target', required: true, onchange: showPoints});
  const targetLabel = el('span', {}, 'Link');
  const fields = el('div', {id: 'fault-fields', class: 'fields'});
  const points = el('datalist', {id: 'points'});
  const seconds = el('input', {id: 'fault-seconds', type: 'number', min: 1, max: 3600, value: 30});
  const button = el('button', {id: 'inject', class: 'primary'}, 'Inject');
  let known = null;
  let asked = false;

  async function load() {
    if (asked) {
      return;
    }
    asked = true;
    const answer = await get('api/faults');
    if (answer.ok) {
      known = answer.body;
      update(parameters);
    } else {
      asked = false;
    }
  }

  function update(changed) {
    kind.value = KINDS[changed.get('fault')] ? changed.get('fault') : kind.value;
    showFields();
    target.value = [...target.options].some(option => option.value === changed.get('target')) ? changed.get('target') : target.value;
    showPoints();
  }

  function showFields() {
    const {of, fields: wanted, only = () => true} = KINDS[kind.value];
    setText(targetLabel, of === 'link' ? 'Link' : of === 'process' ? 'Process' : 'Service');
    const names = !known ? [] : of === 'link' ? known.links : of === 'process' ? known.processes.filter(only)
      : known.processes.filter(name => SERVICE.test(name));
    target.replaceChildren(...names.map(name => el('option', {value: name}, name)));
    fields.replaceChildren(...wanted.map(field));
    showPoints();
  }

  async function showPoints() {
    if (!KINDS[kind.value].fields.includes(POINT) || !target.value) {
      return;
    }
    const {ok, body} = await get('api/crash-points/' + encodeURIComponent(target.value));
    points.replaceChildren(...(ok ? body.crashPoints : []).map(point => el('option', {value: point})));
  }

  async function submit(event) {
    event.preventDefault();
    const fault = {fault: kind.value, [KINDS[kind.value].of]: target.value};
    fields.querySelectorAll('[name]').forEach(input => {
      if (input.value !== '') {
        fault[input.name] = input.type === 'number' ? Number(input.value) : input.value;
      }
    });
    button.disabled = true;
    result.className = '';
    setText(result, 'Injecting…');
    const answer = await send('POST', 'api/faults' + (seconds.value ? '?seconds=' + encodeURIComponent(seconds.value) : ''), fault);
    button.disabled = false;
    result.className = answer.ok ? '' : 'problem';
    setText(result, answer.ok ? `${kind.value} ${fault[KINDS[kind.value].of]}: injected.` : problemText(answer));
  }

  const node = el('section', {class: 'card', 'aria-labelledby': 'inject-title'},
    el('h3', {id: 'inject-title'}, 'Inject a fault'),
    el('form', {id: 'fault-form', onsubmit: submit},
      el('label', {}, 'Fault', kind),
      el('label', {}, targetLabel, target),
      fields, points,
      el('label', {}, 'Ends after, seconds', seconds),
      el('p', {class: 'quiet'}, 'Without a number it lasts until it is ended here.'),
      button));
  showFields();
  return {node, load, update};
}

function field({name, label, options, list, ...attributes}) {
  const id = 'fault-' + name;
  return el('label', {}, label, options
    ? el('select', {id, name}, options.map(([value, text]) => el('option', {value}, text)))
    : el('input', {id, name, list, autocomplete: 'off', required: name !== 'jitterMillis' && name !== 'lateMillis', ...attributes}));
}
