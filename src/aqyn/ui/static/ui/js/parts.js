/* The elements that any page may hold. Each is a module of its own; this one only brings them in. */
import './menu.js';
import './theme-switch.js';
import './copy.js';
import './hue.js';
import './progress.js';
