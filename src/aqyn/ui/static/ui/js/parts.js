/* The elements that any page may hold. Each is a module of its own; this one only brings them in. */
import './theme-switch.js';
import './copy.js';
import './progress.js';
