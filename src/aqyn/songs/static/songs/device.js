/* What the device around the page can do: the lock screen's buttons, and a screen that stays awake while it sings. */
const song = document.querySelector('aqyn-song'), player = song?.querySelector('aqyn-player');

if (song?.audio) {
  const { audio } = song;
  let lock = null;

  if ('mediaSession' in navigator) {
    const { title, artist, artwork } = player.dataset, session = navigator.mediaSession;
    audio.addEventListener('play', () => {
      session.metadata = new MediaMetadata({ title, artist, artwork: artwork ? [{ src: artwork, sizes: 'any', type: 'image/svg+xml' }] : [] });
    }, { once: true });
    const deeds = {
      play: () => song.play(),
      pause: () => audio.pause(),
      seekto: ({ seekTime }) => { audio.currentTime = seekTime; },
      seekbackward: ({ seekOffset }) => { audio.currentTime -= seekOffset ?? 5; },
      seekforward: ({ seekOffset }) => { audio.currentTime += seekOffset ?? 5; },
      previoustrack: () => song.tell('step', -1),
      nexttrack: () => song.tell('step', 1),
    };
    for (const name in deeds) try { session.setActionHandler(name, deeds[name]); } catch { /* a deed this browser has no button for */ }
    for (const name of ['loadedmetadata', 'ratechange', 'seeked', 'play']) audio.addEventListener(name, () => {
      if (Number.isFinite(audio.duration)) session.setPositionState?.({ duration: audio.duration, playbackRate: audio.playbackRate, position: Math.min(audio.duration, audio.currentTime) });
    });
  }

  const awake = async () => {
    const wanted = !audio.paused && document.visibilityState === 'visible';
    if (!wanted) { await lock?.release(); lock = null; return; }
    try { lock ??= await navigator.wakeLock.request('screen'); lock.addEventListener('release', () => { lock = null; }, { once: true }); } catch { /* a low battery may refuse; the song plays on */ }
  };
  if ('wakeLock' in navigator) {
    for (const name of ['play', 'pause', 'ended']) audio.addEventListener(name, awake);
    document.addEventListener('visibilitychange', awake);
  } else if (matchMedia('(pointer: coarse)').matches) {
    player.querySelector('.awake').hidden = false;
  }
}
