/* <aqyn-tools>: what helps to learn a song: speed without change of pitch, line by line, again and again. */
class AqynTools extends HTMLElement {
  #loop = false;

  connectedCallback() {
    const song = this.song = this.closest('aqyn-song');
    this.range = this.querySelector('[data-act=speed]');
    this.range.value = Math.round(song.audio.playbackRate * 100);
    this.range.addEventListener('input', () => this.#speed(Number(this.range.value)));
    this.addEventListener('click', event => this.#act(event.target.closest('button')?.dataset.act));
    song.hear('ask', ask => this.#act(ask));
    this.#speed(Number(this.range.value));
  }

  #act(act) {
    if (act === 'previous') this.song.tell('step', -1);
    if (act === 'next') this.song.tell('step', 1);
    if (act === 'loop') this.#repeat(!this.#loop);
    if (act === 'hall') this.song.tell('ask-hall');
    if (act === 'print') print();
    if (act === 'slower') this.#speed(Number(this.range.value) - 5);
    if (act === 'faster') this.#speed(Number(this.range.value) + 5);
    if (act === 'keys') this.#help();
  }

  #speed(percent) {
    this.range.value = percent;                       // the range keeps it between its ends
    const text = `${this.range.value}\u00a0%`;
    this.range.setAttribute('aria-valuetext', text);
    this.song.audio.defaultPlaybackRate = this.song.audio.playbackRate = this.range.value / 100;
    this.range.style.setProperty('--at', `${(this.range.value - 50) * 2}%`);
    for (const output of [this.querySelector('output'), this.song.querySelector('.speed-now')]) output.textContent = text;
  }

  #repeat(on) {
    const button = this.querySelector('[data-act=loop]');
    if (!button) return;
    this.#loop = on;
    button.setAttribute('aria-pressed', on);
    this.song.tell('loop', on);
  }

  #help() {
    const help = this.querySelector('.help');
    help.open = !help.open;
    if (help.open) this.closest('.player').classList.add('open');
    help.querySelector('summary').focus();
  }
}
customElements.define('aqyn-tools', AqynTools);
