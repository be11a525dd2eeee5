import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TransportFailure } from '../../../src/core/http/exchange';
import type { Fix } from '../../../src/core/diagnosis/fix';
import { diagnose } from '../../../src/core/diagnosis/diagnose';
import { sentText } from '../../../src/core/diagnosis/words';
import { evidence, first, token } from './evidence';

describe('transport failures', () => {
  const rows: readonly (readonly [failure: TransportFailure, primary: Fix])[] = [
    [{ code: 'refused', host: 'localhost', port: 4000 }, { kind: 'sendAgain' }],
    [
      { code: 'refused', host: 'api.example.com', port: 443 },
      { kind: 'editService', service: 'example', at: 'baseUrl' },
    ],
    [
      { code: 'dns-not-found', host: 'api.exmple.com' },
      { kind: 'editService', service: 'example', at: 'baseUrl' },
    ],
    [{ code: 'dns-failed' }, { kind: 'sendAgain' }],
    [{ code: 'reset' }, { kind: 'sendAgain' }],
    [{ code: 'unreachable' }, { kind: 'editService', service: 'example', at: 'baseUrl' }],
    [{ code: 'timeout' }, { kind: 'sendAgain' }],
    [{ code: 'cancelled' }, { kind: 'sendAgain' }],
    [{ code: 'tls-untrusted' }, { kind: 'openSetting', key: 'http.systemCertificates' }],
    [{ code: 'tls-self-signed' }, { kind: 'openSetting', key: 'http.systemCertificates' }],
    [{ code: 'tls-expired' }, { kind: 'copyQuestion' }],
    [{ code: 'tls-not-yet-valid' }, { kind: 'sendAgain' }],
    [{ code: 'tls-wrong-name' }, { kind: 'editService', service: 'example', at: 'baseUrl' }],
    [{ code: 'tls-client-certificate' }, { kind: 'copyQuestion' }],
    [{ code: 'tls-protocol' }, { kind: 'editService', service: 'example', at: 'baseUrl' }],
    [{ code: 'proxy' }, { kind: 'openSetting', key: 'http.proxy' }],
    [{ code: 'bad-response' }, { kind: 'editService', service: 'example', at: 'baseUrl' }],
    [{ code: 'bad-request' }, { kind: 'editRequest', at: 'header' }],
    [{ code: 'unknown' }, { kind: 'sendAgain' }],
  ];
  for (const [failure, primary] of rows) {
    it(`${failure.code} ${failure.host ?? ''}`, () => {
      const cause = first({ failure });
      assert.equal(cause?.code, `transport-${failure.code}`);
      assert.deepEqual(cause?.fixes[0], primary);
    });
  }

  it('shows the names on a certificate and the code of the system', () => {
    const evidence = first({
      failure: { code: 'tls-wrong-name', systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID', certificateNames: ['b.example'] },
    })?.evidence;
    assert.deepEqual(evidence, [
      { kind: 'system', text: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      { kind: 'certificate', field: 'names', text: 'b.example' },
    ]);
  });

  it('takes the port from the address where the system does not name one', () => {
    assert.equal(first({ failure: { code: 'refused' }, url: 'http://127.0.0.1:4000/' })?.data['port'], 4000);
    assert.equal(first({ failure: { code: 'refused' }, url: 'https://a.example/' })?.data['port'], 443);
  });

  for (const [phase, words] of [
    ['dns', 'nothing: no connection was made'],
    ['connect', 'nothing: no connection was made'],
    ['tls', 'nothing: no connection was made'],
    ['send', /^Bearer ••••.{4} from service /],
    ['wait', /^Bearer ••••.{4} from service /],
  ] as const) {
    it(`says what was sent where it failed in the phase ${phase}`, () => {
      const failure: TransportFailure = { code: 'reset', phase };
      const { sent } = diagnose(evidence({ failure, sent: { Authorization: `Bearer ${token()}` } }));
      const text = sent ? sentText(sent) : '';
      if (typeof words === 'string') assert.equal(text, words);
      else assert.match(text, words);
    });
  }
});
