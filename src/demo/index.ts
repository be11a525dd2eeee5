export { startDemo, demoPort } from './server';
export { sample } from './sample';
