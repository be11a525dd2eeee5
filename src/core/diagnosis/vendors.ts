/*
 * What only a vendor's own documentation tells: the prefixes of its keys. Everything else is read by shape. A new vendor
 * is a line here. Several vendors share `sk-` and `sk_`: such a line names none, so that nobody is told a wrong name.
 */

export interface KeyKind {
  readonly prefix: RegExp;
  /** Absent where several vendors share the prefix. */
  readonly vendor?: string;
  /** What the vendor calls it. */
  readonly kind: string;
  /** Domains of the APIs that take it. */
  readonly hosts: readonly string[];
  /** Where it has to stand, where that is not `Authorization: Bearer`. */
  readonly place?: { readonly header: string; readonly word?: string };
  /** True for keys that are meant for browsers and may do little. */
  readonly publishable?: true;
}

const key = (
  prefix: RegExp,
  vendor: string | undefined,
  kind: string,
  hosts: readonly string[],
  more: Pick<KeyKind, 'place' | 'publishable'> = {},
): KeyKind => ({ prefix, ...(vendor === undefined ? {} : { vendor }), kind, hosts, ...more });

const bare = (header: string): Pick<KeyKind, 'place'> => ({ place: { header } });

/** In the order in which they are tried: the longer prefix first. */
export const KEY_KINDS: readonly KeyKind[] = [
  key(/^github_pat_/, 'GitHub', 'fine-grained personal access token', ['github.com', 'ghe.com']),
  key(/^ghp_/, 'GitHub', 'personal access token', ['github.com', 'ghe.com']),
  key(/^gho_/, 'GitHub', 'OAuth token', ['github.com', 'ghe.com']),
  key(/^ghu_/, 'GitHub', 'user token of an app', ['github.com', 'ghe.com']),
  key(/^ghs_/, 'GitHub', 'installation token of an app', ['github.com', 'ghe.com']),
  key(/^ghr_/, 'GitHub', 'refresh token', ['github.com', 'ghe.com']),
  key(/^gl(?:pat|dt|rt|cbt|ptt|soat)-/, 'GitLab', 'token', ['gitlab.com']),
  key(/^sk-ant-/, 'Anthropic', 'API key', ['anthropic.com'], bare('x-api-key')),
  key(/^sk-or-/, 'OpenRouter', 'API key', ['openrouter.ai']),
  key(/^sk-(?:proj|svcacct|admin)-/, 'OpenAI', 'API key', ['openai.com']),
  key(/^gsk_/, 'Groq', 'API key', ['groq.com']),
  key(/^pplx-/, 'Perplexity', 'API key', ['perplexity.ai']),
  key(/^hf_/, 'Hugging Face', 'token', ['huggingface.co']),
  key(/^r8_/, 'Replicate', 'token', ['replicate.com']),
  key(/^xai-/, 'xAI', 'API key', ['x.ai']),
  key(/^pk_(?:test|live)_/, undefined, 'publishable key', ['stripe.com', 'clerk.com', 'paystack.co'], {
    publishable: true,
  }),
  key(/^[sr]k_(?:test|live)_/, undefined, 'secret key', ['stripe.com', 'clerk.com', 'paystack.co']),
  key(/^whsec_/, undefined, 'webhook signing secret', []),
  key(/^SG\./, 'SendGrid', 'API key', ['sendgrid.com']),
  key(/^xkeysib-/, 'Brevo', 'API key', ['brevo.com'], bare('api-key')),
  key(/^re_[A-Za-z0-9]{8}_/, 'Resend', 'API key', ['resend.com']),
  key(/^xoxb-/, 'Slack', 'bot token', ['slack.com']),
  key(/^xoxp-/, 'Slack', 'user token', ['slack.com']),
  key(/^xapp-/, 'Slack', 'app-level token', ['slack.com']),
  key(/^xox[a-z][.-]/, 'Slack', 'token', ['slack.com']),
  key(/^AIza/, 'Google', 'API key', ['googleapis.com', 'google.com'], bare('x-goog-api-key')),
  key(/^ya29\./, 'Google', 'OAuth access token', ['googleapis.com', 'google.com', 'gstatic.com']),
  key(/^GOCSPX-/, 'Google', 'client secret', []),
  key(/^(?:AKIA|ASIA)[A-Z0-9]{12}/, 'AWS', 'access key ID', ['amazonaws.com']),
  key(/^PMAK-/, 'Postman', 'API key', ['getpostman.com', 'postman.com'], bare('X-Api-Key')),
  key(/^lin_api_/, 'Linear', 'personal API key', ['linear.app'], bare('Authorization')),
  key(/^lin_oauth_/, 'Linear', 'OAuth token', ['linear.app']),
  key(/^(?:ntn_|secret_[A-Za-z0-9]{43}$)/, 'Notion', 'integration token', ['notion.com']),
  key(/^do[opr]_v1_/, 'DigitalOcean', 'token', ['digitalocean.com']),
  key(/^sntry[su]_/, 'Sentry', 'auth token', ['sentry.io']),
  key(/^ATATT3/, 'Atlassian', 'API token', ['atlassian.net', 'atlassian.com', 'bitbucket.org'], {
    place: { header: 'Authorization', word: 'Basic' },
  }),
  key(/^ATTA[0-9a-f]{8}/, 'Trello', 'token', ['trello.com']),
  key(/^pat-(?:na|eu|ap)\d-/, 'HubSpot', 'private app token', ['hubapi.com', 'hubspot.com']),
  key(/^pat[A-Za-z0-9]{14}\./, 'Airtable', 'personal access token', ['airtable.com']),
  key(
    /^shp(?:at|ca|pa|ss)_/,
    'Shopify',
    'access token',
    ['myshopify.com', 'shopify.com'],
    bare('X-Shopify-Access-Token'),
  ),
  key(/^npm_/, 'npm', 'token', ['npmjs.org', 'npmjs.com']),
  key(/^pypi-/, 'PyPI', 'token', ['pypi.org']),
  key(/^fig[dor]_/, 'Figma', 'personal access token', ['figma.com'], bare('X-Figma-Token')),
  key(/^hv[sbr]\./, 'Vault', 'token', [], bare('X-Vault-Token')),
  key(/^dp\.(?:pt|st|ct|sa|scim|audit)\./, 'Doppler', 'token', ['doppler.com']),
  key(/^NRAK-/, 'New Relic', 'user key', ['newrelic.com'], bare('Api-Key')),
  key(/^NRJS-/, 'New Relic', 'browser licence key', ['newrelic.com'], { publishable: true }),
  key(/^gl(?:sa|c)_/, 'Grafana', 'token', ['grafana.net', 'grafana.com']),
  key(/^phc_/, 'PostHog', 'project key', ['posthog.com'], { publishable: true }),
  key(/^phx_/, 'PostHog', 'personal API key', ['posthog.com']),
  key(/^sbp_/, 'Supabase', 'access token', ['supabase.com']),
  key(/^nfp_/, 'Netlify', 'personal access token', ['netlify.com']),
  key(/^rnd_/, 'Render', 'API key', ['render.com']),
  key(/^pul-/, 'Pulumi', 'access token', ['pulumi.com'], { place: { header: 'Authorization', word: 'token' } }),
  key(/^CFPAT-/, 'Contentful', 'management token', ['contentful.com']),
  key(/^dapi[0-9a-f]{32}/, 'Databricks', 'token', ['databricks.com', 'azuredatabricks.net']),
  key(/^tfp_/, 'Typeform', 'token', ['typeform.com']),
  key(/^sl\.[A-Za-z0-9]/, 'Dropbox', 'access token', ['dropboxapi.com', 'dropbox.com']),
  key(/^EAA[A-Za-z0-9]{20}/, undefined, 'access token', ['facebook.com', 'squareup.com']),
  key(/^sk-/, undefined, 'secret key', ['openai.com', 'deepseek.com', 'moonshot.cn', 'stability.ai', 'siliconflow.cn']),
];

/** APIs that answer 404 where they would have to say 401 or 403, so that nobody learns what exists. */
const HIDES_AS_404 = ['api.github.com', 'gitlab.com'];

/** The kind of a key by its prefix, or undefined. */
export function keyKindOf(value: string): KeyKind | undefined {
  return KEY_KINDS.find((kind) => kind.prefix.test(value));
}

/** Whether the host is one of these domains or below one. */
export function isBelow(host: string, domains: readonly string[]): boolean {
  return domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** Whether some vendor of the table answers at this host. */
export function isVendorHost(host: string): boolean {
  return KEY_KINDS.some((kind) => isBelow(host, kind.hosts));
}

export function hidesAs404(host: string): boolean {
  return isBelow(host, HIDES_AS_404);
}
