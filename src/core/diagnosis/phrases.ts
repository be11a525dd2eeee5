/*
 * The words in which APIs refuse, by what they mean. Texts are compared as plain words: small letters, `_`, `-`, `/` and
 * the humps of camelCase as spaces, addresses left out. A pattern names a meaning, never one vendor's sentence.
 *
 * `sure` patterns name the credential, the caller or the refusal themselves, so they count whatever the status is.
 * `loose` patterns count only where the status is already a refusal (401, 403, 407): in a 400 or a 200 they are ordinary words.
 * Every gap is bounded, so that a hostile text costs linear time.
 */

export type Topic =
  | 'missing'
  | 'invalid'
  | 'expired'
  | 'clock'
  | 'malformed'
  | 'scheme'
  | 'kind'
  | 'audience'
  | 'scope'
  | 'permission'
  | 'stepUp'
  | 'address'
  | 'account'
  | 'rate'
  | 'csrf'
  | 'signature'
  | 'host'
  | 'clientCertificate'
  | 'dpop'
  | 'hidden'
  | 'validation';

export interface Phrases {
  readonly sure: readonly RegExp[];
  readonly loose: readonly RegExp[];
}

/** What can only be the caller's credential, in whatever answer it is named. */
const STRONG =
  '(?:(?:x )?api ?keys?|(?:access|security|subscription|auth|authentication|oauth2?|oauth 2|oauth 2 access|personal access|bearer|jwt|web|licen[sc]e) (?:keys?|tokens?)|access key ids?|credentials?|jwt|bearer|authori[sz]ation(?: (?:headers?|fields?|grant|token|code))?|authentication(?: (?:headers?|credentials?|information|info|data))?|client secrets?(?: keys?)?)';
/** What it is called besides, once the status has said that the caller is meant. A 400 uses these words of its own content. */
const CRED = `(?:${STRONG}|auth|(?:secret|user|app|account|id|session|refresh|client) (?:keys?|tokens?|ids?)|tokens?|application id|session|signature|assertion|passwords?|usernames?(?: (?:or|and) passwords?)?|login)`;
/** A key that is called only that. */
const KEY = `(?:${CRED}|keys?)`;
/** The same for answers of any status: such a word counts where it is the whole of what is said, as codes are. */
const WHOLE = '(?:(?:api )?(?:keys?|tokens?)|auth|session)';

const re = (source: string): RegExp => new RegExp(source);

