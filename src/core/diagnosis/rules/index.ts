import { account } from './account';
import { address } from './address';
import { audience } from './audience';
import { clientCertificate } from './clientCertificate';
import { clock } from './clock';
import { csrf } from './csrf';
import { dpop } from './dpop';
import { edge } from './edge';
import { expired } from './expired';
import { hidden } from './hidden';
import { host } from './host';
import { invalid, refused } from './invalid';
import { kind } from './kind';
import { loginPage } from './loginPage';
import { calledMalformed, malformed } from './malformed';
import { missing } from './missing';
import { notAuthentication } from './notAuthentication';
import { otherKey } from './otherKey';
import { permission } from './permission';
import { plainHttp } from './plainHttp';
import { proxy } from './proxy';
import { rateLimit } from './rateLimit';
import { droppedByRedirect, stoppedRedirect } from './redirect';
import type { Rule } from './rule';
import { schemeByWords, schemeOfChallenge, schemeOfKey, schemeUnseen } from './scheme';
import { scope } from './scope';
import { signature } from './signature';
import { stepUp } from './stepUp';
import { transport } from './transport';

/**
 * All rules, the surest evidence first: who answered at all, what is visible in the request, what the API names outright,
 * and only then what is left. The order decides which cause is told first where several rules speak.
 */
export const RULES: readonly Rule[] = [
  // Did the API answer?
  transport,
  plainHttp,
  proxy,
  droppedByRedirect,
  stoppedRedirect,
  loginPage,
  edge,
  clientCertificate,
  // Would another credential help at all?
  account,
  rateLimit,
  address,
  // What the request itself shows.
  missing,
  malformed,
  otherKey,
  schemeOfKey,
  // What the API names outright.
  dpop,
  csrf,
  stepUp,
  clock,
  expired,
  audience,
  kind,
  scope,
  host,
  schemeByWords,
  signature,
  calledMalformed,
  schemeOfChallenge,
  schemeUnseen,
  invalid,
  hidden,
  permission,
  // What is left.
  refused,
  notAuthentication,
];
