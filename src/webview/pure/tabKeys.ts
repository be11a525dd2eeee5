/**
 * The tab a key leads to, by the tabs pattern of the ARIA Authoring Practices: arrows go round, Home and End to the ends.
 * Undefined for any other key, so that the browser keeps it.
 */
export function tabForKey<T>(tabs: readonly T[], current: T, key: string): T | undefined {
  const at = tabs.indexOf(current);
  switch (key) {
    case 'ArrowRight':
      return tabs[(at + 1) % tabs.length];
    case 'ArrowLeft':
      return tabs[(at - 1 + tabs.length) % tabs.length];
    case 'Home':
      return tabs[0];
    case 'End':
      return tabs[tabs.length - 1];
    default:
      return undefined;
  }
}
