-- Rhythm of what is due again and again, for example "every quarter"; null of everything else.
alter table reminder_subject add column every text;
