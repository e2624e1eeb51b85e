// Requests to the console. A problem detail is an answer, and not an exception.

export async function get(path) {
  return answer(fetch(path, {headers: {Accept: 'application/json'}}));
}

export async function post(path, key, body) {
  return answer(fetch(path, {
    method: 'POST',
    headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
    body: JSON.stringify(body),
  }));
}

/** A request that is repeated without harm, so it needs no key. */
export async function send(method, path, body) {
  return answer(fetch(path, {
    method,
    headers: {'Content-Type': 'application/json'},
    body: body === undefined ? undefined : JSON.stringify(body),
  }));
}

async function answer(request) {
  try {
    const response = await request;
    const text = await response.text();
    return {ok: response.ok, status: response.status, body: parsed(text)};
  } catch (failure) {
    return {ok: false, status: 0, body: {title: 'The console does not answer', detail: String(failure.message)}};
  }
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {detail: text};
  }
}

/** Another one for each request that is not a repetition. */
export function newKey() {
  return crypto.randomUUID?.() ?? String(Date.now()) + Math.random();
}

/** A problem as a sentence: its title, its detail, and the fields that it names. */
export function problemText({status, body}) {
  const fields = Array.isArray(body.errors)
    ? body.errors.map(error => `${error.field ?? ''} ${error.detail ?? error.message ?? ''}`.trim()) : [];
  return [status === 0 ? null : String(status), body.title, body.detail, ...fields].filter(Boolean).join(' · ');
}

/** Whether a request may have taken effect although it failed, so that it is to be repeated with the same key. */
export function isUncertain({ok, status}) {
  return !ok && (status === 0 || status >= 500 || status === 409);
}
