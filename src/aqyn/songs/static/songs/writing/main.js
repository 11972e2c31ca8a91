/* The writing desk: the text, and its readings side by side. */
import './writing.js';
import './readings.js';
