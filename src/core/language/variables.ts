import type { ReferenceNode, TemplateNode, VariableNode } from './ast';
import { suggestions } from '../util/closest';
import { dynamicVariable, dynamicVariables } from './dynamic';
import { fileVariables } from './environments';
import type { Definition, VariableSource } from './environments';
import { credentialUsages, readExpression } from './expressions';
import type { Expression } from './expressions';
import { percentEncoded } from './percent';
import type { ParsedDocument, Problem } from './problems';
import type { ResolveContext, ValueOrigin } from './resolution';
import type { Span } from './span';

/** A variable may refer to another so many times in a row; a file written by people stays far below. */
export const maxDepth = 100;
/** So many characters may be put in by references for one request: values that double at each step grow past any memory. */
export const maxExpansion = 16 * 1024 * 1024;

/** One problem keeps a request from being sent as well as a million do. */
export const maxReported = 1000;
/** So many unknown names are compared with the known ones. */
const maxCompared = 200;

/** A credential reference the evaluator met. `marker` is what it put in its place. */
export interface MetCredential {
  readonly marker: string;
  readonly service: string;
  readonly field?: string;
  readonly expression: string;
  readonly span: Span;
}

/** A stretch of an expanded text and the node it comes from. */
export interface Piece {
  /** Offset in the expanded text. */
  readonly at: number;
  readonly span: Span;
}

export interface Expanded {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** Where the piece that holds this offset of the expanded text comes from. */
export function spanAt(expanded: Expanded, offset: number, otherwise: Span): Span {
  let found = otherwise;
  for (const piece of expanded.pieces) {
    if (piece.at > offset) break;
    found = piece.span;
  }
  return found;
}

/**
 * Gives references their values, for one sending of one request. A variable is worked out once, so that a `$guid` in it is
 * the same wherever the variable stands; a `$guid` written twice is two. What cannot be worked out is among `problems`.
 */
export class Evaluator {
  readonly problems: Problem[] = [];
  readonly origins: ValueOrigin[] = [];
  readonly credentials: MetCredential[] = [];
  readonly #parsed: ParsedDocument;
  readonly #context: ResolveContext;
  readonly #sources: readonly VariableSource[];
  readonly #values = new Map<VariableNode, string | undefined>();
  readonly #stack: VariableNode[] = [];
  readonly #suggestions = new Map<string, ReturnType<typeof suggestions>>();
  readonly #markerSeed: string;
  readonly #markerPattern: RegExp;
  #budget = maxExpansion;

  constructor(parsed: ParsedDocument, context: ResolveContext) {
    this.#parsed = parsed;
    this.#context = context;
    this.#sources = [fileVariables(parsed.symbols), ...(context.sources ?? [])];
    this.#markerSeed = context.dynamic
      .uuid()
      .toLowerCase()
      .replace(/[^0-9a-z]/g, '');
    this.#markerPattern = new RegExp(`latchkeycredential(\\d+)x${this.#markerSeed}x`, 'g');
  }

  /** The text with every reference replaced. Undefined, with a problem at least, where one of them has no value. */
  expand(template: TemplateNode): Expanded | undefined {
    const pieces: Piece[] = [];
    const texts: string[] = [];
    let at = 0;
    let complete = true;
    for (const part of template.parts) {
      const text = part.kind === 'literal' ? part.text : this.value(part);
      if (text === undefined) {
        complete = false;
        continue;
      }
      pieces.push({ at, span: part.span });
      texts.push(text);
      at += text.length;
    }
    return complete ? { text: texts.join(''), pieces } : undefined;
  }

  /** The value of one reference, or undefined with a problem. */
  value(reference: ReferenceNode): string | undefined {
    if (reference.hole !== undefined) {
      const code = reference.hole === 'empty' ? 'empty-reference' : 'unclosed-reference';
      this.#problem({ code, span: reference.span });
      return undefined;
    }
    const expression = readExpression(reference.expression);
    const found = this.#evaluate(expression, reference);
    if (found === undefined) return undefined;
    this.#budget -= found.text.length;
    if (this.#budget < 0) {
      this.#problem({ code: 'expansion-limit', span: reference.span, limit: 'size', maximum: maxExpansion });
      return undefined;
    }
    if (this.#stack.length === 0) {
      const { source, definition } = found;
      const { span } = reference;
      this.origins.push({ span, expression: reference.expression, value: this.shown(found.text), source, definition });
    }
    return found.text;
  }

  /** A text with its credential markers written as the references they stand for: fit to be shown. */
  shown(text: string): string {
    if (this.credentials.length === 0) return text;
    return text.replace(this.#markerPattern, (marker, index: string) => {
      const expression = this.credentials[Number(index)]?.expression;
      return expression === undefined ? marker : `{{${expression}}}`;
    });
  }

