export { openPlainFile, readErrorText, readPlainFile } from './plain-file.node.js';
