/* <aqyn-hue>: while the slider moves, its preview and the whole page take the hue. Nothing is kept before the form is sent. */
class AqynHue extends HTMLElement {
  connectedCallback() {
    this.slider = this.querySelector('input[type=range]');
    this.slider?.addEventListener('input', () => this.show(this.slider.value));
    if (this.slider) this.show(this.slider.value);
  }

  show(hue) {
    document.documentElement.dataset.hue = hue;
    for (const preview of this.querySelectorAll('[data-hue]')) preview.dataset.hue = hue;
    for (const number of this.querySelectorAll('[data-number]')) number.textContent = hue;
  }
}

customElements.define('aqyn-hue', AqynHue);