  #evaluate(
    expression: Expression,
    reference: ReferenceNode,
  ): { text: string; source: string; definition?: Span } | undefined {
    const { span } = reference;
    switch (expression.kind) {
      case 'name': {
        const found = this.#named(expression.name, reference);
        if (found === undefined || !expression.percent) return found;
        return { ...found, text: percentEncoded(found.text) };
      }
      case 'dynamic': {
        const variable = dynamicVariable(expression.name);
        const text = variable?.evaluate(expression.arguments, this.#context.dynamic);
        if (text === 'not-yet') this.#notYet(reference, 'system-variable');
        else if (text !== undefined) return { text, source: 'system' };
        else this.#malformed(reference, variable?.usage ?? expression.name);
        return undefined;
      }
      case 'credential': {
        const known = this.#context.services;
        if (known !== undefined && !known.includes(expression.service)) {
          const { service } = expression;
          this.#problem({ code: 'unknown-service', span, id: service, ...suggestions(service, known) });
          return undefined;
        }
        return this.#hasSecret(expression, span)
          ? { text: this.#credential(expression, reference), source: 'credential' }
          : undefined;
      }
      case 'malformed':
        this.#malformed(reference, expression.usage);
        return undefined;
      case 'not-yet':
        this.#notYet(reference, 'system-variable');
        return undefined;
      case 'unknown':
        this.#unresolved(expression.name, span);
        return undefined;
    }
  }

  #named(name: string, reference: ReferenceNode): { text: string; source: string; definition?: Span } | undefined {
    const { span } = reference;
    for (const source of this.#sources) {
      const definition = source.lookup(name, span.start);
      if (definition === undefined) continue;
      const text = this.#defined(definition, name, span);
      if (text === undefined) return undefined;
      return {
        text,
        source: source.id,
        definition: definition.kind === 'template' ? definition.variable.span : undefined,
      };
    }
    // `login.response.body.$.token`, where a request of this file is called `login`.
    const requestName = /^([^.\s]+)\.(?:request|response)\b/.exec(name)?.[1];
    if (requestName !== undefined && this.#parsed.symbols.requests.has(requestName)) {
      this.#notYet(reference, 'request-variable');
    } else this.#unresolved(name, span);
    return undefined;
  }

  #defined(definition: Definition, name: string, span: Span): string | undefined {
    switch (definition.kind) {
      case 'text':
        return definition.text;
      case 'ambiguous':
        this.#problem({ code: 'ambiguous-variable', span, name, definitions: definition.definitions });
        return undefined;
      case 'template':
        return this.#variable(definition.variable, definition.template, span);
    }
  }

  #variable(variable: VariableNode, template: TemplateNode, span: Span): string | undefined {
    if (this.#values.has(variable)) return this.#values.get(variable);
    const inProgress = this.#stack.indexOf(variable);
    if (inProgress >= 0) {
      const names = this.#stack.slice(inProgress).map((entry) => entry.name);
      this.#problem({ code: 'variable-cycle', span, names });
      return undefined;
    }
    if (this.#stack.length >= maxDepth) {
      this.#problem({ code: 'expansion-limit', span, limit: 'depth', maximum: maxDepth });
      return undefined;
    }
    this.#stack.push(variable);
    const text = this.expand(template)?.text;
    this.#stack.pop();
    this.#values.set(variable, text);
    return text;
  }

  #credential(expression: Expression & { kind: 'credential' }, reference: ReferenceNode): string {
    // Lower case and no punctuation: it comes through a URL, a header and JSON as it is, and no person writes it.
    const marker = `latchkeycredential${this.credentials.length}x${this.#markerSeed}x`;
    const { service, field } = expression;
    const { span } = reference;
    this.credentials.push({ marker, service, field, expression: reference.expression, span });
    return marker;
  }

  /** False, with a problem, where the service has no such secret: a value nobody could ever enter must not be asked for. */
  #hasSecret({ service, field }: Expression & { kind: 'credential' }, span: Span): boolean {
    const known = this.#context.secretFields?.(service);
    if (known === undefined || (field === undefined ? known.length > 0 : known.includes(field))) return true;
    const near = field === undefined ? { known } : { field, ...suggestions(field, known) };
    this.#problem({ code: 'unknown-secret-field', span, service, ...near });
    return false;
  }

  #malformed(reference: ReferenceNode, usage: string): void {
    this.#problem({ code: 'bad-reference', span: reference.span, expression: reference.expression, usage });
  }

  #notYet(reference: ReferenceNode, feature: 'system-variable' | 'request-variable'): void {
    const text = `{{${reference.expression.slice(0, 80)}}}`;
    this.#problem({ code: 'not-supported-yet', span: reference.span, feature, text });
  }

  #unresolved(name: string, span: Span): void {
    let near = this.#suggestions.get(name);
    if (near === undefined) {
      near = suggestions(name, this.#knownNames(name));
      // The same mistake in a thousand places is compared once, and a thousand mistakes are not compared at all.
      if (this.#suggestions.size < maxCompared) this.#suggestions.set(name, near);
    }
    this.#problem({ code: 'unresolved-variable', span, name, ...near });
  }

  #knownNames(name: string): Iterable<string> {
    if (this.#suggestions.size >= maxCompared) return [];
    if (name.startsWith('$')) return [...dynamicVariables.map((variable) => variable.name), ...credentialUsages];
    return this.#sources.flatMap((source) => [...source.names()]);
  }

  #problem(problem: Problem): void {
    if (this.problems.length < maxReported) this.problems.push(problem);
  }
}
