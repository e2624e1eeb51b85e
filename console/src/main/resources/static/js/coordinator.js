// The page #/coordinator: its members, leases, locks and elections, and the settings of the services that are kept in it.

import {cut, el, place, setText, time} from './dom.js';
import {get, problemText, send} from './api.js';
import {currentSystem, subscribe} from './stream.js';
import {remembered, remember} from './note.js';
import {stateWord, table} from './table.js';

const SERVICES = ['order-service', 'inventory-service', 'payment-service', 'shipping-service'];
const REFRESH_MILLIS = 3000;

export function coordinatorPage() {
  const notice = el('p', {id: 'coordinator-notice', class: 'quiet', role: 'status'}, 'Asking the coordinator…');
  const members = el('div', {id: 'coordinator-members'});
  const leases = el('div', {id: 'leases'});
  const queues = el('div', {id: 'queues'});
  const settings = settingsSection();
  let view = null;

  async function load() {
    const answer = await get('api/coordinator');
    view = answer.ok ? answer.body : null;
    const problem = answer.ok ? view.problem : problemText(answer);
    notice.hidden = !problem;
    setText(notice, problem ?? '');
    show();
  }

  function show() {
    const states = currentSystem()?.coordinators ?? [];
    const leader = currentSystem()?.leader;
    members.replaceChildren(...(states.length ? [table('Members', ['Member', 'Role', 'Ballot', 'Committed', 'Behind', 'Watches', ''], states.map(state => {
      const known = view?.members.find(member => member.id === state.member);
      return [state.member === null ? state.url : `${state.member}${known?.name ? ' · ' + known.name : ''}`,
        stateWord(state.ballot ? (state.url === leader ? 'LEADER' : known?.learner ? 'LEARNER' : 'FOLLOWER') : 'AWAY'),
        state.ballot, state.ballot ? String(state.commit) : '', state.ballot ? String(state.lag) : '',
        state.watches === null ? '' : state.watches.toLocaleString(), state.detail];
    }))] : []));
    if (!view || view.problem) {
      return;
    }
    if (view.alarms.length) {
      members.append(el('p', {class: 'problem'}, '⚠ ' + view.alarms.join('; ')));
    }
    const age = Math.floor((Date.now() - view.readMillis) / 1000);
    leases.replaceChildren(table('Leases', ['Lease', 'Remaining', 'Keys that end with it'], view.leases.map(lease =>
      [el('code', {}, lease.lease), remaining(lease, age), el('span', {}, lease.keys.join(', ') || '(none)', lease.moreKeys ? ` and ${lease.moreKeys} more` : '')])),
    view.hasMoreLeases ? el('p', {class: 'quiet'}, 'There are more leases than are shown.') : '');
    queues.replaceChildren(table('Locks and elections', ['Name', 'Held by lease', 'Fencing token', 'Value', 'Waiting'], view.queues.map(queue =>
      [queue.name, queue.lease ? el('code', {}, queue.lease) : 'free', queue.lease ? String(queue.token) : '', queue.value, String(queue.waiting)])));
  }

  const timer = window.setInterval(() => document.hidden || load(), REFRESH_MILLIS);
  const clock = window.setInterval(show, 1000);
  const unsubscribe = subscribe(frame => frame.system && show());
  load();
  show();
  return {
    title: 'Coordinator',
    node: el('article', {'aria-labelledby': 'coordinator-title'},
      el('h2', {id: 'coordinator-title'}, 'Coordinator'), notice, members, leases, queues, settings),
    update: () => {},
    leave: () => {
      window.clearInterval(timer);
      window.clearInterval(clock);
      unsubscribe();
    },
  };
}

/** The console has read the remaining time some seconds ago; a lease that is renewed gets its full time again. */
function remaining({ttlSeconds, remainingSeconds}, age) {
  const left = Math.max(0, remainingSeconds - age);
  return el('span', {class: 'remaining'}, el('meter', {min: 0, max: Math.max(ttlSeconds, 1), value: left, 'aria-label': 'Remaining time'}),
    ` ${left} of ${ttlSeconds} s`);
}

