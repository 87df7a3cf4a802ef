import type { Directory } from '../../reminders/directory.js';
import { exampleDialogue } from './voices.js';

/** People of the example who get its reminders. The addresses can reach nobody (RFC 2606). */
const contacts = [
  {
    id: 'desk-ald',
    party: 'ALD',
    name: 'Alda Rivas',
    address: 'alda.rivas@ald.example',
    zone: 'Europe/Madrid',
  },
  {
    id: 'desk-mer',
    party: 'MER',
    name: 'Meera Nadi',
    address: 'meera.nadi@mer.example',
    zone: 'Asia/Kolkata',
  },
];

export async function nameContacts(directory: Directory): Promise<void> {
  for (const contact of contacts) await directory.put(exampleDialogue, { ...contact, hour: 9 });
}
