/* Sets the remembered theme before the first paint, so that nothing flashes. A classic script on purpose. */
try {
  const theme = localStorage.getItem('aqyn-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch { /* storage is closed to us: the device's own theme stands */ }
