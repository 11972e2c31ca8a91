/* Sales at the door: asked of the house while there is a network, and of what was taken along when there is none. */
import { money, say } from './texts.js';

const PATIENCE = 6_000;

/** Sell these ([[type, count], …]); the verdict says what came of it. Whoever bought is in. */
export async function sellAt(door, counts, way) {
  const { roll } = door, online = door.online, all = counts.reduce((sum, [, count]) => sum + count, 0);
  const types = new Map(roll.types.map(type => [type.id, type]));
  const total = counts.reduce((sum, [id, count]) => sum + count * (online ? types.get(id).price : types.get(id).at), 0);
  const sold = why => door.verdict.show({ verdict: 'sold', why: why ?? say('sold', { n: all, amount: money(total, roll.currency) }) });
  const sale = door.record('sales', { counts, way, stock: false });
  if (online) {
    door.verdict.show({ verdict: 'asking', why: say('asking') });
    // Written down before it is asked: a device that dies now asks again with the same key.
    await door.store.keep(sale);
    try {
      const answer = await (await door.sync.ask('scans', { sent: door.clock.now(), scans: [], takings: [], sales: [sale] }, PATIENCE)).json();
      const why = answer.refused?.[sale.key], done = { ...sale, heard: door.clock.now(), refused: why, numbers: answer.sold?.[sale.key] };
      if (!why && !done.numbers) throw new Error(answer.why);
      await door.keep(done);
      door.sync.soon(true);
      if (why) door.verdict.show({ verdict: 'failed', why }); else sold();
      return;
    } catch { /* no network after all, or no answer in time: it may have been sold, or not */ }
  }
  if (counts.every(([id, count]) => (types.get(id)?.stock ?? 0) >= count)) {
    await door.keep({ ...sale, stock: true });
    sold(online ? say('sold', { n: all, amount: money(counts.reduce((sum, [id, count]) => sum + count * types.get(id).at, 0), roll.currency) }) : undefined);
  } else if (online) {
    door.verdict.show({ verdict: 'asking', why: say('unknown_sale') });
    door.sync.soon();
  } else {
    door.verdict.show({ verdict: 'failed', why: say('nothing_along') });
  }
}

/** Make what the device has with it just this; what came of it, in one sentence. */
export async function takeAlong(door, counts) {
  await door.sync.now();
  const waiting = (await door.store.told()).some(one => one.kind === 'sales' && !one.heard);
  if (!door.online || waiting) return say('along_alone');
  try {
    const answer = await door.sync.ask('stock', { counts }, PATIENCE);
    if (!answer.ok) return (await answer.json()).why;
    await door.sync.now(true);
    return say('along_done');
  } catch {
    return say('along_alone');
  }
}
