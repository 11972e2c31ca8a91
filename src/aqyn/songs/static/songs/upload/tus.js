/* The tus protocol 1.0.0, as much of it as a browser needs: begin, how much is there, the next piece, forget. */

/** What the house refused, in its own sentence. `status` is the answer's. */
export class Refused extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/** No answer, or one that only says to come back: the same again may go well. */
export class Lost extends Error {}

const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

async function ask(method, at, headers, body, signal) {
  let answer;
  try {
    answer = await fetch(at, { method, body, signal, redirect: 'manual', headers: { 'Tus-Resumable': '1.0.0', ...headers } });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Lost();
  }
  if (answer.ok) return answer;
  if (answer.type === 'opaqueredirect') throw new Refused(401, '');
  if ([408, 423, 502, 503, 504].includes(answer.status)) throw new Lost();
  const told = answer.headers.get('Content-Type') === 'application/problem+json' ? (await answer.json()).title : '';
  throw new Refused(answer.status, told);
}

/** Begin a file; where its pieces go. `told`: the metadata. */
export async function begin(at, file, told) {
  const pairs = Object.entries({ filename: file.name, ...told }).filter(([, value]) => value);
  const metadata = pairs.map(([name, value]) => `${name} ${base64(value)}`).join(',');
  const answer = await ask('POST', at, { 'Upload-Length': String(file.size), 'Upload-Metadata': metadata });
  return new URL(answer.headers.get('Location')).pathname;
}

/** How many bytes have arrived. */
export async function arrived(at) {
  return Number((await ask('HEAD', at, {})).headers.get('Upload-Offset'));
}

/** Send a piece that begins at `offset`; {offset, recording}. */
export async function send(at, offset, piece, signal) {
  const headers = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) };
  const answer = await ask('PATCH', at, headers, piece, signal);
  return { offset: Number(answer.headers.get('Upload-Offset')), recording: answer.headers.get('Aqyn-Recording') };
}

/** Have the house forget a file; whether it has. */
export async function forget(at) {
  try {
    await ask('DELETE', at, {});
  } catch (error) {
    return error instanceof Refused && [404, 410].includes(error.status);
  }
  return true;
}
