import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/*
 * VS Code hands its colours to a webview, but not those of the syntax highlighting. The debugger's value colours are the
 * nearest to them that every theme sets, and they were chosen for data.
 */
const color = {
  name: 'var(--vscode-debugTokenExpression-name, var(--vscode-editor-foreground))',
  string: 'var(--vscode-debugTokenExpression-string, var(--vscode-editor-foreground))',
  number: 'var(--vscode-debugTokenExpression-number, var(--vscode-editor-foreground))',
  boolean: 'var(--vscode-debugTokenExpression-boolean, var(--vscode-editor-foreground))',
  quiet: 'var(--vscode-descriptionForeground)',
};

/** Syntax colours by the theme's variables. */
export const highlightStyle = HighlightStyle.define([
  { tag: [tags.propertyName, tags.attributeName], color: color.name },
  { tag: [tags.string, tags.attributeValue], color: color.string },
  { tag: tags.number, color: color.number },
  { tag: [tags.bool, tags.null, tags.keyword, tags.tagName, tags.character], color: color.boolean },
  { tag: [tags.comment, tags.documentMeta, tags.processingInstruction, tags.angleBracket], color: color.quiet },
  { tag: tags.invalid, color: 'var(--vscode-errorForeground)' },
]);

/** The viewer in VS Code's look; the search field as its find widget. */
export const viewerTheme = EditorView.theme({
  '&': {
    height: '100%',
    color: 'var(--vscode-editor-foreground)',
    backgroundColor: 'var(--vscode-editor-background)',
    fontSize: 'var(--vscode-editor-font-size, 12px)',
  },
  '&.cm-focused': { outline: '1px solid var(--vscode-focusBorder)', outlineOffset: '-1px' },
  '.cm-scroller': {
    fontFamily: 'var(--vscode-editor-font-family, monospace)',
    fontWeight: 'var(--vscode-editor-font-weight, normal)',
    lineHeight: '1.5',
  },
  '.cm-content': { caretColor: 'var(--vscode-editorCursor-foreground, var(--vscode-editor-foreground))' },
  '.cm-content ::selection, .cm-content::selection, .cm-line::selection': {
    backgroundColor: 'var(--vscode-editor-selectionBackground)',
    color: 'var(--vscode-editor-selectionForeground, inherit)',
  },
  '.cm-gutters': {
    backgroundColor: 'var(--vscode-editorGutter-background, var(--vscode-editor-background))',
    color: 'var(--vscode-editorLineNumber-foreground)',
    border: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 4px 0 12px' },
  '.cm-foldGutter .cm-gutterElement': { padding: '0 4px', cursor: 'pointer' },
  '.cm-foldGutter .cm-gutterElement > span': { display: 'flex', alignItems: 'center', height: '1.5em' },
  '.cm-foldGutter .cm-gutterElement:hover': { color: 'var(--vscode-editorLineNumber-activeForeground)' },
  '.cm-foldPlaceholder': {
    color: 'var(--vscode-descriptionForeground)',
    backgroundColor: 'var(--vscode-editor-foldBackground, transparent)',
    border: '1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent))',
    borderRadius: '2px',
    padding: '0 4px',
  },
  '.cm-specialChar': { color: 'var(--vscode-errorForeground)' },
  '.cm-searchMatch': {
    backgroundColor: 'var(--vscode-editor-findMatchHighlightBackground)',
    outline: '1px solid var(--vscode-editor-findMatchHighlightBorder, transparent)',
  },
  '.cm-searchMatch.cm-searchMatch-selected, .cm-evidence': {
    backgroundColor: 'var(--vscode-editor-findMatchBackground)',
    outline: '1px solid var(--vscode-editor-findMatchBorder, var(--vscode-contrastActiveBorder, transparent))',
  },
  '.cm-panels': { color: 'var(--vscode-editorWidget-foreground, var(--vscode-foreground))', zIndex: '2' },
  '.cm-panels.cm-panels-top': {
    border: 'none',
    borderBottom: '1px solid var(--vscode-editorWidget-border, var(--vscode-contrastBorder, transparent))',
    backgroundColor: 'var(--vscode-editorWidget-background)',
  },
  '.cm-panel.cm-search': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 8px',
    padding: '6px 32px 6px 12px',
    fontFamily: 'var(--vscode-font-family)',
  },
  '.cm-panel.cm-search br': { display: 'none' },
  '.cm-panel.cm-search label': {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '4px',
    fontSize: '12px',
    margin: '0',
  },
  '.cm-panel.cm-search input[type=checkbox]': { margin: '0', accentColor: 'var(--vscode-focusBorder)' },
  '.cm-panel.cm-search button[name=close]': {
    top: '6px',
    right: '8px',
    padding: '0 6px',
    fontSize: '16px',
    color: 'inherit',
  },
  '.cm-textfield': {
    color: 'var(--vscode-input-foreground)',
    backgroundColor: 'var(--vscode-input-background)',
    border: '1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent))',
    borderRadius: '2px',
    padding: '3px 6px',
    margin: '0',
    fontSize: '13px',
    minWidth: '120px',
    flex: '0 1 220px',
  },
  '.cm-textfield:focus': { outline: '1px solid var(--vscode-focusBorder)', outlineOffset: '-1px' },
  '.cm-button': {
    color: 'var(--vscode-button-secondaryForeground)',
    background: 'var(--vscode-button-secondaryBackground)',
    border: '1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent))',
    borderRadius: '4px',
    padding: '2px 8px',
    margin: '0',
    fontSize: '12px',
    cursor: 'pointer',
  },
  '.cm-button:hover': { background: 'var(--vscode-button-secondaryHoverBackground)' },
  '.cm-button:focus-visible': { outline: '1px solid var(--vscode-focusBorder)', outlineOffset: '1px' },
});
