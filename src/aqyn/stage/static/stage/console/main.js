/* The console of the hall. */
import './console.js';