function settingsSection() {
  const lists = el('div', {id: 'settings'});
  const result = el('p', {id: 'setting-result', role: 'status'});
  const rows = new Map();

  async function load(service, body) {
    const answer = await get(`api/services/${service}/settings`);
    const found = answer.ok ? answer.body.settings ?? [] : [];
    place(body, found.length ? found.map(setting => row(service, setting, () => load(service, body)))
      : [el('li', {class: answer.ok ? 'quiet' : 'problem'}, answer.ok ? 'It has no settings.' : problemText(answer))]);
  }

  function row(service, setting, reload) {
    const key = `setting-${service}-${setting.name}`;
    const node = rows.get(key) ?? el('li', {id: key}, el('details', {ontoggle: event => event.target.open && showHistory(event.target)},
      el('summary', {}), el('div', {class: 'content'})));
    rows.set(key, node);
    const [summary, content] = node.firstChild.children;
    summary.replaceChildren(el('b', {}, setting.name), ' ', el('code', {}, setting.value), ' ',
      el('span', {class: setting.source === 'STORED' ? 'chip again' : 'chip why'}, setting.source === 'STORED' ? `stored, revision ${setting.revision}` : 'as configured'),
      setting.invalid ? el('span', {class: 'chip bad'}, '⚠ the stored value is not valid and is ignored') : '');
    // a form that is being filled in stays
    if (!content.childElementCount) {
      content.append(editor(service, setting.name, reload));
    }
    content.dataset.revision = String(setting.invalid?.revision ?? setting.revision);
    content.querySelector('.about').replaceChildren(el('p', {}, setting.description ?? ''),
      el('p', {class: 'quiet'}, `Allowed: ${setting.range}. Configured: ${setting.configured}.`));
    return node;

    async function showHistory() {
      const answer = await get(`api/services/${service}/settings/${setting.name}`);
      const history = answer.ok ? answer.body.history ?? [] : [];
      content.querySelector('.history').replaceChildren(...(!answer.ok ? [el('li', {class: 'problem'}, problemText(answer))]
        : history.length ? history.map(change => el('li', {}, `${time(Date.parse(change.at))} · ${cut(change.by, 100)}: ${cut(change.from || '(configured)', 100)} → ${cut(change.to || '(configured)', 100)}`))
        : [el('li', {class: 'quiet'}, 'It was never changed.')]));
    }
  }

  function editor(service, name, reload) {
    const value = el('input', {required: true, maxlength: 200, autocomplete: 'off', class: 'setting-value'});
    const by = el('input', {required: true, maxlength: 200, autocomplete: 'off', class: 'setting-by', value: remembered()});

    async function change(event, changed) {
      event.preventDefault();
      if (!by.reportValidity()) {
        return;
      }
      remember(by.value);
      const content = event.target.closest('.content');
      const answer = await send('POST', `api/services/${service}/settings/${name}`, {...changed, by: by.value, revision: content.dataset.revision});
      result.className = answer.ok ? '' : 'problem';
      setText(result, answer.ok ? `${name} of the ${service}: changed.` : `${name}: ${answer.body.refused ?? ''} ${problemText(answer)}`);
      if (answer.ok) {
        value.value = '';
      }
      await reload();
      content.closest('details').dispatchEvent(new Event('toggle'));
    }

    return el('div', {},
      el('div', {class: 'about'}),
      el('form', {class: 'note', onsubmit: event => change(event, {value: value.value})},
        el('label', {}, 'New value', value), el('label', {}, 'Who changes it', by),
        el('button', {class: 'primary'}, 'Store'),
        el('button', {type: 'button', class: 'reset', onclick: event => change(event, {})}, 'As configured')),
      el('h4', {}, 'Changes'), el('ol', {class: 'plain history'}));
  }

  SERVICES.forEach(service => {
    const body = el('ul', {class: 'plain settings'}, el('li', {class: 'quiet'}, 'Asking…'));
    lists.append(el('section', {'aria-label': 'Settings of the ' + service}, el('h4', {}, service), body));
    load(service, body);
  });
  return el('section', {'aria-labelledby': 'settings-title'}, el('h3', {id: 'settings-title'}, 'Settings'), result, lists);
}
