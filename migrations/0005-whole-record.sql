-- A commitment's whole life: the views know more of it, so they are folded anew from the log.
delete from commitment_standing;
alter table commitment_standing add column disputes integer not null;
delete from commitment_details;

update checkpoint
   set position = 0, parked_at = null, parked_why = null
 where subscription in ('focus-area-status', 'commitment-details');
