/* The door: everything put together. */
import '../qr/reader.js';
import './verdict.js';
import './find.js';
import './sell.js';
import './door.js';
