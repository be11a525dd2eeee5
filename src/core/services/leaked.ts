import { isSensitiveMember } from '../http/sensitive';

/** Beginnings by which vendors mark their credentials, and the shape of a JWT or an authorization header's value. */
const CREDENTIAL =
  /^(?:(?:bearer|basic|token)\s+\S{8,}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}|(?:sk|rk|pk|whsec)_(?:live|test)_\w{8,}|sk-[\w-]{16,}|gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{8,}|SG\.[\w-]{8,}\.[\w-]{8,}|A[KS]IA[0-9A-Z]{16}|AIza[\w-]{20,}|npm_\w{20,}|pat[\w-]{10,}\.\w{20,}|shp(?:at|ss|ca|pa)_\w{16,}|dop_v1_\w{16,}|hf_\w{16,}|lin_api_\w{16,}|PMAK-[\w-]{16,}|-----BEGIN )/i;

/**
 * The keys of a definition under which a credential stands in plain text, as JSON paths: found by the key's name
 * (`token`, `apiKey`, `Authorization`) or by what the value looks like. `plainKeys` are settings of the scheme, whose
 * names do not count. Looks five levels deep and at 500 members, so that it ends on any input.
 */
export function leakedSecrets(definition: object, plainKeys: ReadonlySet<string>): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  let left = 500;
  const visit = (value: object, path: readonly string[]): void => {
    for (const [key, member] of Object.entries(value) as [string, unknown][]) {
      if (left-- <= 0) return;
      const here = [...path, key];
      if (typeof member === 'string') {
        const named = isSensitiveMember(key) && !plainKeys.has(key);
        if (member !== '' && (named || CREDENTIAL.test(member.trim()))) found.push(here);
      } else if (typeof member === 'object' && member !== null && path.length < 5) visit(member, here);
    }
  };
  visit(definition, []);
  return found;
}