export const PHRASES: Readonly<Record<Topic, Phrases>> = {
  missing: {
    sure: [
      re(
        `\\b(?:no|missing|without|absent|empty|lacks?)\\b(?: (?:a|an|the|any|valid|your|required|proper|request|http|client))* (?:${STRONG}|(?:client|auth) tokens?)\\b(?! (?:name|value|format|field is|parameter|id))`,
      ),
      re(
        `\\b${STRONG}(?: (?:headers?|fields?|value|parameter|info|in the request))?(?: (?:is|are|was|were|has|have|been|be|must|not))* (?:missing|required|absent|not (?:provided|present|supplied|specified|included|found|set|sent))\\b`,
      ),
      re(
        `\\b(?:didn t|did not|not|must|please|need to|have to) (?:provide|include|supply|send|pass|specify|set)(?: \\S+){0,3}? ${STRONG}\\b(?! (?:name|value|format))`,
      ),
      /\bnot (?:authenticated|authed|logged in|signed in)\b|\bunauthenticated\b|\bunregistered callers\b|\bnot authed\b/,
      /\b(?:must be|need to be|needs to be|requires?|required to be) (?:authenticated|logged in|signed in)\b/,
      /\brequires? authentication\b|\bauthentication (?:is )?(?:needed|required)\b|\bneed to authenticate\b/,
      /\b(?:you must|you need to) (?:log|sign) ?in\b|\blog ?in required\b/,
      /\bsystem anonymous\b|\buser anonymous\b|\banonymous (?:access|users?|callers?|requests?)\b/,
    ],
    loose: [
      re(`\\b(?:no|missing|without|absent|empty|lacks?)\\b(?: \\S+){0,3}? ${CRED}\\b`),
      re(
        `\\b${CRED}(?: (?:headers?|fields?))?(?: (?:is|are|was|were|has|have|been|be|must|not))* (?:missing|required|absent|not (?:provided|present|supplied|specified|included|found|set|sent))\\b`,
      ),
      /\bauthori[sz]ation required\b|\bplease (?:log|sign) ?in\b/,
      re(`\\b(?:requires?|expected)(?: (?:a|an|the|valid))* ${CRED}\\b`),
    ],
  },
  invalid: {
    sure: [
      re(
        `\\b(?:invalid|incorrect|bad|wrong|unknown|unrecogni[sz]ed|revoked|illegal|inactive|non existent)(?: \\S+){0,2}? (?:${STRONG})\\b(?! (?:name|value|format|field|parameter|type|header type))`,
      ),
      re(
        `\\b${STRONG}(?: (?!name|value|format|field|header|for|error)\\S+){0,4}?(?: (?:is|are|was|were|has|have|been|be))* (?:invalid|incorrect|not valid|revoked|not recogni[sz]ed|unrecogni[sz]ed|deactivated|rejected)\\b`,
      ),
      re(
        `\\b${STRONG}(?: \\S+){0,4}? (?:does not|doesn t|do not|could not be|cannot be|can t be) (?:exist|match|recogni[sz]ed|verified|validated)\\b`,
      ),
      re(
        `^(?:\\S+ )?(?:invalid|bad|wrong|incorrect|unknown|revoked) ${WHOLE}$|^(?:the )?${WHOLE}(?: provided)? (?:is )?(?:invalid|not valid|revoked|incorrect|not recogni[sz]ed)$`,
      ),
      /\bauthenticat\w* (?:was |has )?(?:failed|failure|unsuccessful)\b|\b(?:could not|couldn t|unable to|failed to|cannot) (?:be )?authenticated?\b/,
      /\binvalid (?:client|grant)\b(?! (?:name|type))|\bunauthori[sz]ed client\b|\blog ?in failed\b|\bnot a valid (?:api )?(?:key|credential)\b/,
    ],
    loose: [
      re(
        `\\b(?:invalid|incorrect|bad|wrong|unknown|unrecogni[sz]ed|revoked|illegal|inactive)(?: \\S+){0,2}? ${KEY}\\b`,
      ),
      re(
        `\\b${KEY}(?: \\S+){0,4}? (?:(?:is|are|was|were|has|have|been|be) ){0,3}(?:invalid|not valid|incorrect|not recogni[sz]ed|unrecogni[sz]ed|unknown|revoked|deleted|deactivated|rejected|mismatch|disallowed|not found)\\b`,
      ),
      re(
        `\\b${KEY}(?: \\S+){0,4}? (?:does not|doesn t|do not|could not be|cannot be|can t be) (?:exist|match|recogni[sz]ed|verified|validated|found)\\b`,
      ),
      /\bauthentication error\b|\bauth(?:entication)? failed\b|\binvalid (?:auth|login)\b/,
      /\bno (?:user|account|api key|key|application|client) (?:was )?found (?:for|with|matching)\b/,
    ],
  },
  expired: {
    sure: [
      re(`\\b${STRONG}(?: (?!name|value|field)\\S+){0,8}? expired?\\b`),
      re(`\\bexpired(?: \\S+){0,2}? (?:${STRONG}|${WHOLE}$)`),
      re(`^(?:the )?(?:provided |refresh |incoming )?${WHOLE}(?: (?:is|has|been|already))* expired\\b`),
      /\brequest (?:has )?expired\b|\b(?:session|login) (?:has )?(?:timed out|expired|ended)\b|\bsession (?:is )?no longer valid\b/,
      /\b(?:token|session|credential)s?(?: \S+){0,3}? no longer (?:valid|active)\b/,
    ],
    loose: [
      /\bexpired\b/,
      /\blifetime\b(?: \S+){0,3}? (?:exceeded|passed|over)/,
      /\bsession (?:is )?(?:invalid|not found)\b/,
    ],
  },
  clock: {
    sure: [
      /\b(?:clock|time) ?skew\w*\b|\btoo skewed\b|\bnot yet (?:valid|current|active)\b|\bsignature (?:not yet|expired)\b/,
      /\btime ?stamp\b(?: \S+){0,8}? (?:out of|invalid|expired|too|old|future|refused|used|outside|within|bounds|window|drift)/,
      /\b(?:invalid|expired|bad|old|stale|refused) time ?stamp\b/,
      /\bissued (?:at )?in the future\b|\bissued at\b(?: \S+){0,12}? claim|\bcheck your (?:system )?(?:iat|clock|time)\b|\breasonable time ?frame\b/,
      /\b(?:token|jwt) (?:is )?(?:used )?(?:not valid before|before its time|not valid until|used too early|used before)\b|\bimmature signature\b/,
      /\bdifference between the request time\b|\brequest time too\b|\brecv ?window\b|\bclock(?: \S+){0,6}? (?:sync|wrong|differ|ahead|behind)/,
    ],
    loose: [/\bnot before\b|\bnbf\b|\biat\b|\bin the future\b|\bnot valid before\b/],
  },
  malformed: {
    sure: [
      re(`\\b(?:malformed|badly formatted|badly formed|unparsable|unparseable)(?: \\S+){0,3}? ${STRONG}\\b`),
      re(
        `\\b${STRONG}(?: \\S+){0,5}? (?:malformed|badly formatted|not well formed|ill formed|could not be (?:parsed|decoded|read)|format invalid)\\b`,
      ),
      re(`\\binvalid(?: \\S+){0,2}? format(?: \\S+){0,2}? (?:for|of|in) (?:the )?(?:${STRONG}|x auth \\w+)`),
      re(
        `\\b(?:could not|couldn t|unable to|failed to|cannot|error) (?:be )?(?:parse|decode|read|decoding|parsing)(?: \\S+){0,3}? ${STRONG}\\b`,
      ),
      re(`\\binvalid ${STRONG} (?:format|header)\\b|\\binvalid token header\\b`),
      /\b(?:wrong number of|not enough|invalid number of) segments\b|\bmore than one method\b|\bshould not contain spaces\b/,
    ],
    loose: [
      re(
        `\\b${CRED}(?: \\S+){0,5}? (?:malformed|badly formatted|not well formed|could not be (?:parsed|decoded|read))\\b`,
      ),
      /\bmalformed\b|\binvalid (?:header )?format\b/,
    ],
  },
  scheme: {
    sure: [
      /\b(?:unsupported|invalid|unknown|wrong|incorrect|unexpected) auth\w* (?:scheme|method|header type|type|mechanism)\b/,
      /\bunsupported auth\w*\b|\binvalid (?:auth )?header type\b|\binvalid auth header\b|\bas a bearer token\b|\bbearer prefix\b/,
      /\bauthenticating with\b(?: \S+){0,8}? (?:is )?(?:forbidden|not (?:allowed|supported))\b|\bsupported authentication (?:types|methods|schemes)\b/,
      /\b(?:must|should|has to) (?:use|start with|begin with|be prefixed with|be of the form)(?: \S+){0,2}? (?:bearer|basic|token|digest)\b/,
      /\bkey ?= ?value pair\b|\bbasic auth\w* (?:is |has been )?(?:not|no longer|disabled|deprecated|removed)\b/,
      /\b(?:bearer|basic)(?: \S+){0,4}? not (?:supported|allowed|accepted)\b|\bexpected (?:a )?(?:bearer|basic|digest)\b/,
    ],
    loose: [/\bfailed to parse\b(?: \S+){0,6}? token\b/, /\bauth\w* (?:scheme|type|method)\b/],
  },
  kind: {
    sure: [
      /\bpublishable\b|\bsecret key required\b|\bnot allowed token type\b|\b(?:wrong|invalid|incorrect|unsupported) (?:token|key|credential) type\b/,
      /\bapi keys? (?:is|are) not (?:supported|allowed|accepted)\b|\b(?:test|sandbox|live) mode\b(?: \S+){0,20}? (?:key|mode|token)\b/,
      /\b(?:test|live|sandbox|production) (?:api )?(?:key|token)s?\b(?: \S+){0,8}? (?:live|test|production|sandbox|mode|environment)\b/,
      /\b(?:requires?|expected|need|must (?:use|be)|use) (?:a |an |the )?(?:\S+ ){0,2}?(?:user|bot|app|admin|secret|private|server|personal|service account|organi[sz]ation) (?:access )?(?:token|key)\b/,
      /\b(?:user|bot|app|installation|guest|personal|client) (?:access )?tokens? (?:is |are )?(?:not|cannot|can t|required)\b/,
      /\bby integration\b|\bapplication only\b(?: \S+){0,4}? forbidden|\buser context\b(?: \S+){0,4}? required/,
    ],
    loose: [/\btoken type\b|\bclient ?side\b(?: \S+){0,3}? key/],
  },
  audience: {
    sure: [
      /\b(?:invalid|wrong|incorrect|unexpected|bad|mismatched|unknown|unsupported) (?:audience|issuer|aud|iss)\b|\b(?:audience|issuer)\b(?: \S+){0,4}? (?:invalid|mismatch|validation|not (?:valid|allowed|trusted|match\w*)|incorrect|does not|did not)/,
      /\btoken (?:was |is )?(?:not )?(?:issued|intended|meant) for\b|\bwrong (?:tenant|realm)\b|\bdifferent (?:tenant|audience|issuer)\b/,
    ],
    loose: [/\baudience\b|\bissuer\b|\baud claim\b|\biss claim\b|\btenant\b(?: \S+){0,4}? (?:not|invalid|mismatch)/],
  },
  scope: {
    sure: [
      /\b(?:insufficient|missing|required|requires|additional|necessary|without the|lacks?|not (?:been )?granted|does not (?:contain|have|include))(?: \S+){0,4}? scopes?\b(?! param)|^invalid scopes?$/,
      /\bscopes? (?:\S+ ){0,4}?(?:required|missing|insufficient|not (?:granted|match|allowed|sufficient)|does not match|are needed|is needed)\b/,
      /\binsufficient scopes?\b|\bmissing scope\b|\bno scopes?\b|\baccess token scope insufficient\b|\binsufficient (?:authentication|client|oauth) scopes?\b/,
    ],
    loose: [
      /(?<!cluster )(?<!namespace )\bscopes?\b/,
      /\bpermissions? on this (?:key|token)\b|\b(?:key|token)\b(?: \S+){0,6}? (?:does not have|lacks|without)(?: \S+){0,4}? permissions?\b/,
      /\b(?:app|oauth\d?|client app|application)\b(?: \S+){0,6}? permissions?\b|\bnot accessible by (?:\S+ ){0,2}access token\b/,
    ],
  },
  permission: {
    sure: [
      /\b(?:not authori[sz]ed|not permitted|not allowed|not entitled|unauthori[sz]ed) to (?:access|see|view|perform|do|use|read|write|create|delete|update|execute|call|invoke)\b/,
      /\b(?:do|does) not have (?:the )?(?:\S+ ){0,3}?(?:permissions?|access|rights|privileges?)\b|\bdon t have (?:\S+ ){0,2}?(?:permission|access)\b/,
      /\b(?:permission|access)s? (?:was |is |has been )?denied\b|\bno permission\b|\bmissing permissions?\b|\binsufficient (?:permissions?|privileges?|access|rights)\b|\bauthori[sz]ation error\b/,
    ],
    loose: [
      /\bforbidden\b|\bpermissions?\b|\bprivileges?\b|\broles?\b|\bpolicy\b|\bdenied\b|\bcannot\b|\bdisallowed\b|\bnot authori[sz]ed\b|\bunauthori[sz]ed\b|\bnot allowed\b|\brbac\b|\brights\b/,
    ],
  },
  stepUp: {
    sure: [
      /\bmfa\b|\bmulti ?factor\b|\b(?:two|2) ?factor\b|\b2fa\b|\bone time (?:password|code|passcode)\b|\botp\b|\bstep ?up\b|\bre ?auth(?:entication|enticate)?\b|\binvalid rapt\b/,
      /\binsufficient user authentication\b|\binteraction required\b|\bsaml enforcement\b|\bsso (?:is )?(?:required|enforce\w*|authori[sz]\w*)\b|\bauthori[sz]e(?: \S+){0,4}? (?:for|with) sso\b/,
      /\bmore recent auth\w*|\bauthentication level\b|\bstrong(?:er)? (?:customer )?auth\w*|\b(?:verify|confirm) your (?:identity|email|password)\b|\badditional verification\b/,
    ],
    loose: [/\bsaml\b|\bsso\b|\bsingle sign on\b/],
  },
  address: {
    sure: [
      /\bip (?:address )?(?:is |was )?(?:not|allow|restrict|block|white|deny|denied|access|filter|ban)\w*|\bip address\b(?: \S+){0,8}? (?:not|restriction|blocked|denied|permitted|allowed|violates)\b|\bip\b(?: \S+){0,4}? (?:allow ?list|white ?list|restriction)/,
      /\bfrom (?:this |your )?(?:location|ip|network|country|region)\b|\bfrom (?:this|your) (?:address|host)\b|\b(?:country|region|territory)\b(?: \S+){0,6}? not (?:supported|available|allowed)\b/,
      /\bunsupported country\b|\bnot (?:available|supported|allowed) in your (?:country|region|location)\b|\bgeo ?(?:block|restrict|fenc)\w*|\breferr?er\b(?: \S+){0,6}? (?:not|blocked|restriction|denied)/,
      /\brequests? from (?:this )?(?:referr?er|origin|ip|client application)\b/,
    ],
    loose: [/\bwhite ?list\w*\b|\ballow ?list\w*\b/],
  },
  account: {
    sure: [
      /\b(?:account|user|organi[sz]ation|workspace|team|tenant|project|subscription|app|application|customer|billing|site|company)\b(?: \S+){0,6}? (?:suspended|disabled|inactive|deactivated|locked|closed|terminated|blocked|banned|on hold|unpaid|past due|overdue|not active|not activated|frozen|problem)\b/,
      /\b(?:suspended|disabled|inactive|deactivated|locked|closed|banned|frozen) (?:\S+ ){0,2}?(?:account|user|organi[sz]ation|workspace|team|project|subscription)\b/,
      /\b(?:insufficient|exceeded your current|maximum|out of|no more|not enough|remaining|low) (?:quota|credits?|balance|funds)\b|\bcredits? (?:exceeded|exhausted|depleted)\b|\bbalance (?:is )?(?:too low|insufficient|exhausted)\b/,
      /\bbilling\b|\bpayment (?:is )?required\b|\bunpaid\b|\b(?:upgrade|premium|paid|higher|enterprise|pro|business) (?:plan|account|subscription|tier|required)\b|\b(?:your|current|free|this) (?:plan|tier|trial|subscription)\b|\b(?:trial|subscription|plan) (?:has |is )?(?:expired|ended|inactive|over|required)\b|\bupgrade (?:your|to)\b/,
      /\bproblem with your (?:\S+ )?account\b|\baccount (?:problem|inactive|suspended|disabled|deactivated)\b|\bnot (?:been )?(?:enabled|activated|used) (?:for|in|on) (?:this |your |the )?(?:\S+ )?(?:project|organi[sz]ation|account|org|plan|workspace)\b|\bapi (?:is )?(?:disabled|not enabled|not activated)\b|\bservice disabled\b/,
      /\battached to a project\b|\bnot enrolled\b|\bcaptcha challenge\b|\baccept (?:\S+ ){0,3}?terms\b|\bdisabled for (?:this |your )?(?:org|account|project)\w*\b/,
    ],
    loose: [/\bsuspended\b|\bdeactivated\b|\bdisabled\b|\bpremium\b|\bcaptcha\b|\blocked\b/],
  },
  rate: {
    sure: [
      /\brate ?limit\w*\b|\btoo many (?:\S+ )?(?:requests|calls|attempts)\b|\bthrottl\w+\b|\bquota (?:\S+ )?(?:exceeded|violation|exhausted|reached)\b|\bratelimited\b/,
      /\b(?:request|requests|call|daily|hourly|usage|api|concurren\w+) limit (?:exceeded|reached)\b|\brate exceeded\b|\bslow ?down\b|\blimit exceeded\b|\bover (?:query )?(?:quota|limit)\b|\bexceeded (?:\S+ ){0,3}?(?:rate|limit)\b/,
    ],
    loose: [/\btry again (?:in|after|later)\b|\bquota\b/],
  },
  csrf: {
    sure: [
      /\b[cx]srf\b|\banti ?forgery\b|\bauthenticity token\b|\bcross site request\b|\brequest verification token\b/,
    ],
    loose: [/\binvalid nonce\b|\bcookie (?:check|nonce)\b|\bnonce\b/],
  },
  signature: {
    sure: [
      /\bsignature\b(?: \S+){0,8}? (?:mismatch|not match|doesn t match|invalid|incorrect|wrong|not verified|verification|failed|not found)\b|\b(?:invalid|bad|wrong|incorrect|mismatched) (?:request )?(?:signature|hmac)\b|\bsignature (?:does ?not ?match|mismatch|invalid)\b/,
      /\bstring to sign\b|\bsignature key\b|\bhmac\b(?: \S+){0,4}? (?:mismatch|invalid|not match)|\bunable to verify (?:the )?(?:first )?signature\b/,
    ],
    loose: [/\bsignature\b/],
  },
  host: {
    sure: [
      /\bregion\b(?: \S+){0,6}? (?:is )?wrong\b|\bwrong (?:region|endpoint|host|data ?cent\w+|cluster|environment)\b|\bspecified endpoint\b|\bpermanent redirect\b|\bmust be addressed\b|\bexpecting [a-z]{2} [a-z]+ \d\b/,
      /\bdifferent (?:region|data ?cent\w+|endpoint)\b|\bnot (?:found|available|hosted) in this (?:region|data ?cent\w+)\b|\buse (?:the )?(?:\S+ ){0,4}?(?:endpoint|data ?cent\w+|region) (?:instead|for)\b|\bsandbox\b(?: \S+){0,6}? (?:endpoint|url|host)\b/,
    ],
    loose: [],
  },
  clientCertificate: {
    sure: [
      /\b(?:client|ssl|tls) certificate\b(?: \S+){0,6}? (?:required|needed|missing|sent|error|invalid|not|failed|verif\w+|expired|revoked)\b|\bno required ssl certificate\b|\bcertificate (?:is )?required\b|\bmutual tls\b|\bmtls\b|\bclient cert(?:ificate)?\b/,
    ],
    loose: [],
  },
  dpop: { sure: [/\bdpop\b/], loose: [] },
  hidden: {
    sure: [
      /\b(?:not found|not exist|no such \w+|may not exist|doesn t exist)\b(?: \S+){0,3}? or (?:\S+ ){0,4}?(?:permission|access|authori[sz]ed|see|view|allowed)\b/,
      /\b(?:no|not have|don t have|without) (?:\S+ ){0,2}?(?:permission|access)\b(?: \S+){0,6}? or (?:\S+ ){0,4}?(?:not exist|exist|not found)\b/,
    ],
    loose: [],
  },
  validation: {
    sure: [
      /\bvalidation (?:failed|error)s?\b|\bfield (?:is )?required\b|\b(?:missing|invalid) (?:required )?(?:param\w*|fields?|argument|input|query|body|json|property|value)\b|\brequired (?:param\w*|field|property)\b|\bparameters? (?:to your request )?(?:was|were|is|are) (?:invalid|missing|required)\b|\binvalid request$|\bbad request$|\bcontext length\b|\bunsupported grant type\b|\bparameter missing\b|\bmalformed query\b/,
    ],
    loose: [],
  },
};

/** Longer texts are cut before they are compared (characters). */
const LONGEST = 6000;

/** A text as plain words, for the patterns. */
export function plainWords(text: string): string {
  return text
    .slice(0, LONGEST)
    .replace(/https?:\/\/\S+/gi, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]{2,})([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^a-z0-9=.,;:!?]+/g, ' ')
    .replace(/[.,;:!?]+(?=\s|$)|[.,;:!?]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** The words that match, for the record; undefined where none do. */
export function findPhrase(words: string, topic: Topic, strength: 'sure' | 'any'): string | undefined {
  const { sure, loose } = PHRASES[topic];
  for (const pattern of strength === 'sure' ? sure : [...sure, ...loose]) {
    const match = pattern.exec(words);
    if (match) return match[0];
  }
  return undefined;
}
