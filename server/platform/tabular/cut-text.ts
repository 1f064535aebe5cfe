/** At most the first `most` UTF-16 units of a text. No letter is cut in two: half of one can be neither stored nor shown. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
