import { isDynamic } from './dynamic';

/** What stands between `{{` and `}}`. */
export type Expression =
  /** `host`; with `percent` (`%host`) the value is percent-encoded. */
  | { readonly kind: 'name'; readonly name: string; readonly percent: boolean }
  /** `$timestamp 1 d`: a system variable with its arguments. */
  | { readonly kind: 'dynamic'; readonly name: string; readonly arguments: string }
  /** `$auth.token("demo")`, `$secret demo token`. */
  | { readonly kind: 'credential'; readonly service: string; readonly field?: string }
  /** A system variable this version does not have, but another tool does. */
  | { readonly kind: 'not-yet'; readonly name: string }
  /** A credential reference that names no service; `usage` is its syntax. */
  | { readonly kind: 'malformed'; readonly usage: string }
  /** `$something` nobody knows. */
  | { readonly kind: 'unknown'; readonly name: string };

export const credentialUsages = ['$auth.token("SERVICE")', '$secret SERVICE FIELD'] as const;

/** System variables of the other tools that need what is not here yet: files, the process, a person, a sign-in. */
const notYet = new Set(
  (
    '$dotenv $processEnv $env $shared $localDatetime $prompt $input $input-askonce $password $password-askonce $pick ' +
    '$pick-askonce $aadToken $aadV2Token $oidcAccessToken $auth.idToken $projectRoot $historyFolder $index'
  ).split(' '),
);

const tokenCall = /^\$auth\.token\(\s*(?:"([^"]*)"|'([^']*)')\s*\)$/;
const secretWords = /^\$secret\s+(\S+)\s+(\S+)$/;

/** Reads an expression, trimmed as in `ReferenceNode.expression`. Never throws: what cannot be read is a kind of its own. */
export function readExpression(text: string): Expression {
  if (!text.startsWith('$')) {
    const percent = text.startsWith('%');
    return { kind: 'name', name: percent ? text.slice(1).trimStart() : text, percent };
  }
  // A name ends at a blank or a parenthesis: `$randomInt 1 5`, `$random.integer(1, 5)`.
  const nameEnd = text.search(/[\s(]/);
  const name = nameEnd < 0 ? text : text.slice(0, nameEnd);
  if (name === '$auth.token') {
    const match = tokenCall.exec(text);
    const service = match?.[1] ?? match?.[2] ?? '';
    return service === '' ? { kind: 'malformed', usage: credentialUsages[0] } : { kind: 'credential', service };
  }
  if (name === '$secret') {
    const match = secretWords.exec(text);
    if (match?.[1] === undefined || match[2] === undefined) return { kind: 'malformed', usage: credentialUsages[1] };
    return { kind: 'credential', service: match[1], field: match[2] };
  }
  if (isDynamic(name)) return { kind: 'dynamic', name, arguments: text.slice(name.length).trim() };
  if (notYet.has(name) || name.startsWith('$env.') || name.startsWith('$random.')) return { kind: 'not-yet', name };
  return { kind: 'unknown', name };
}
