/* <aqyn-screen-layers>: in what the words stand here, as the screen's address says; and the screen that never sleeps. */
import { Awake } from '../../songs/awake.js';

class AqynScreenLayers extends HTMLElement {
  connectedCallback() {
    const live = this.closest('aqyn-live'), { main, under } = this.dataset;
    new Awake(() => true).check();
    live.hear('layers', layers => {
      const known = tag => layers.some(layer => layer.tag === tag), first = known(main) ? main : layers[0]?.tag;
      live.choose({ main: first, under: known(under) && under !== first ? under : 'none' });
    });
  }
}
customElements.define('aqyn-screen-layers', AqynScreenLayers);
