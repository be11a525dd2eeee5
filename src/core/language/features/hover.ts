import type { DirectiveNode, ReferenceNode } from '../ast';
import { directiveRule, suggestedDirective } from '../directives';
import { dynamicVariable } from '../dynamic';
import { readExpression } from '../expressions';
import type { ParsedDocument, Problem } from '../problems';
import type { ResolveContext } from '../resolution';
import type { Span } from '../span';
import { nodeAt, touches } from '../walk';
import { Evaluator } from '../variables';

export type Hover = { readonly span: Span } &
  /** `source` is `file` or the id of another source; `definition` where it is defined in this document. */
  (
    | {
        readonly kind: 'variable';
        readonly name: string;
        readonly value: string;
        readonly source: string;
        readonly definition?: Span;
      }
    /** A value made anew for each sending; `example` is what it would be now. */
    | { readonly kind: 'system'; readonly name: string; readonly usage: string; readonly example: string }
    /** Never with a value. `known` is undefined where the services are not known. */
    | { readonly kind: 'credential'; readonly service: string; readonly field?: string; readonly known?: boolean }
    | {
        readonly kind: 'directive';
        readonly name: string;
        readonly argument: string;
        readonly usage: string;
        readonly support: 'works' | 'note' | 'not-yet';
        /** For `@service`: whether there is one of that id. */
        readonly known?: boolean;
      }
    /** A reference without a value, and why. */
    | { readonly kind: 'problem'; readonly problem: Problem }
  );

/** What there is to say about the place at an offset, or undefined. `context` as for resolving. Never holds a secret. */
export function hoverAt(parsed: ParsedDocument, offset: number, context: ResolveContext): Hover | undefined {
  const { node, parents } = nodeAt(parsed.document, offset);
  if (node.kind === 'reference') return referenceHover(parsed, node, context);
  if (node.kind === 'directive') return directiveHover(node, offset, context);
  // The name in a definition: what it comes to.
  const variable = [node, ...parents].find((candidate) => candidate.kind === 'variable');
  if (variable?.kind !== 'variable' || !touches(variable.nameSpan, offset)) return undefined;
  const evaluator = new Evaluator(parsed, context);
  const expanded = evaluator.expand(variable.value);
  const [problem] = evaluator.problems;
  if (expanded === undefined) {
    return problem === undefined ? undefined : { kind: 'problem', span: variable.nameSpan, problem };
  }
  const { name, nameSpan: span } = variable;
  return {
    kind: 'variable',
    span,
    name,
    value: evaluator.shown(expanded.text),
    source: 'file',
    definition: variable.span,
  };
}

function referenceHover(parsed: ParsedDocument, node: ReferenceNode, context: ResolveContext): Hover | undefined {
  const { span } = node;
  const expression = readExpression(node.expression);
  if (expression.kind === 'credential' && node.hole === undefined) {
    const known = context.services?.includes(expression.service);
    return { kind: 'credential', span, service: expression.service, field: expression.field, known };
  }
  const evaluator = new Evaluator(parsed, context);
  const value = evaluator.value(node);
  const [problem] = evaluator.problems;
  if (value === undefined) return problem === undefined ? undefined : { kind: 'problem', span, problem };
  if (expression.kind === 'dynamic') {
    const usage = dynamicVariable(expression.name)?.usage ?? expression.name;
    return { kind: 'system', span, name: expression.name, usage, example: value };
  }
  const origin = evaluator.origins.at(-1);
  const name = expression.kind === 'name' ? expression.name : node.expression;
  const source = origin?.source ?? 'file';
  return { kind: 'variable', span, name, value: evaluator.shown(value), source, definition: origin?.definition };
}

function directiveHover(node: DirectiveNode, offset: number, context: ResolveContext): Hover {
  const rule = directiveRule(node.name);
  const span = touches(node.argumentSpan, offset) && node.argument !== '' ? node.argumentSpan : node.span;
  if (rule === undefined) {
    const suggestion = suggestedDirective(node.name);
    return {
      kind: 'problem',
      span: node.nameSpan,
      problem: { code: 'unknown-directive', span: node.nameSpan, name: node.name, suggestion },
    };
  }
  const known = rule.name === 'service' ? context.services?.includes(node.argument) : undefined;
  return {
    kind: 'directive',
    span,
    name: rule.name,
    argument: node.argument,
    usage: rule.usage,
    support: rule.support,
    known,
  };
}
