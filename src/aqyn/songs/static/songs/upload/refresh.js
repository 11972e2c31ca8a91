/* Parts of this page, fetched anew and put in place; nothing else moves. */
export async function refresh(selector) {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const here = [...document.querySelectorAll(selector)];
  fresh.querySelectorAll(selector).forEach((part, i) => here[i]?.replaceWith(document.adoptNode(part)));
}
