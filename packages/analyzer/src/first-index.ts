/** Index of the first item that is far enough along, in a list where all behind it are too; its length where none is. Found by halves. */
export function firstIndex<Item>(items: readonly Item[], isFarEnough: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // `middle` is inside of the list.
    if (isFarEnough(items[middle] as Item)) high = middle;
    else low = middle + 1;
  }
  return low;
}
