/* Asking the lane for places until there is an answer. The key makes it one wish however often it is sent. */

const WAIT_MS = 1000;
const LONGEST_WAIT_MS = 8000;

/** {status, told} of the answer that stays. `told(word)`: "wait" while many press, "lost" without a network. */
export async function ask(path, wish, key, word) {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: JSON.stringify(wish),
      });
      if (answer.status < 500) return { status: answer.status, told: await answer.json() };
      word('wait');
      await rest(attempt, Number(answer.headers.get('Retry-After')) * 1000);
    } catch {
      word('lost');
      await rest(attempt, 0);
    }
  }
}

/** The key of this wish: the same until the wish is another one, also after the page was loaded again. */
export function keyOf(show, wish) {
  const said = JSON.stringify(wish);
  const name = `wish ${show}`;
  const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null');
  if (kept?.said === said) return kept.key;
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  sessionStorage.setItem(name, JSON.stringify({ said, key }));
  return key;
}

export function forget(show) {
  sessionStorage.removeItem(`wish ${show}`);
}

function rest(attempt, asked) {
  const most = Math.min(LONGEST_WAIT_MS, WAIT_MS * 1.6 ** attempt);
  // Not all at the same moment again.
  return new Promise((done) => setTimeout(done, Math.max(asked, most) * (0.7 + Math.random() * 0.6)));
}
