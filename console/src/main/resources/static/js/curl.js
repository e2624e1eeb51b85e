// The requests of the page as commands of curl, for a POSIX shell.

import {el, setText} from './dom.js';

export function curl(path, key, body) {
  return [`curl -X POST ${quoted(new URL(path, document.baseURI))}`, "-H 'Content-Type: application/json'",
    `-H ${quoted('Idempotency-Key: ' + key)}`, `-d ${quoted(JSON.stringify(body))}`].join(' \\\n  ');
}

function quoted(text) {
  return "'" + String(text).replaceAll("'", "'\\''") + "'";
}

/**
 * A group of commands that is open or closed.
 * @param commands by their names, how to write them now
 */
export function curlDetails(id, commands) {
  const boxes = Object.entries(commands).map(([name, write]) => ({write, ...box(name)}));
  const update = () => boxes.forEach(each => each.show(each.write()));
  const node = el('details', {id, class: 'curl', ontoggle: update}, el('summary', {}, 'With curl'), boxes.map(each => each.node));
  return {node, update: () => node.open && update()};
}

function box(name) {
  const command = el('pre', {tabindex: 0, role: 'group', 'aria-label': `${name} with curl`});
  const result = el('span', {role: 'status'});

  async function copy() {
    try {
      await navigator.clipboard.writeText(command.textContent);
      setText(result, 'Copied.');
    } catch {
      // without a clipboard, as on a page that is neither local nor encrypted
      window.getSelection().selectAllChildren(command);
      setText(result, 'Selected.');
    }
  }

  return {
    node: el('div', {}, el('div', {class: 'bar'}, el('b', {}, name),
      el('button', {type: 'button', 'aria-label': `Copy ${name}`, onclick: copy}, 'Copy'), result), command),
    show: text => {
      if (command.textContent !== text) {
        setText(command, text);
        setText(result, '');
      }
    },
  };
}
