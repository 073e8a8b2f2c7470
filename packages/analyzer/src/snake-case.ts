/** `AddOrderColumns`, `add-order-columns` and `Add order columns` become `add_order_columns`, `StorageAADRow` becomes `storage_aad_row`. */
export function snakeCase(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/([A-Z]{2,})([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return words === '' ? 'migration' : words;
}
