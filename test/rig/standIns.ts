// Plain JavaScript in place of two native modules of VS Code's server that are not built here.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes log files and the text of output channels. Without it VS Code runs, but keeps no logs and shows empty output
 * channels, and then nobody could look into them for what does not belong there.
 */
const spdlog = `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
class Logger {
  constructor(type, name, file) {
    this.file = file;
    this.level = 2;
    this.raw = false;
  }
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    try {
      fs.appendFileSync(this.file, this.raw ? message : time + ' [' + names[level] + '] ' + message + '\\n');
    } catch {}
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.raw = true; }
  flush() {}
  drop() {}
}
async function create(name, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.appendFileSync(file, '');
  return new Logger('', name, file);
}
exports.version = 0;
exports.setLevel = function () {};
exports.setFlushOn = function () {};
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
`;

/** The extension host looks after its parent process by other means as well. */
const watchdog = `'use strict';
exports.start = function () {};
`;

/** Puts the stand-ins where the native modules would be. Takes the folder of VS Code's server. */
export function addStandIns(vscode: string): void {
  for (const [name, code] of Object.entries({ spdlog, 'native-watchdog': watchdog })) {
    const folder = join(vscode, 'node_modules', '@vscode', name);
    if (existsSync(folder)) writeFileSync(join(folder, 'index.js'), code);
  }
}
