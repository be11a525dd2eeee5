/*
 * Everything that asks the person something about a service. One lazily loaded part: a window in which requests are only
 * read never loads it.
 */
export { addService } from './commands/addService';
export { confirmOrigin, confirmTest, confirmUnverifiedTls } from './commands/confirm';
export {
  copyBaseUrl,
  editServiceCommand,
  forgetSecret,
  removeService,
  serviceActions,
  setSecretCommand,
} from './commands/services';
export { showHistory } from './commands/history';
export { pickService } from './commands/pickService';
export { setSecret } from './commands/setSecret';
