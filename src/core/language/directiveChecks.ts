import type { DirectiveNode } from './ast';
import { directiveRule, readDuration, suggestedDirective } from './directives';
import type { DirectiveRule } from './directives';
import type { Problem } from './problems';

/**
 * Adds the problems of a directive: unknown, misspelt, of another dialect, with an argument it cannot use, or given a second
 * time in the same block with another argument. `firsts` holds the first of each rule in the block; this one is added.
 */
export function checkDirective(
  directive: DirectiveNode,
  firsts: Map<DirectiveRule | undefined, DirectiveNode>,
  problems: Problem[],
): void {
  const rule = directiveRule(directive.name);
  const { name, nameSpan, span } = directive;
  if (rule === undefined) {
    const suggestion = suggestedDirective(name);
    problems.push({
      code: 'unknown-directive',
      span: nameSpan,
      name,
      ...(suggestion === undefined ? {} : { suggestion }),
    });
    return;
  }
  if (rule.support === 'not-yet') {
    problems.push({ code: 'not-supported-yet', span, feature: 'directive', text: `@${name}` });
    return;
  }
  if (rule.support === 'note') return;
  if (!fits(rule, directive.argument))
    problems.push({ code: 'bad-directive', span, name: rule.name, usage: rule.usage });
  const first = firsts.get(rule);
  if (first === undefined) firsts.set(rule, directive);
  else if (rule.argument !== 'none' && first.argument !== directive.argument) {
    problems.push({ code: 'duplicate-directive', span, name: rule.name, first: first.span });
  }
}

function fits(rule: DirectiveRule, argument: string): boolean {
  switch (rule.argument) {
    case 'none': // `# @no-auth because it is public`: what follows is a remark
    case 'any':
      return true;
    case 'name':
      return argument !== '';
    case 'service':
      return argument !== '' && !/\s/.test(argument);
    case 'duration':
      return readDuration(argument) !== undefined;
  }
}
