/* <aqyn-player>: play and pause, the times, and one sentence where the sound cannot be had. */
class AqynPlayer extends HTMLElement {
  connectedCallback() {
    const song = this.song = this.closest('aqyn-song'), audio = this.audio = song.audio;
    audio.controls = false;
    audio.preservesPitch = audio.webkitPreservesPitch = audio.mozPreservesPitch = true;
    for (const name of ['play', 'pause', 'ended']) audio.addEventListener(name, () => this.#state());
    audio.addEventListener('timeupdate', () => this.#time());
    audio.addEventListener('seeking', () => this.#time());
    audio.addEventListener('playing', () => this.#fault(false));
    audio.addEventListener('waiting', () => this.classList.add('waiting'));
    for (const name of ['playing', 'pause', 'canplay']) audio.addEventListener(name, () => this.classList.remove('waiting'));
    // Which of several sources failed is told on the source; only the last one means that there is no sound.
    for (const source of [audio, [...audio.querySelectorAll('source')].at(-1)]) source?.addEventListener('error', () => this.#fault(true));
    song.hear('fault', () => this.#fault(true));
    if (audio.networkState === HTMLMediaElement.NETWORK_NO_SOURCE || audio.error) this.#fault(true);
    this.addEventListener('click', event => this.#act(event.target.closest('[data-act]')?.dataset.act));
    this.#dock();
    this.#state();
  }

  #act(act) {
    if (act === 'play') this.song.toggle();
    if (act === 'retry') { this.#fault(false); this.audio.load(); this.song.play(); }
    if (act === 'tools') {
      const open = this.classList.toggle('open');
      this.querySelector('[data-act=tools]').setAttribute('aria-expanded', open);
    }
  }

  #state() {
    const playing = !this.audio.paused && !this.audio.ended;
    this.classList.toggle('playing', playing);
    this.querySelector('.play').setAttribute('aria-label', playing ? this.dataset.pause : this.dataset.play);
  }

  #time() {
    const now = clockface(this.audio.currentTime), at = this.querySelector('.at');
    if (at.textContent !== now) at.textContent = now;
  }

  #fault(failed) {
    const fault = this.querySelector('.fault');
    if (fault.hidden === failed) fault.hidden = !failed;
  }

  /* On a narrow page the player goes along at the foot once its own place has been scrolled past. */
  #dock() {
    new IntersectionObserver(([place]) => {
      this.classList.toggle('docked', !place.isIntersecting && place.boundingClientRect.top < 0);
    }).observe(this.parentElement);
  }
}

/** Seconds as 1:47. */
export function clockface(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
customElements.define('aqyn-player', AqynPlayer);
