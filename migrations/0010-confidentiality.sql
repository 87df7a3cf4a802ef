-- Who may read a commitment, beside how it stands: a count leaves out what its reader may not know of.
delete from commitment_standing;

alter table commitment_standing
  add column level text not null,
  -- Party that keeps it to its own side, and roles of that party where it is restricted to them.
  add column side  text,
  add column roles text[],
  -- From this instant on it is public, whatever the level.
  add column embargo_until timestamptz;

create index commitment_standing_embargo on commitment_standing (log_id, embargo_until)
 where embargo_until is not null;

delete from dialogue;
delete from focus_area;
delete from commitment_details;
update checkpoint set position = 0, parked_at = null, parked_why = null
 where subscription in ('focus-area-status', 'commitment-details');
