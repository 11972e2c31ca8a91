/* <aqyn-hue>: a slider that colours its preview, and the whole page with it, while it is moved. */
class Hue extends HTMLElement {
  connectedCallback() {
    const slider = this.querySelector('input[type="range"]');
    const show = () => {
      this.querySelector('[data-preview]').dataset.hue = slider.value;
      const said = this.querySelector('output');
      if (said) said.value = slider.value;
    };
    slider.addEventListener('input', show);
    show();
  }
}

customElements.define('aqyn-hue', Hue);
