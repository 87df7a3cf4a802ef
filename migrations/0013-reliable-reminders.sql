-- Whom to remind, how, and when not.
alter table contact
  add column role text not null default 'focal-point'
    check (role in ('focal-point', 'head-of-division', 'secretariat', 'co-chair')),
  add column language text not null default 'en' check (language in ('en', 'ja', 'hi')),
  -- ISO 3166-1 alpha-2: the country whose public holidays are quiet days; without it only weekends are.
  add column country text,
  -- One mail a day, or one for each reminder.
  add column digest boolean not null default true,
  -- Away up to and including this day; what would come goes to the stand-in, another contact of the party.
  add column away_until date,
  add column stand_in text,
  add column unsubscribed_at timestamptz;

alter table reminder
  add column kind text not null default 'due'
    check (kind in ('due', 'review', 'silent', 'confirm-text', 'answer-extension', 'attest', 'escalation')),
  -- Of several that were missed the strongest is sent.
  add column strength integer not null default 0,
  -- The plan in the calendar of the recipient; due_at follows from it, and anew when the rules of the zone change.
  add column local_day date,
  add column local_hour integer,
  add column zone text,
  -- What goes out in one mail: a reminder alone, or all of a person's day.
  add column mail_id text,
  add column acknowledged_at timestamptz,
  add column snoozed integer not null default 0,
  drop constraint reminder_state_check,
  add constraint reminder_state_check
    check (state in ('planned', 'sending', 'sent', 'uncertain', 'failed', 'skipped', 'cancelled'));
update reminder set mail_id = id;
alter table reminder alter column mail_id set not null;
create index reminder_mail on reminder (mail_id);

-- An attempt is of a mail, which may carry several reminders.
alter table delivery_attempt drop constraint delivery_attempt_reminder_id_fkey;
alter table delivery_attempt rename column reminder_id to mail_id;
alter table delivery_attempt
  add column log_id text,
  add column contact text,
  -- When the server had said that it would take the message, and before it was handed over.
  add column data_started_at timestamptz,
  add column smtp_code integer,
  -- The message as it went out, kept until its outcome is final: a mail that is sent again is the same to the byte.
  add column raw bytea;

-- The environment that mails from this record: a restored copy elsewhere is none until a person says so.
create table mail_fence (
  only_one boolean primary key default true check (only_one),
  token    text not null,
  armed_at timestamptz not null default now()
);

-- What links in mails are signed with.
create table signing_key (
  only_one boolean primary key default true check (only_one),
  key      bytea not null
);

grant select, insert, update on mail_fence to pacta_service;
grant select, insert on signing_key to pacta_service;
