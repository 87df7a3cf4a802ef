-- Rounds and follow-ups say how often they were moved and what came of them: their documents are folded anew.
delete from dialogue_record;
update checkpoint set position = 0, parked_at = null, parked_why = null where subscription = 'dialogue-record';
