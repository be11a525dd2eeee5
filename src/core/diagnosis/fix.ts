/** What the person can do about a cause, as data: the host turns it into a command, a command line would print it. */
export type Fix =
  | { readonly kind: 'addService'; readonly baseUrl: string }
  | { readonly kind: 'setSecret'; readonly service: string; readonly field: string; readonly replace: boolean }
  | { readonly kind: 'editService'; readonly service: string; readonly at: 'baseUrl' | 'auth' | 'tls' | 'test' }
  | { readonly kind: 'sendWithoutCredentials' }
  | { readonly kind: 'sendAgain' }
  /** Wait until then (milliseconds since the epoch), counted down, then send. */
  | { readonly kind: 'wait'; readonly until: number }
  | { readonly kind: 'openLink'; readonly url: string; readonly what: 'help' | 'sign-in' }
  | { readonly kind: 'openSetting'; readonly key: string }
  /** Put the cursor on the place in the request that has to change. */
  | { readonly kind: 'editRequest'; readonly at: 'authorization' | 'noAuthDirective' | 'url' | 'header' }
  /** Copy a question for the API's owner: what was asked, what came back, the request id; redacted. */
  | { readonly kind: 'copyQuestion' };
