/**
 * Brings the row of a tab that holds a text into sight, marks it and moves the focus there; the tab itself where no row
 * has it, or where no text is asked for.
 */
export function revealRow(panel: HTMLElement | null, text: string | undefined): void {
  if (!panel) return;
  for (const marked of panel.querySelectorAll('.found')) marked.classList.remove('found');
  const wanted = text?.toLowerCase();
  const row =
    wanted === undefined
      ? undefined
      : [...panel.querySelectorAll<HTMLElement>('[data-findable]')].find((one) =>
          (one.textContent ?? '').toLowerCase().includes(wanted),
        );
  row?.classList.add('found');
  (row ?? panel).scrollIntoView({ block: 'nearest' });
  (row ?? panel).focus();
}
