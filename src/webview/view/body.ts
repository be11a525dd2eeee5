import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { BodyView } from '../../protocol/panelState';
import { HIGHLIGHT_LIMIT } from '../editor/languages';
import { previewDocument } from '../preview';
import { tool } from './buttons';
import type { ViewContext } from './context';
import { icon, severityIcon } from './icons';

/** The body: laid out for reading (`body`) or as it came (`raw`). */
export function bodyTab(which: 'body' | 'raw', body: BodyView, context: ViewContext): TemplateResult {
  const { strings } = context;
  if (body.notKept) return html`${remarks(body.notes)}${plainly('info', strings.bodyNotKept)}`;
  switch (body.kind) {
    case 'empty':
      return html`${remarks(body.notes)}${plainly('info', strings.empty)}`;
    case 'binary':
      return html`${toolbar(which, body, context)}${remarks(notesOf(body))}${plainly('file', strings.binary)}`;
    case 'text':
      return textBody(which, body, context);
  }
}

function textBody(which: 'body' | 'raw', body: BodyView, context: ViewContext): TemplateResult {
  const { strings } = context;
  const text = which === 'body' ? (body.pretty ?? body.raw) : body.raw;
  const language = which === 'body' ? body.language : 'text';
  const plain = language !== 'text' && text.length > HIGHLIGHT_LIMIT;
  const notes = plain ? [...notesOf(body), strings.highlightingOff] : notesOf(body);
  if (which === 'body' && body.language === 'html' && context.preview) {
    return html`${toolbar(which, body, context)}${remarks(notes)}${previewFrame(body.raw, context)}`;
  }
  const viewer = context.viewer(which, strings[which]);
  viewer.show(text, language);
  viewer.wrap(context.wrap);
  return html`${toolbar(which, body, context)}${remarks(notes)}
    <div class="viewer">${viewer.element}</div>`;
}

const notesOf = ({ notes, cut }: BodyView): readonly string[] => (cut ? [cut.text, ...notes] : notes);

function toolbar(which: 'body' | 'raw', body: BodyView, context: ViewContext): TemplateResult {
  const { strings, post, wrap, preview } = context;
  const isText = body.kind === 'text';
  const isHtml = isText && body.language === 'html' && which === 'body';
  const showsText = isText && !(isHtml && preview);
  return html`<div class="toolbar">
    <span class="content-type">${body.contentType ?? ''}</span>
    ${
      isHtml
        ? html`<button type="button" class="tool with-words" aria-pressed=${preview} @click=${context.togglePreview}>
            ${icon(preview ? 'code' : 'preview')}${preview ? strings.showSource : strings.preview}
          </button>`
        : nothing
    }
    ${
      showsText
        ? html`${tool({ label: strings.find, icon: 'search', run: context.openSearch })}
          ${tool({ label: strings.wrapLines, icon: 'wrap', pressed: wrap, run: context.toggleWrap })}
          ${tool({ label: strings.copy, icon: 'copy', run: () => post({ type: 'copy', what: 'body' }) })}`
        : nothing
    }
    ${tool({ label: strings.save, icon: 'save', run: () => post({ type: 'saveBody' }) })}
    ${
      isText && (body.cut?.canOpenWhole ?? true)
        ? tool({ label: strings.openWhole, icon: 'file', run: () => post({ type: 'openBody' }) })
        : nothing
    }
  </div>`;
}

function previewFrame(source: string, { strings, nonce }: ViewContext): TemplateResult {
  return html`<p class="remark">${severityIcon('warning')}<span>${strings.previewWarning}</span></p>
    <iframe
      class="preview"
      sandbox=""
      referrerpolicy="no-referrer"
      title=${strings.preview}
      .srcdoc=${previewDocument(source, nonce)}
    ></iframe>`;
}

function remarks(notes: readonly string[]): TemplateResult[] {
  return notes.map((note) => html`<p class="remark">${severityIcon('info')}<span>${note}</span></p>`);
}

function plainly(name: string, text: string): TemplateResult {
  return html`<div class="nothing">
    ${icon(name)}
    <p>${text}</p>
  </div>`;
}
