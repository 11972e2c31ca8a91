/* <aqyn-device>: what the device around the page can do: the lock screen's buttons, and a screen that stays awake while
   it sings. Its own text says, in one sentence, where a browser keeps that from a page without HTTPS. */
import { Awake } from './awake.js';

class AqynDevice extends HTMLElement {
  connectedCallback() {
    this.song = this.closest('aqyn-song');
    this.audio = this.song.audio;
    if ('mediaSession' in navigator) this.#session(navigator.mediaSession);
    const awake = new Awake(() => !this.audio.paused);
    for (const name of ['play', 'pause', 'ended']) this.audio.addEventListener(name, () => awake.check());
    this.hidden = !Awake.withheld;
  }

  #session(session) {
    const { audio, song } = this, { title, artist, artwork } = this.closest('aqyn-player').dataset;
    audio.addEventListener('play', () => {
      session.metadata = new MediaMetadata({ title, artist, artwork: [{ src: artwork, sizes: 'any', type: 'image/svg+xml' }] });
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
    for (const name in deeds) try { session.setActionHandler(name, deeds[name]); } catch { /* this browser has no such button */ }
    for (const name of ['loadedmetadata', 'ratechange', 'seeked', 'play']) audio.addEventListener(name, () => {
      const { duration, playbackRate, currentTime } = audio;
      if (Number.isFinite(duration)) session.setPositionState?.({ duration, playbackRate, position: Math.min(duration, currentTime) });
    });
  }
}
customElements.define('aqyn-device', AqynDevice);
