/* <aqyn-hue>: a slider that colours its preview while it is moved; itself, where it holds none. */
class Hue extends HTMLElement {
  connectedCallback() {
    const slider = this.querySelector('input[type="range"]');
    const preview = this.querySelector('[data-preview]') ?? this;
    const show = () => {
      preview.dataset.hue = slider.value;
      const said = this.querySelector('output');
      if (said) said.value = slider.value;
    };
    slider.addEventListener('input', show);
    show();
  }
}

customElements.define('aqyn-hue', Hue);
