import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { diagnose } from '../../../src/core/diagnosis/diagnose';
import { containsForm, secretForms } from '../../../src/core/http/secretForms';
import { newSecret } from '../../rig/secrets';
import { evidence, jwt, token } from './evidence';

describe('diagnose, whatever comes', () => {
  const anything = fc.record({
    status: fc.constantFrom(
      200,
      204,
      301,
      302,
      304,
      400,
      401,
      402,
      403,
      404,
      407,
      409,
      419,
      422,
      429,
      500,
      503,
      511,
      999,
    ),
    headers: fc.dictionary(
      fc.constantFrom(
        'WWW-Authenticate',
        'Location',
        'Date',
        'Retry-After',
        'X-RateLimit-Reset',
        'Link',
        'Content-Type',
        'X-Error',
        'X-OAuth-Scopes',
      ),
      fc.string({ unit: 'binary', maxLength: 60 }),
    ),
    body: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    sent: fc.dictionary(
      fc.constantFrom('Authorization', 'X-Api-Key', 'Cookie'),
      fc.string({ unit: 'binary', maxLength: 40 }),
    ),
    url: fc.oneof(fc.constantFrom('', 'x', 'https://api.example.com/?key=1', 'http://[::1]:8080/'), fc.webUrl()),
  });

  it('never throws, and every cause has a way out or says that there is nothing to do', () => {
    fc.assert(
      fc.property(anything, (given) => {
        for (const cause of diagnose(evidence(given)).causes) {
          assert.ok(cause.action, cause.code);
          assert.ok(cause.fixes.length > 0 || cause.action === 'none', cause.code);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes megabytes of anything', () => {
    for (const piece of ['invalid token ', 'a', 'no the ', '<p>x</p>', '{"message":"no token"},', 'scope: [', 'A_b']) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const given = {
        status: 403,
        body: text,
        headers: { 'WWW-Authenticate': text, 'X-Error': text },
        sent: { Authorization: `Bearer ${token()}` },
      };
      assert.ok(diagnose(evidence(given)).causes.length > 0, piece);
    }
  }).timeout(20_000);

  it('has no credential in its result where the API does not repeat it', () => {
    const secret = token();
    const signed = jwt({ exp: 1, aud: 'https://other.example.net', scope: 'a:b' });
    const pair = `dev:${secret}`;
    const sent: readonly Readonly<Record<string, string>>[] = [
      { Authorization: `Bearer ${secret}` },
      { Authorization: `Bearer "${secret}"` },
      { Authorization: `Bearer Bearer ${secret}\n` },
      { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      { Authorization: `Basic ${Buffer.from(secret).toString('base64')}` },
      { Authorization: `Digest username="a", response="${secret}"` },
      { 'X-Api-Key': secret },
      { 'X-Api-Key': `{{${secret}}}` },
      { Cookie: `session=${secret}` },
      { Authorization: `Bearer ${signed}` },
    ];
    for (const headers of sent) {
      for (const status of [200, 301, 400, 401, 403, 404, 407, 429, 500]) {
        const result = JSON.stringify(
          diagnose(
            evidence({ status, sent: headers, url: `https://api.example.com/?q=${status}`, body: { message: 'no' } }),
          ),
        );
        assert.ok(!containsForm(result, secretForms(secret)), `${status} ${Object.keys(headers).join()}`);
        assert.ok(!result.includes(signed), String(status));
      }
    }
  });

  it('shows no more of a password that the person wrote into the request than of any other', () => {
    const short = newSecret('key').slice(0, 6);
    const sent = { Authorization: `Basic ${Buffer.from(`a-long-user-name:${short}`).toString('base64')}` };
    const written = { ...evidence({ status: 401, sent }), used: [] };
    assert.equal(diagnose(written).sent?.credentials[0]?.text, 'Basic ••••');
  });

  it('shows what was sent by its mask', () => {
    const secret = token();
    const { sent } = diagnose(evidence({ status: 401, sent: { Authorization: `Bearer ${secret}` } }));
    assert.equal(sent?.credentials[0]?.text, `Bearer ••••${secret.slice(-4)}`);
    assert.deepEqual(sent?.credentials[0]?.service, { id: 'example', name: 'Example' });
  });
});
