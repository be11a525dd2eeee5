import { apiKey } from './apiKey';
import { basic } from './basic';
import { bearer } from './bearer';
import { none } from './none';
import type { AuthScheme, Field, SchemeSettings } from './scheme';

/** Every way to authenticate, in the order in which people see them. */
export const schemes: readonly AuthScheme[] = [bearer, basic, apiKey, none];

/** The scheme with this id, as it stands in the setting under `auth.scheme`. */
export function schemeById(id: string): AuthScheme | undefined {
  return schemes.find((scheme) => scheme.id === id);
}

/** An entry of the drop-down: a scheme with the settings that this choice fixes; `code` is unique over all schemes. */
export interface SchemeChoice {
  readonly code: string;
  readonly scheme: AuthScheme;
  readonly settings: SchemeSettings;
}

/** The entries of the drop-down of schemes, in order. */
export function schemeChoices(): readonly SchemeChoice[] {
  return schemes.flatMap((scheme) => scheme.choices.map(({ code, settings }) => ({ code, scheme, settings })));
}

/** What a form offers first for a field, given the settings already chosen. */
export function suggestionFor(field: Field, settings: SchemeSettings): string | undefined {
  return field.suggest?.(settings) ?? field.suggestion;
}
