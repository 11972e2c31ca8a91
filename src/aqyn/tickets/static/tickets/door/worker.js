/* The door's service worker: the page and all it needs, kept by build, so that a reload asks for no network.
 *
 * `self.kept` ({build, files}) is set by the script that brings this one in. What is fresh (list, scans) is never kept
 * here: it lies in the page's own database.
 */
const CACHE = `aqyn-door-${self.registration.scope}-${self.kept.build}`;

self.addEventListener('install', event => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll([...self.kept.files, '/favicon.svg'].map(file => new Request(file, { cache: 'no-cache' })));
    const page = await fetch('./', { cache: 'no-store' });
    if (!page.ok) throw new Error(`the page answered ${page.status}`);
    await cache.put('./', page);
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', event => {
  event.waitUntil((async () => {
    const mine = `aqyn-door-${self.registration.scope}-`;
    const old = (await caches.keys()).filter(name => name.startsWith(mine) && name !== CACHE);
    await Promise.all(old.map(name => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET') return;
  // First what is kept: a door never waits for the network. A new build comes as a new worker.
  if (request.mode === 'navigate') event.respondWith(fromHere('./', request));
  else if (self.kept.files.includes(new URL(request.url).pathname)) event.respondWith(fromHere(request.url, request));
});

async function fromHere(name, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(name, { ignoreVary: true })) ?? fetch(request);
}
