import { getHeader } from '../http/headers';
import type { HeaderField, Headers } from '../http/headers';
import type { HeaderNode, RequestLineNode, RequestNode } from './ast';
import { authorizationValue } from './authorization';
import { encodeBase64 } from './base64';
import { isToken } from './chars';
import { suggestions } from '../util/closest';
import { credentialEncoding, wireText } from './content';
import { findCredentials } from './credentials';
import { methodKind, methods } from './methods';
import { severityOf } from './problems';
import type { ParsedDocument, Problem } from './problems';
import { directivesOf } from './requestDirectives';
import type { Resolution, ResolveContext, ResolvedDirectives } from './resolution';
import type { Span } from './span';
import { topOfFile } from './symbols';
import { resolveTarget } from './target';
import { Evaluator, maxReported, spanAt } from './variables';

/**
 * Makes the request of a block: every reference replaced by its value, addresses and header values checked, credentials left
 * as markers. Either `request` is given, or `problems` says why nothing may be sent. Never throws.
 */
export function resolveRequest(parsed: ParsedDocument, request: RequestNode, context: ResolveContext): Resolution {
  const written = problemsOf(parsed, request);
  if (request.line === undefined) {
    return { problems: written.length > 0 ? written : [{ code: 'no-request', span: request.span }] };
  }
  const resolver = new Resolver(parsed, request, context);
  const resolved = resolver.resolve(request.line);
  const problems = merged([...written, ...resolver.problems]);
  return problems.length > 0 || resolved === undefined ? { problems } : { problems, request: resolved };
}

/** The errors the parser found that concern a request: those of its block, and those of what speaks for the whole file. */
function problemsOf(parsed: ParsedDocument, request: RequestNode): Problem[] {
  const errors = within(parsed.problems, request.span);
  const fileLevel = parsed.symbols.fileLevel.flatMap((block) => within(parsed.problems, block.span));
  const ofFile = fileLevel.filter(({ code }) => code === 'not-supported-yet' || code.endsWith('-directive'));
  const top = topOfFile(parsed.document).flatMap((directive) => within(parsed.problems, directive.span));
  return [...errors, ...ofFile, ...top];
}

/** The errors that begin in a span. The list is in the order of the text, and may be long. */
function within(problems: readonly Problem[], span: Span): Problem[] {
  let low = 0;
  let high = problems.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((problems[middle]?.span.start ?? Infinity) < span.start) low = middle + 1;
    else high = middle;
  }
  const found: Problem[] = [];
  for (let at = low; at < problems.length; at++) {
    const problem = problems[at];
    if (problem === undefined || problem.span.start >= span.end || found.length >= maxReported) break;
    if (severityOf(problem) === 'error') found.push(problem);
  }
  return found;
}

/** The problems in the order of the text, each once. */
function merged(problems: readonly Problem[]): Problem[] {
  const byKey = new Map(
    problems.map((problem) => [`${problem.code} ${problem.span.start} ${problem.span.end}`, problem]),
  );
  return [...byKey.values()].sort((a, b) => a.span.start - b.span.start);
}

/** One resolving of one request. */
class Resolver {
  readonly #request: RequestNode;
  readonly #context: ResolveContext;
  readonly #evaluator: Evaluator;
  readonly #directives: ResolvedDirectives;
  readonly #problems: Problem[] = [];

  constructor(parsed: ParsedDocument, request: RequestNode, context: ResolveContext) {
    this.#request = request;
    this.#context = context;
    this.#evaluator = new Evaluator(parsed, context);
    this.#directives = directivesOf(parsed, request);
  }

  get problems(): readonly Problem[] {
    return [...this.#evaluator.problems, ...this.#problems];
  }

  get #markers(): string[] {
    return this.#evaluator.credentials.map((credential) => credential.marker);
  }

  resolve(line: RequestLineNode): Resolution['request'] {
    this.#checkService();
    const method = this.#method(line);
    const written = line.target.kind === 'missing' ? undefined : this.#evaluator.expand(line.target);
    let headers = this.#request.headers.flatMap((node) => this.#header(node));
    const target = written && this.#target(written, line.target.span, headers);
    const content = this.#request.body && this.#evaluator.expand(this.#request.body.content);
    if (method === undefined || target === undefined || this.problems.length > 0) return undefined;

    if (target.userInfo !== undefined && getHeader(headers, 'Authorization') === undefined) {
      const { user, password } = target.userInfo;
      headers = [...headers, { name: 'Authorization', value: `Basic ${encodeBase64(`${user}:${password}`)}` }];
    }
    const contentType = getHeader(headers, 'Content-Type');
    const body = content && wireText(content.text, contentType);
    return {
      method,
      target: target.text,
      headers,
      body: body === undefined || body === '' ? undefined : new TextEncoder().encode(body),
      directives: this.#directives,
      name: this.#request.name?.text,
      credentials: findCredentials(
        this.#evaluator.credentials,
        target.text,
        headers,
        body,
        credentialEncoding(contentType),
      ),
      origins: this.#evaluator.origins,
    };
  }

