import type { DirectiveNode, RequestNode } from './ast';
import { directiveRule, readDuration } from './directives';
import type { ParsedDocument } from './problems';
import type { ResolvedDirectives } from './resolution';

/**
 * What the directives of a request and of its file come to. The request's own win. For the whole file speak
 * - every directive in a block that holds no request (`# @no-redirect`, then `###`), and
 * - a `# @service` at the top of the file: above the first request line, with no `###` before it.
 * Everything else holds for its own request. `# @no-auth` cannot be taken back.
 */
export function directivesOf(parsed: ParsedDocument, request: RequestNode): ResolvedDirectives {
  const own = (name: string): DirectiveNode | undefined =>
    request.directives.find((directive) => directiveRule(directive.name)?.name === name);
  const { fileDirectives } = parsed.symbols;
  const either = (name: string): DirectiveNode | undefined => own(name) ?? fileDirectives.get(name);

  const ownService = own('service');
  const service = ownService ?? fileDirectives.get('service');
  const timeout = either('timeout');
  const named =
    service === undefined || service.argument === ''
      ? {}
      : ({
          service: service.argument,
          serviceSpan: service.argumentSpan,
          serviceFrom: ownService === undefined ? 'file' : 'request',
        } as const);
  return {
    ...named,
    noAuth: either('no-auth') !== undefined,
    timeoutMs: timeout === undefined ? undefined : readDuration(timeout.argument),
    followRedirects: either('no-redirect') === undefined ? undefined : false,
  };
}
