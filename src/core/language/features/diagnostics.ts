import type { Node, ReferenceNode } from '../ast';
import { suggestions } from '../../util/closest';
import { directiveRule } from '../directives';
import { severityOf } from '../problems';
import type { ParsedDocument, Problem, Severity } from '../problems';
import type { Dynamic, ResolveContext } from '../resolution';
import { walk } from '../walk';
import { Evaluator } from '../variables';

/** More are not shown: VS Code keeps no more for a file, and nobody reads them. */
const maxProblems = 1000;

/** Time stands still while a document is only looked at. */
const still: Dynamic = { now: () => 0, random: () => 0, uuid: () => '00000000-0000-4000-8000-000000000000' };

export interface DiagnosticsContext {
  /** Variables from outside the document, as for resolving. */
  readonly sources?: ResolveContext['sources'];
  /** Ids of the services there are; undefined = not known, and no reference to one is questioned. */
  readonly services?: readonly string[];
  /** The secrets a service has, as for resolving. */
  readonly secretFields?: ResolveContext['secretFields'];
}

/**
 * Every problem of a document, in the order of the text, with its weight: what the parser found, references without a value
 * (each at the place that must be mended, also where no request uses it), and services nobody has defined.
 */
export function documentProblems(
  parsed: ParsedDocument,
  context: DiagnosticsContext = {},
): { readonly problem: Problem; readonly severity: Severity }[] {
  const problems: Problem[] = parsed.problems.slice(0, maxProblems);
  const seen = new Set(problems.map(key));
  const add = (problem: Problem): void => {
    if (problems.length >= 2 * maxProblems || seen.has(key(problem))) return;
    seen.add(key(problem));
    problems.push(problem);
  };
  const evaluator = new Evaluator(parsed, { ...context, dynamic: still });
  const check = (reference: ReferenceNode): void => {
    evaluator.value(reference);
    for (const problem of evaluator.problems.splice(0)) {
      // How much is put in counts for one sending, not for all of them together.
      if (problem.code !== 'expansion-limit' || problem.limit !== 'size') add(problem);
    }
  };
  const { services } = context;
  walk(parsed.document, (node: Node) => {
    if (problems.length >= 2 * maxProblems) return false;
    if (node.kind === 'reference') check(node);
    else if (node.kind === 'directive' && services !== undefined && node.argument !== '') {
      if (directiveRule(node.name)?.name === 'service' && !services.includes(node.argument)) {
        const near = suggestions(node.argument, services);
        add({ code: 'unknown-service', span: node.argumentSpan, id: node.argument, ...near });
      }
    }
    return undefined;
  });
  return problems
    .sort((a, b) => a.span.start - b.span.start)
    .slice(0, maxProblems)
    .map((problem) => ({ problem, severity: severityOf(problem) }));
}

function key(problem: Problem): string {
  return `${problem.code} ${problem.span.start} ${problem.span.end}`;
}
