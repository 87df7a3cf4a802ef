-- What is due and what is in hand have an index each: until statistics are taken after an import, the server takes the entries of
-- a common one for few, and would read all that is planned to find one mail in hand.
drop index reminder_to_do;
create index reminder_due on reminder (due_at) where state in ('planned', 'uncertain');
create index reminder_in_hand on reminder (lease_until) where state = 'sending';

-- A message is kept for seconds in nearly every case: packing it costs more than the room that it takes.
alter table delivery_attempt alter column raw set storage external;
