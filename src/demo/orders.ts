import { json, problem } from './answer';
import type { Call } from './call';

interface FieldError {
  /** A JSON pointer as a URI fragment, as in RFC 9457, section 3. */
  readonly pointer: string;
  readonly detail: string;
}

/** Takes an order. What is wrong with it is said field by field, and has nothing to do with the credential. */
export function placeOrder(call: Call): void {
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(call.request.headers['content-type'] ?? '')) {
    return problem(
      call,
      {
        status: 415,
        title: 'Unsupported Media Type',
        detail: 'An order is JSON: send Content-Type: application/json.',
      },
      { 'Accept-Post': 'application/json' },
    );
  }
  let order: unknown;
  try {
    order = JSON.parse(call.body.toString('utf8'));
  } catch {
    return problem(call, { status: 400, title: 'Bad Request', detail: 'The body is not JSON.' });
  }
  const errors = check(order);
  if (errors.length > 0) {
    return problem(call, {
      status: 400,
      type: `${call.demo.url}/help/validation`,
      title: 'The order is not valid',
      detail: errors.map((error) => error.detail).join(' '),
      errors,
    });
  }
  json(call, 201, { id: 1001, ...(order as object) }, { Location: '/orders/1001' });
}

function check(order: unknown): readonly FieldError[] {
  if (typeof order !== 'object' || order === null || Array.isArray(order)) {
    return [{ pointer: '#', detail: 'An order is an object.' }];
  }
  const { item, quantity } = order as { item?: unknown; quantity?: unknown };
  const errors: FieldError[] = [];
  if (typeof item !== 'string' || item.trim() === '') {
    errors.push({ pointer: '#/item', detail: 'The item must be named.' });
  }
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > 100) {
    errors.push({ pointer: '#/quantity', detail: 'The quantity must be a whole number from 1 to 100.' });
  }
  return errors;
}
