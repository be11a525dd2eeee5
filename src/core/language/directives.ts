import { closest } from '../util/closest';

/** What a directive's argument is. */
export type DirectiveArgument = 'none' | 'name' | 'service' | 'duration' | 'any';

export interface DirectiveRule {
  /** Kebab case, lower case. */
  readonly name: string;
  readonly argument: DirectiveArgument;
  /**
   * `works`: it does what it says. `note`: it says something to people or to another tool and changes nothing that is sent.
   * `not-yet`: to ignore it would send something other than what was written.
   */
  readonly support: 'works' | 'note' | 'not-yet';
  /** Its syntax, shown with a problem and by completion. */
  readonly usage: string;
}

const works = (name: string, argument: DirectiveArgument, usage: string): DirectiveRule => ({
  name,
  argument,
  support: 'works',
  usage,
});
const note = (name: string): DirectiveRule => ({ name, argument: 'any', support: 'note', usage: `# @${name}` });
const notYet = (name: string): DirectiveRule => ({ name, argument: 'any', support: 'not-yet', usage: `# @${name}` });

/** Every directive of REST Client, httpYac and the JetBrains client, and our own. A new one is a line here. */
export const directiveRules: readonly DirectiveRule[] = [
  works('service', 'service', '# @service ID'),
  works('no-auth', 'none', '# @no-auth'),
  works('name', 'name', '# @name NAME'),
  works('timeout', 'duration', '# @timeout 30 s'),
  works('no-redirect', 'none', '# @no-redirect'),
  // There is no cookie jar and no log of requests, so to ask for none changes nothing.
  note('no-cookie-jar'),
  note('no-log'),
  note('title'),
  note('description'),
  note('tag'),
  note('debug'),
  note('verbose'),
  note('jwt'),
  note('save'),
  note('open-with'),
  note('extension'),
  note('language'),
  note('no-response-view'),
  note('no-streaming-log'),
  note('response-ref'),
  notYet('note'), // asks before sending: to send without asking would take a guard away
  notYet('prompt'),
  notYet('ref'),
  notYet('force-ref'),
  notYet('import'),
  notYet('disabled'),
  notYet('loop'),
  notYet('sleep'),
  notYet('ratelimit'),
  notYet('inject-variables'),
  notYet('connection-timeout'),
  notYet('no-auto-encoding'),
  notYet('use-os-credentials'),
  notYet('no-client-cert'),
  notYet('no-proxy'),
  notYet('proxy'),
  notYet('no-reject-unauthorized'),
  notYet('post-redirect-get'),
  notYet('keep-streaming'),
  notYet('grpc-reflection'),
  notYet('dialect'),
];

const byName = new Map(directiveRules.map((rule) => [rule.name, rule]));
const byPlainName = new Map(directiveRules.map((rule) => [rule.name.replaceAll('-', ''), rule]));

/** The rule a name means: case and hyphens do not count, so `noAuth` is `no-auth`. */
export function directiveRule(name: string): DirectiveRule | undefined {
  return byName.get(name) ?? byPlainName.get(name.toLowerCase().replaceAll('-', ''));
}

/** The directive somebody most likely meant who wrote this name, or undefined where none is near. */
export function suggestedDirective(name: string): string | undefined {
  // Distance 1 for a short word, 2 for a long one: `@note` is not taken for `@name`, nor `@todo` for anything.
  const limit = name.length >= 6 ? 2 : 1;
  const candidates = suggestible.filter((candidate) => Math.abs(candidate.length - name.length) <= limit);
  const nearest = candidates.length === 0 ? undefined : closest(name, candidates)[0];
  return nearest !== undefined && nearest.distance <= limit ? nearest.name : undefined;
}

const suggestible = directiveRules.filter((rule) => rule.support !== 'note').map((rule) => rule.name);

/** Reads `30`, `30 s`, `500 ms` or `2 m`; a number alone is seconds. Gives milliseconds, or undefined. */
export function readDuration(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)[ \t]*(ms|s|m)?$/.exec(text);
  if (match === null) return undefined;
  const unit = match[2] === 'ms' ? 1 : match[2] === 'm' ? 60_000 : 1000;
  const milliseconds = Math.round(Number(match[1]) * unit);
  // Longer than a timer can wait (2^31 − 1 ms, 24 days) is no limit anybody means.
  return milliseconds <= 2_147_483_647 ? milliseconds : undefined;
}
