// Shows the page of the URL: #/orders, #/orders?status=PARKED, #/order/{id}?by=lamport, #/operator, #/system, #/coordinator,
// #/recorder?at=2026-11-30T10:00:00Z&speed=2, #/faults?fault=cut, #/side-by-side, #/lessons, #/lessons/{n}, #/audit.

import {setText} from './dom.js';
import {open, skippedEvents, subscribe} from './stream.js';
import {ordersPage} from './orders.js';
import {orderPage} from './order.js';
import {systemPage} from './system.js';
import {faultsPage} from './faults.js';
import {operatorPage} from './operator.js';
import {coordinatorPage} from './coordinator.js';
import {lessonPage, lessonsPage} from './lessons.js';
import {recorderPage} from './recorder.js';
import {sideBySidePage} from './side-by-side.js';
import {auditPage, showLight} from './audit.js';

const main = document.getElementById('main');
const PAGES = ['operator', 'system', 'recorder', 'side-by-side', 'coordinator', 'faults', 'lessons', 'audit'];
let leave = () => {};
let shown = null;

function route() {
  const [path, query = ''] = window.location.hash.replace(/^#/, '').split('?');
  const parameters = new URLSearchParams(query);
  const [, page, id] = path.split('/');
  if (path === shown?.path) {
    shown.update(parameters);
    return;
  }
  leave();
  const view = page === 'system' ? systemPage()
    : page === 'side-by-side' ? sideBySidePage(parameters)
    : page === 'recorder' ? recorderPage(parameters)
    : page === 'operator' ? operatorPage()
    : page === 'coordinator' ? coordinatorPage()
    : page === 'audit' ? auditPage()
    : page === 'faults' ? faultsPage(parameters)
    : page === 'lessons' ? (id ? lessonPage(safeDecode(id)) : lessonsPage())
    : page === 'order' && id ? orderPage(safeDecode(id), parameters)
    : ordersPage(parameters);
  const isFirst = shown === null;
  shown = {path, update: view.update};
  leave = view.leave;
  main.replaceChildren(view.node);
  document.title = view.title + ' · Orderly console';
  for (const link of document.querySelectorAll('nav a')) {
    const current = link.id === 'nav-' + (PAGES.includes(page) ? page : 'orders');
    current ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  }
  if (!isFirst) {
    main.focus({preventScroll: true});
    window.scrollTo(0, 0);
  }
}

function safeDecode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const STATES = {live: '● live', reconnecting: '○ reconnecting…', closed: '○ refused, trying again…'};

function showConnection(state) {
  const connection = document.getElementById('connection');
  connection.dataset.state = state;
  setText(connection, STATES[state]);
}

document.getElementById('skip').addEventListener('click', () => main.focus());
window.addEventListener('hashchange', route);
subscribe(() => {
  const skipped = document.getElementById('skipped');
  skipped.hidden = skippedEvents() === 0;
  if (!skipped.hidden) {
    setText(skipped, `${skippedEvents().toLocaleString()} events were skipped: there were more than a page can show. `
      + 'The orders that are shown are complete.');
  }
});
showLight(document.getElementById('nav-audit'));
route();
open(showConnection);
