// The pages #/lessons and #/lessons/{n}: guided lessons. The console runs a lesson; the page shows where it is.

import {el, place, setText} from './dom.js';
import {get, problemText, send} from './api.js';
import {table} from './table.js';

const STATES = {NEW: '○ not run yet', RUNNING: '◌ running', HELD: '✓ it was so', FAILED: '✗ it was not so', STOPPED: '⊘ stopped'};
const STEPS = {TO_COME: '○', NOW: '◌', DONE: '✓', FAILED: '✗'};
const WORDS = {TO_COME: 'to come', NOW: 'now', DONE: 'done', FAILED: 'failed'};
const INTERVAL = 700;

export function lessonsPage() {
  const notice = el('p', {id: 'lessons-notice', class: 'quiet', role: 'status'}, 'Asking for the lessons…');
  const list = el('div', {id: 'lessons'});

  async function load() {
    const answer = await get('api/lessons');
    notice.hidden = answer.ok;
    if (answer.ok) {
      list.replaceChildren(table('Lessons', ['Lesson', 'Last run'], answer.body.map(lesson => [
        el('a', {href: `#/lessons/${lesson.number}`}, `${lesson.number}. ${lesson.title}`),
        el('span', {class: 'lesson-state', 'data-state': lesson.state}, STATES[lesson.state])])));
    } else {
      setText(notice, problemText(answer));
    }
  }

  load();
  return {
    title: 'Lessons',
    node: el('article', {'aria-labelledby': 'lessons-title'},
      el('h2', {id: 'lessons-title'}, 'Lessons'),
      el('p', {}, 'Each lesson breaks something in the running system for a while, and asks you first what will happen. ',
        'It needs a system that was started with ', el('code', {}, './run --faults'), '. The same lessons run in a terminal with ', el('code', {}, './run lesson'), '.'),
      notice, list),
    update: () => {},
    leave: () => {},
  };
}

export function lessonPage(number) {
  const path = 'api/lessons/' + encodeURIComponent(number);
  const title = el('h2', {id: 'lesson-title'}, 'Lesson ' + number);
  const state = el('span', {id: 'lesson-state', class: 'lesson-state', role: 'status'});
  const story = el('p', {id: 'story'});
  const form = el('form', {id: 'prediction', onsubmit: start});
  const result = el('p', {id: 'lesson-result', role: 'status'});
  const steps = el('ol', {id: 'lesson-steps', class: 'plain'});
  const outcome = el('section', {id: 'outcome', class: 'card', 'aria-live': 'polite', hidden: true});
  const stop = el('button', {id: 'stop-lesson', type: 'button', hidden: true, onclick: end}, 'Stop the lesson');
  const rows = [];
  let timer = null;
  let shown = null;
  let left = false;

  async function load() {
    const answer = await get(path);
    if (left) {
      return;
    }
    if (answer.ok) {
      show(answer.body);
    } else {
      problem(answer);
    }
    // while the console does not answer, it is asked again
    if (answer.ok ? answer.body.state === 'RUNNING' : answer.status === 0) {
      timer = window.setTimeout(load, INTERVAL);
    }
  }

  async function start(event) {
    event.preventDefault();
    const chosen = form.querySelector('input:checked');
    const answer = await send('POST', path, {prediction: chosen ? Number(chosen.value) : null});
    if (answer.ok) {
      setText(result, '');
      load();
    } else {
      problem(answer);
    }
  }

  async function end() {
    const answer = await send('DELETE', path);
    result.className = answer.ok ? '' : 'problem';
    setText(result, answer.ok ? 'The lesson ends its faults and puts its settings back.' : problemText(answer));
  }

  function problem(answer) {
    result.className = 'problem';
    setText(result, problemText(answer));
  }

  function show(lesson) {
    const running = lesson.state === 'RUNNING';
    setText(title, `${lesson.number}. ${lesson.title}`);
    setText(story, lesson.story);
    state.dataset.state = lesson.state;
    setText(state, STATES[lesson.state]);
    if (!form.firstChild) {
      form.append(
        el('fieldset', {}, el('legend', {}, lesson.question), lesson.choices.map((choice, i) =>
          el('label', {class: 'choice'}, el('input', {type: 'radio', name: 'choice', value: i + 1, required: true, checked: lesson.prediction === i + 1}), choice))),
        el('button', {id: 'start-lesson', class: 'primary'}, 'Run the lesson'));
    }
    form.querySelectorAll('input, button').forEach(control => {
      control.disabled = running;
    });
    stop.hidden = !running;
    lesson.steps.forEach((step, i) => {
      rows[i] ??= el('li', {}, el('span', {'aria-hidden': 'true'}), el('span', {class: 'hidden'}), el('span', {}));
      rows[i].dataset.state = step.state;
      rows[i].className = step.looks ? 'looks' : 'acts';
      setText(rows[i].children[0], STEPS[step.state]);
      setText(rows[i].children[1], WORDS[step.state] + ': ');
      setText(rows[i].children[2], step.say);
    });
    place(steps, rows);
    showOutcome(lesson);
  }

  function showOutcome(lesson) {
    const now = JSON.stringify([lesson.problem, lesson.explanation, lesson.orders]);
    if (now === shown) {
      return; // so that it is announced once
    }
    shown = now;
    const right = lesson.prediction === lesson.answer;
    outcome.hidden = !lesson.explanation && !lesson.problem && !lesson.orders.length;
    outcome.replaceChildren(...[
      lesson.problem ? el('p', {class: 'problem'}, '✗ ' + lesson.problem) : null,
      lesson.explanation && lesson.prediction !== null
        ? el('p', {id: 'verdict', 'data-state': right ? 'HELD' : 'FAILED'}, right ? '✓ You were right.' : `○ It was: ${lesson.choices[lesson.answer - 1]}`) : null,
      lesson.explanation ? el('p', {id: 'explanation'}, lesson.explanation) : null,
      lesson.orders.length ? el('p', {}, 'In detail: ', lesson.orders.map(({name, id}, i) =>
        [i ? ', ' : '', el('a', {href: `#/order/${encodeURIComponent(id)}`}, `order ${name}`)]).flat()) : null,
      lesson.explanation ? el('p', {class: 'quiet'}, 'In the repository: ', lesson.patterns.map((page, i) => [i ? ', ' : '', el('code', {}, page)]).flat()) : null,
    ].filter(Boolean));
  }

  load();
  return {
    title: 'Lesson ' + number,
    node: el('article', {'aria-labelledby': 'lesson-title'},
      el('p', {}, el('a', {href: '#/lessons'}, '← all lessons')),
      el('div', {class: 'bar'}, title, state), story, form, stop, result,
      el('h3', {}, 'What happens'), steps, outcome),
    update: () => {},
    leave: () => {
      left = true;
      window.clearTimeout(timer);
    },
  };
}
