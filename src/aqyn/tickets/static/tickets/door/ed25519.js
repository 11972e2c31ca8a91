/* Ed25519 (RFC 8032): by the browser where it has it, otherwise here, in whole numbers. Only public things pass through:
 * nothing has to be hidden by taking equally long. */
const P = 2n ** 255n - 19n, L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const ROOT = 19681161376707505956807079304988542015446066515923890162744021073123829784752n;   // of -1
const mod = number => { const rest = number % P; return rest < 0n ? rest + P : rest; };

function power(base, exponent) {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = b * b % P) if (e & 1n) result = result * b % P;
  return result;
}
const fromBytes = bytes => bytes.reduceRight((sum, byte) => sum << 8n | BigInt(byte), 0n);

/* The point [x, y, z, xy] that 32 bytes stand for, or null. */
function point(bytes) {
  const whole = fromBytes(bytes), y = whole & (1n << 255n) - 1n, odd = whole >> 255n;
  if (y >= P) return null;
  const u = mod(y * y - 1n), v = mod(D * y * y + 1n), v3 = mod(v * v * v);
  let x = mod(u * v3 * power(u * v3 * v3 * v, (P - 5n) / 8n));
  const check = mod(v * x * x);
  if (check === mod(-u)) x = mod(x * ROOT);
  else if (check !== u) return null;
  if (x === 0n && odd) return null;
  if ((x & 1n) !== odd) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function add([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2)), b = mod((y1 + x1) * (y2 + x2)), c = mod(2n * t1 * D * t2), d = mod(2n * z1 * z2);
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(number, at) {
  let sum = [0n, 1n, 1n, 0n];
  for (let n = number, q = at; n > 0n; n >>= 1n, q = add(q, q)) if (n & 1n) sum = add(sum, q);
  return sum;
}
const BASE = point(Uint8Array.from({ length: 32 }, (_, k) => k ? 0x66 : 0x58));

/** Whether `signature` (64 bytes) is the one of `message` by the owner of `key` (32 bytes), reckoned here. */
export async function reckoned(key, signature, message) {
  const a = point(key), r = point(signature.subarray(0, 32)), s = fromBytes(signature.subarray(32));
  if (!a || !r || s >= L) return false;
  const hashed = new Uint8Array(64 + message.length);
  hashed.set(signature.subarray(0, 32)); hashed.set(key, 32); hashed.set(message, 64);
  const k = fromBytes(new Uint8Array(await crypto.subtle.digest('SHA-512', hashed))) % L;
  const [x1, y1, z1] = times(s, BASE), [x2, y2, z2] = add(r, times(k, a));
  return mod(x1 * z2) === mod(x2 * z1) && mod(y1 * z2) === mod(y2 * z1);
}

let native = null;   // whether the browser has it: known after the first time
const imported = new Map();

/** The same, by the browser's own where there is one. Without HTTPS there is neither: null. */
export async function signed(key, signature, message) {
  if (!globalThis.crypto?.subtle) return null;
  if (native !== false) {
    try {
      const name = String(key);
      if (!imported.has(name)) imported.set(name, await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']));
      native = true;
      return await crypto.subtle.verify('Ed25519', imported.get(name), signature, message);
    } catch { native ??= false; }
  }
  return reckoned(key, signature, message);
}
