/* The setlist's editor. */
import './desk.js';
