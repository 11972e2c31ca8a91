/* What the device keeps: everything it is to tell, and the last list. A scan is on the disk before the screen says yes. */
const NAME = `aqyn-door ${location.pathname}`;

const asked = request => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

export class Store {
  #base;

  static async open() {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('told', { keyPath: 'key' });
      request.result.createObjectStore('facts');
    };
    const store = new Store();
    store.#base = await asked(request);
    // Asked for, not needed: without it a full disk may one day take the door's data.
    navigator.storage?.persist?.().catch(() => {});
    return store;
  }

  /** Everything this device has told or is to tell, by time. */
  async told() {
    const all = await asked(this.#base.transaction('told').objectStore('told').getAll());
    return all.sort((one, other) => one.at - other.at);
  }

  /** Keep these; resolves once they are on the disk. */
  keep(...records) {
    return this.#write('told', table => records.forEach(record => table.put(record)));
  }

  /** Keep what the house said of these, save where `stock` has changed since: that is yet to be told. Those kept. */
  async heard(records) {
    const kept = [];
    await this.#write('told', table => records.forEach(record => {
      table.get(record.key).onsuccess = ({ target: { result: now } }) => {
        if (now?.stock !== record.stock) return;
        table.put(record);
        kept.push(record);
      };
    }));
    return kept;
  }

  fact(name) { return asked(this.#base.transaction('facts').objectStore('facts').get(name)); }

  keepFact(name, value) { return this.#write('facts', table => table.put(value, name)); }

  #write(name, deed) {
    return new Promise((done, failed) => {
      const change = this.#base.transaction(name, 'readwrite', { durability: 'strict' });
      change.oncomplete = () => done();
      change.onerror = change.onabort = () => failed(change.error);
      deed(change.objectStore(name));
    });
  }
}
