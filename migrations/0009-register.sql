-- Focus areas end, are renamed and are listed in the order in which they were defined, whatever happened to
-- them since; sources tell of meetings, so that a commitment can say how its sources stand to each other.

delete from dialogue;
delete from focus_area;
delete from commitment_standing;
alter table focus_area
  add column first  bigint not null,
  add column parent text,
  -- How, when and why it ended, and what took its place.
  add column ended  json;

-- commitment-details: what is fixed about a source from its registration on.
create table source_standing (
  log_id   text not null,
  document text not null,
  position bigint not null,
  standing text not null,
  issuer   text,
  meeting  json,
  primary key (log_id, document)
);
grant select, insert, update, delete on source_standing to pacta_service;

delete from commitment_details;
delete from dialogue_record;

update checkpoint set position = 0, parked_at = null, parked_why = null
 where subscription in ('focus-area-status', 'commitment-details', 'dialogue-record');
