import { after, before } from 'mocha';
import { startDemo, type Demo, type DemoOptions } from '../../../src/demo/server';

/** What a test looks at in an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A demo for the suite it is called in. `call` sends a request with fetch and follows no redirect. */
export function serving(options: DemoOptions = {}) {
  let demo: Demo;
  before(async () => {
    demo = await startDemo(options);
  });
  after(() => demo.dispose());
  return {
    demo: () => demo,
    async call(path: string, init: RequestInit = {}): Promise<Answer> {
      const response = await fetch(demo.url + path, { redirect: 'manual', ...init });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
  };
}
