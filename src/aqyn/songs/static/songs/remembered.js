/* Tells the first paint whether other words than the server's will be shown: they stay unseen for the blink until
   they are there, so that nothing flashes. Classic and blocking on purpose; what it reads never leaves the browser. */
try {
  const kept = JSON.parse(localStorage.getItem('aqyn-words') || 'null');
  const named = /\/(songs|heard)\/[^/]+\/[^/]+\/?$/.test(location.pathname) || location.search.includes('under=');
  if (kept && !named) document.documentElement.dataset.remembered = '';
} catch { /* storage is closed to us: the server's choice stands */ }