  #checkService(): void {
    const { service, serviceSpan } = this.#directives;
    const known = this.#context.services;
    if (service === undefined || known === undefined || known.includes(service)) return;
    const span = serviceSpan ?? this.#request.span;
    this.#problems.push({ code: 'unknown-service', span, id: service, ...suggestions(service, known) });
  }

  #method(line: RequestLineNode): string | undefined {
    if (line.methodReference === undefined) return line.method;
    const { span } = line.methodReference;
    const text = this.#evaluator.value(line.methodReference)?.trim();
    if (text === undefined) return undefined;
    if (this.#holdsCredential(text)) {
      this.#problems.push({ code: 'misplaced-credential', span, place: 'method' });
    } else if (methodKind(text) === 'unknown') {
      this.#problems.push({ code: 'unknown-method', span, text, known: methods });
    } else if (methodKind(text) === 'protocol') {
      this.#problems.push({ code: 'not-supported-yet', span, feature: 'protocol', text });
    }
    return text.toUpperCase();
  }

  #target(written: { text: string; pieces: readonly { at: number; span: Span }[] }, span: Span, headers: Headers) {
    const result = resolveTarget(written.text, {
      service: this.#directives.service !== undefined,
      serviceIsOwn: this.#directives.serviceFrom === 'request',
      host: getHeader(headers, 'Host'),
      markers: this.#markers,
    });
    if (!('code' in result)) return result;
    switch (result.code) {
      case 'bad-url-character': {
        const { position, codePoint } = result;
        this.#problems.push({ code: result.code, span: spanAt(written, position, span), position, codePoint });
        break;
      }
      case 'misplaced-credential':
        this.#problems.push({ code: result.code, span, place: result.place });
        break;
      case 'unsupported-scheme':
        this.#problems.push({ code: result.code, span, scheme: result.scheme });
        break;
      case 'bad-url':
      case 'relative-url':
        this.#problems.push({ code: result.code, span, text: this.#evaluator.shown(written.text) });
        break;
    }
    return undefined;
  }

  #header(node: HeaderNode): HeaderField[] {
    const name = this.#evaluator.expand(node.name);
    const value = this.#evaluator.expand(node.value);
    if (name === undefined || value === undefined) return [];
    if (this.#holdsCredential(name.text)) {
      this.#problems.push({ code: 'misplaced-credential', span: node.name.span, place: 'header-name' });
      return [];
    }
    if (!isToken(name.text)) {
      this.#problems.push({ code: 'bad-header', span: node.name.span, text: name.text });
      return [];
    }
    const bad = badHeaderCharacter(value.text);
    if (bad !== undefined) {
      const span = spanAt(value, bad.position, node.value.span);
      this.#problems.push({ code: 'bad-header-value', span, name: name.text, ...bad });
      return [];
    }
    return this.#written(node, name.text, value.text.replace(/^[ \t]+/, '').replace(/(?<![ \t])[ \t]+$/, ''));
  }

  /** The header as it goes on the wire; the few that mean more than they say are seen to here. */
  #written(node: HeaderNode, name: string, value: string): HeaderField[] {
    const { span } = node;
    const lower = name.toLowerCase();
    if (lower === 'authorization' || lower === 'proxy-authorization') {
      const authorization = authorizationValue(value, this.#markers);
      if (authorization.kind === 'value') return [{ name, value: authorization.value }];
      if (authorization.kind === 'misplaced')
        this.#problems.push({ code: 'misplaced-credential', span, place: 'basic' });
      else {
        const scheme = value.split(/[ \t]/, 1)[0] ?? '';
        this.#problems.push({ code: 'not-supported-yet', span, feature: 'authorization', text: `${name}: ${scheme}` });
      }
      return [];
    }
    if (lower === 'clientcert' || lower === 'x-clientcert') {
      // httpYac takes the certificate and its passphrase from this header; a server must not see them.
      this.#problems.push({ code: 'not-supported-yet', span, feature: 'authorization', text: name });
    } else if (lower === 'x-request-type' && value.toLowerCase() === 'graphql') {
      this.#problems.push({ code: 'not-supported-yet', span, feature: 'graphql', text: `${name}: ${value}` });
    }
    return [{ name, value }];
  }

  #holdsCredential(text: string): boolean {
    return this.#markers.some((marker) => text.includes(marker));
  }
}

/** The first character a header's value may not hold (RFC 9110 section 5.5: no controls but the tab; beyond Latin-1 nothing). */
function badHeaderCharacter(value: string): { position: number; codePoint: number } | undefined {
  for (let position = 0; position < value.length; position++) {
    const code = value.charCodeAt(position);
    if ((code >= 0x20 && code < 0x7f) || code === 0x09 || (code >= 0x80 && code <= 0xff)) continue;
    return { position, codePoint: value.codePointAt(position) ?? code };
  }
  return undefined;
}
