import type { DirectiveNode, HeaderNode, LiteralNode, ReferenceNode, TemplateNode } from './ast';
import type { Span } from './span';

/*
 * The nodes of which a large document has hundreds of thousands. They keep their offsets as numbers and make a span when
 * somebody asks for it: a span of its own for each would be a third of the memory, and of the time, of a parse.
 */

export class Literal implements LiteralNode {
  readonly kind = 'literal';
  readonly text: string;
  readonly #start: number;
  readonly #end: number;

  constructor(start: number, end: number, text: string) {
    this.text = text;
    this.#start = start;
    this.#end = end;
  }

  get span(): Span {
    return { start: this.#start, end: this.#end };
  }
}

export class Reference implements ReferenceNode {
  readonly kind = 'reference';
  readonly expression: string;
  readonly hole?: ReferenceNode['hole'];
  readonly #start: number;
  readonly #end: number;
  readonly #expressionStart: number;

  constructor(start: number, end: number, expressionStart: number, expression: string, hole?: ReferenceNode['hole']) {
    this.expression = expression;
    this.#start = start;
    this.#end = end;
    this.#expressionStart = expressionStart;
    if (hole !== undefined) this.hole = hole;
  }

  get span(): Span {
    return { start: this.#start, end: this.#end };
  }

  get expressionSpan(): Span {
    return { start: this.#expressionStart, end: this.#expressionStart + this.expression.length };
  }
}

export class Template implements TemplateNode {
  readonly kind = 'template';
  readonly parts: TemplateNode['parts'];
  readonly #start: number;
  readonly #end: number;

  constructor(start: number, end: number, parts: TemplateNode['parts']) {
    this.parts = parts;
    this.#start = start;
    this.#end = end;
  }

  get span(): Span {
    return { start: this.#start, end: this.#end };
  }
}

/** A template without references, as most are: its one part is made when somebody looks at it. */
export class PlainTemplate implements TemplateNode {
  readonly kind = 'template';
  readonly #source: string;
  readonly #start: number;
  readonly #end: number;
  #parts: readonly LiteralNode[] | undefined;

  constructor(source: string, start: number, end: number) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
  }

  get span(): Span {
    return { start: this.#start, end: this.#end };
  }

  get parts(): readonly LiteralNode[] {
    this.#parts ??= [new Literal(this.#start, this.#end, this.#source.slice(this.#start, this.#end))];
    return this.#parts;
  }
}

export class Header implements HeaderNode {
  readonly kind = 'header';
  readonly name: TemplateNode;
  readonly value: TemplateNode;

  constructor(name: TemplateNode, value: TemplateNode) {
    this.name = name;
    this.value = value;
  }

  get span(): Span {
    return { start: this.name.span.start, end: this.value.span.end };
  }
}

export class Directive implements DirectiveNode {
  readonly kind = 'directive';
  readonly name: string;
  readonly argument: string;
  readonly #start: number;
  readonly #end: number;
  readonly #nameStart: number;

  /** The argument ends where the directive does. */
  constructor(start: number, end: number, nameStart: number, name: string, argument: string) {
    this.name = name;
    this.argument = argument;
    this.#start = start;
    this.#end = end;
    this.#nameStart = nameStart;
  }

  get span(): Span {
    return { start: this.#start, end: this.#end };
  }

  get nameSpan(): Span {
    return { start: this.#nameStart, end: this.#nameStart + this.name.length };
  }

  get argumentSpan(): Span {
    return { start: this.#end - this.argument.length, end: this.#end };
  }
}
