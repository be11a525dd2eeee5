/** What stands in documentation where the credential goes, and what programs print where there is none. */
const WORDS: ReadonlySet<string> = new Set([
  'undefined',
  'null',
  'nil',
  'none',
  'nan',
  'true',
  'false',
  '[object object]',
  '[object promise]',
  'bearer',
  'basic',
  'changeme',
  'change-me',
  'change_me',
  'todo',
  'tbd',
  'redacted',
  '[redacted]',
]);

/** Words of which a placeholder is made; as a password some of them are in real use. */
const EXAMPLES: ReadonlySet<string> = new Set([
  'token',
  'apikey',
  'key',
  'secret',
  'password',
  'credential',
  'credentials',
  'accesstoken',
  'authtoken',
  'bearertoken',
  'jwt',
  'jwttoken',
  'example',
  'test',
  'sample',
  'dummy',
  'placeholder',
  'string',
]);

const SHAPES: readonly RegExp[] = [
  /^<.*>$/s,
  /^\{.*\}$/s,
  /^\$\{.*\}$/s,
  /^\[.*\]$/s,
  /^\$\(?[A-Za-z_][A-Za-z0-9_.]*\)?$/,
  /^%[A-Za-z_][A-Za-z0-9_]*%$/,
  /^process\.env\./,
  /^(?:xx+x|\*+|•+|\.+|…+|-+|_+|#+|0+|1234567890?|abc(?:123|def)?)$/i,
  // In the middle of one: a shortened or masked copy, `sk_test_…`, `ghp_****abcd`, `xxxx-xxxx`.
  /…|\.{3}|\*{3}|••|[xX]{6}|X{4}/,
  /^(?:your|my|the|an?|some|insert|enter|paste|put|add|replace|use)[-_ ].*(?:token|key|secret|password|jwt|credential|here)/i,
  /^(?:your|my)[-_ ]?(?:api|access|auth|bearer|secret|personal|app)?[-_ ]?(?:token|key|secret|password|pat|jwt)/i,
  /^your[-_ ]/i,
  /[-_ ](?:goes[-_ ])?here[>}\]]*$/i,
  /^(?:replace|change|fill)[-_ ]?(?:me|this|in)\b/i,
];

/** Whether a text is most likely a stand-in for a credential and none itself. A `password` is judged more gently. */
export function isPlaceholder(text: string, field: string): boolean {
  const lower = text.trim().toLowerCase();
  if (WORDS.has(lower) || SHAPES.some((shape) => shape.test(lower === text ? lower : text.trim()))) return true;
  return field !== 'password' && EXAMPLES.has(lower.replace(/[-_ ]/g, ''));
}
